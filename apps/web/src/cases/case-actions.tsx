import { type ReactNode, useState } from 'react';
import type { GetPath } from '../api/client';
import type { Versioned } from '../ui/record-form';
import { useText } from '../text/strings';
import { Actions, Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { type CaseView, type Phase, phaseOf } from './answers';
import { CompanyForm } from './company-form';
import { CloseForm, ShareForm, WorkerForm } from './case-moves';
import { IndicatorsForm, NeedsForm, PersonForm, SafetyForm, ZoneForm } from './case-records';
import { pageStrings } from './page-strings';
import { PhaseForm } from './phase-form';
import { RecusalForm } from './recusal-form';
import { ReopenForm } from './reopen-form';

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

const ACTIONS = {
  needs: NeedsForm,
  indicators: IndicatorsForm,
  zone: ZoneForm,
  company: CompanyForm,
  safety: SafetyForm,
  person: PersonForm,
  worker: WorkerForm,
  share: ShareForm,
  recuse: RecusalForm,
  phase: PhaseForm,
  close: CloseForm,
  reopen: ReopenForm,
} as const;
type Action = keyof typeof ACTIONS;

/** A closed case takes one thing only; all of it is offered to whoever is not shown the phase. */
const actionsIn = (phase: Phase | undefined): Action[] =>
  (Object.keys(ACTIONS) as Action[]).filter((one) => phase === undefined || (one === 'reopen') === (phase === 'Closed'));

/** Each opens a small form; who may do what the server decides, and says so. */
export function CaseActions({ view, etag }: { readonly view: CaseView; readonly etag: string | undefined }): ReactNode {
  const page = useText(pageStrings);
  const [action, setAction] = useState<Action>();
  const Form = action && ACTIONS[action];
  return (
    <details className="rc-card">
      <summary className="rc-summary">{page('page.actions')}</summary>
      <Actions>
        {actionsIn(phaseOf(view)).map((one) => (
          <Button key={one} kind={one === 'close' ? 'danger' : 'second'} onClick={() => setAction(one)}>
            {page(`do.${one}`)}
          </Button>
        ))}
      </Actions>
      {action && Form ? (
        <Dialog title={page(`do.${action}Title`)} open onClose={() => setAction(undefined)}>
          <Form
            view={view}
            record={{ path: '/api/cases/{handle}', params: { handle: view.handle }, etag }}
            onDone={() => setAction(undefined)}
          />
        </Dialog>
      ) : null}
    </details>
  );
}
