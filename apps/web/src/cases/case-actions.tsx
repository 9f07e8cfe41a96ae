import { type ComponentType, lazy, type ReactNode, Suspense, useState } from 'react';
import type { GetPath } from '../api/client';
import { ApiProblem } from '../api/problem';
import type { Versioned } from '../ui/record-form';
import { type Role, rolesOf, useMe } from '../session/session';
import { useText } from '../text/strings';
import { Actions, Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { ProblemNotice } from '../ui/problem';
import { uiStrings } from '../ui/strings';
import { type CaseView, type Phase, phaseOf } from './answers';
import { IndicatorsForm, NeedsForm, PersonForm, SafetyForm, ZoneForm } from './case-records';
import { pageStrings } from './page-strings';

/** What changes with anything that is done to a case. */
export const CASE_PATHS: readonly GetPath[] = [
  '/api/cases/{handle}',
  '/api/cases/{handle}/history',
  '/api/cases',
  '/api/cases/{handle}/access',
];

export interface ActionProps {
  readonly view: CaseView;
  readonly record: Versioned;
  readonly onDone: () => void;
}

type ActionForm = ComponentType<ActionProps>;
/** Said where a form could not be fetched: what stands beside it must stay. */
const NotFetched: ActionForm = () => <ProblemNotice error={new ApiProblem(0, 'part.not-fetched', '')} />;
const later = <K extends string>(fetched: () => Promise<Readonly<Record<K, ActionForm>>>, name: K) =>
  lazy(() =>
    fetched().then(
      (part) => ({ default: part[name] }),
      () => ({ default: NotFetched }),
    ),
  );
// What may wait for a line is there at once, or was fetched by whoever used it before; the rest comes when somebody asks for it.
const [moves, identification] = [() => import('./case-moves'), () => import('./identification-forms')];
const [WorkerForm, ShareForm, CloseForm] = [later(moves, 'WorkerForm'), later(moves, 'ShareForm'), later(moves, 'CloseForm')];
const [PreliminaryForm, FormalForm] = [later(identification, 'PreliminaryForm'), later(identification, 'FormalForm')];
const StrategyForm = later(identification, 'StrategyForm');
const CompanyForm = later(() => import('./company-form'), 'CompanyForm');
const LinkForm = later(() => import('./link-form'), 'LinkForm');
const PhaseForm = later(() => import('./phase-form'), 'PhaseForm');
const RecusalForm = later(() => import('./recusal-form'), 'RecusalForm');
const ReopenForm = later(() => import('./reopen-form'), 'ReopenForm');

const ALL: readonly Role[] = ['operator', 'case_manager', 'coordinator', 'legal_adviser', 'cultural_mediator'];
const but = (...none: readonly Role[]): readonly Role[] => ALL.filter((role) => !none.includes(role));
const MANAGERS: readonly Role[] = ['case_manager', 'coordinator'];
const OPEN: readonly Phase[] = ['Emersion', 'Proximity', 'FirstAssistance', 'SocialInclusion', 'FollowUp'];
const NOT_CLOSED: readonly Phase[] = [...OPEN, 'Suspended'];

/** What may be recorded of a case: by whom, as the shipped policy says, which a region may narrow and never widen, and in which phases. */
const ACTIONS = {
  needs: { form: NeedsForm, by: but('legal_adviser'), from: OPEN },
  indicators: { form: IndicatorsForm, by: ALL, from: OPEN },
  preliminary: { form: PreliminaryForm, by: but('cultural_mediator'), from: ['Emersion'] },
  strategy: { form: StrategyForm, by: ['operator', ...MANAGERS], from: ['Emersion'] },
  formal: { form: FormalForm, by: ['legal_adviser', ...MANAGERS], from: OPEN },
  zone: { form: ZoneForm, by: but('legal_adviser'), from: OPEN },
  company: { form: CompanyForm, by: but('cultural_mediator'), from: OPEN },
  safety: { form: SafetyForm, by: MANAGERS, from: OPEN },
  person: { form: PersonForm, by: ALL, from: OPEN },
  worker: { form: WorkerForm, by: MANAGERS, from: OPEN },
  share: { form: ShareForm, by: MANAGERS, from: OPEN },
  link: { form: LinkForm, by: MANAGERS, from: OPEN },
  recuse: { form: RecusalForm, by: MANAGERS, from: OPEN },
  phase: { form: PhaseForm, by: MANAGERS, from: NOT_CLOSED },
  close: { form: CloseForm, by: MANAGERS, from: NOT_CLOSED },
  reopen: { form: ReopenForm, by: MANAGERS, from: ['Closed'] },
} as const satisfies Record<string, { form: ActionForm; by: readonly Role[]; from: readonly Phase[] }>;
type Action = keyof typeof ACTIONS;

/** What this person may do with the case as it stands; in any phase where they are not shown it. */
export const actionsFor = (roles: readonly Role[], phase: Phase | undefined): Action[] =>
  (Object.keys(ACTIONS) as Action[]).filter((one) => {
    const { by, from }: { by: readonly Role[]; from: readonly Phase[] } = ACTIONS[one];
    return by.some((role) => roles.includes(role)) && (phase === undefined || from.includes(phase));
  });

/** Each opens a small form; the last word on who may do what has the server. */
export function CaseActions({ view, etag }: { readonly view: CaseView; readonly etag: string | undefined }): ReactNode {
  const page = useText(pageStrings);
  const ui = useText(uiStrings);
  const [action, setAction] = useState<Action>();
  const { data: me } = useMe();
  const offered = actionsFor(rolesOf(me?.data), phaseOf(view));
  const Form: ActionForm | undefined = action && ACTIONS[action].form;
  if (offered.length === 0) return null;
  return (
    <details className="rc-card">
      <summary className="rc-summary">{page('page.actions')}</summary>
      <Actions>
        {offered.map((one) => (
          <Button key={one} kind={one === 'close' ? 'danger' : 'second'} onClick={() => setAction(one)}>
            {page(`do.${one}`)}
          </Button>
        ))}
      </Actions>
      {action && Form ? (
        <Dialog title={page(`do.${action}Title`)} open onClose={() => setAction(undefined)}>
          <Suspense fallback={<p role="status">{ui('loading')}</p>}>
            <Form
              view={view}
              record={{ path: '/api/cases/{handle}', params: { handle: view.handle }, etag }}
              onDone={() => setAction(undefined)}
            />
          </Suspense>
        </Dialog>
      ) : null}
    </details>
  );
}
