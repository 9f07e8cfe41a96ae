import { Link, useNavigate } from '@tanstack/react-router';
import { lazy, type ReactNode, Suspense, useId } from 'react';
import type { Purpose } from '../api/client';
import { useRead } from '../api/query';
import { ApiProblem } from '../api/problem';
import { useMe } from '../session/session';
import { useCodes } from '../text/codes';
import { useText } from '../text/strings';
import { Badge, Notice } from '../ui/notice';
import { Screen, Shown } from '../ui/screen';
import type { CaseView } from './answers';
import { pageStrings } from './page-strings';
import { CaseReferrals } from './case-referrals';
import './refusals';
import { CASE_PARTS, type CasePart, caseRoute } from './routes';
import { caseStrings } from './strings';
import { SummaryPart } from './summary-part';

// A phone that opens a case reads its summary first; what stands behind the other tabs follows when it is asked for.
const AccessPart = lazy(() => import('./access-part').then((part) => ({ default: part.AccessPart })));
const CaseHistory = lazy(() => import('./case-history').then((part) => ({ default: part.CaseHistory })));
const DocumentsPart = lazy(() => import('./documents-part').then((part) => ({ default: part.DocumentsPart })));
const ConsentsPart = lazy(() => import('./consents-part').then((part) => ({ default: part.ConsentsPart })));

/** Purposes somebody outside the custodian's team may read for. */
const PURPOSES: readonly Purpose[] = ['direct_assistance', 'referral_assessment', 'joint_case', 'legal_representation', 'health_care'];

export function CaseScreen(): ReactNode {
  const { handle } = caseRoute.useParams();
  const { parte = 'riepilogo', scopo } = caseRoute.useSearch();
  const page = useText(pageStrings);
  const say = useText(caseStrings);
  const purpose = scopo as Purpose | undefined;
  const read = useRead<CaseView>('/api/cases/{handle}', { params: { handle }, purpose, lively: true });
  const who = useMe();
  const me = who.data;
  // Handles begin with the region that has custody: of another one there is nothing but the view itself.
  const ours = me !== undefined && handle.startsWith(`${me.data.region}.`);
  const missing = read.error instanceof ApiProblem && read.error.status === 404;
  const view = missing ? undefined : read.data?.data;
  return (
    <Screen
      title={view?.codename ?? '…'}
      neutral={page('page.neutral')}
      aside={view?.groups.REF?.urgent === true ? <Badge tone="danger">{say('line.urgent')}</Badge> : undefined}
    >
      {me === undefined || (ours && scopo === undefined) ? null : <PurposePick value={purpose ?? 'direct_assistance'} handle={handle} />}
      {missing ? (
        <Notice tone="warn" title={page('page.closed')} urgent />
      ) : me === undefined && read.error === null ? (
        // Whose case it is decides what stands around it.
        <Shown of={who}>{() => null}</Shown>
      ) : (
        <Shown of={read}>
          {({ data, etag }) => (
            <>
              {ours ? <Parts handle={handle} part={parte} /> : null}
              <Suspense>
                <Part part={ours ? parte : 'riepilogo'} view={data} etag={etag} purpose={purpose} ours={ours} />
              </Suspense>
            </>
          )}
        </Shown>
      )}
    </Screen>
  );
}

interface PartProps {
  readonly part: CasePart;
  readonly view: CaseView;
  readonly etag: string | undefined;
  readonly purpose: Purpose | undefined;
  readonly ours: boolean;
}

function Part({ part, view, etag, purpose, ours }: PartProps): ReactNode {
  switch (part) {
    case 'riepilogo':
      return <SummaryPart view={view} etag={etag} purpose={purpose} ours={ours} />;
    case 'documenti':
      return <DocumentsPart view={view} etag={etag} purpose={purpose} ours={ours} />;
    case 'consensi':
      return <ConsentsPart handle={view.handle} />;
    case 'invii':
      return <CaseReferrals handle={view.handle} />;
    case 'accessi':
      return <AccessPart handle={view.handle} etag={etag} />;
    case 'storia':
      return <CaseHistory handle={view.handle} />;
  }
}

const TAB = {
  riepilogo: 'summary',
  documenti: 'documents',
  consensi: 'consents',
  invii: 'referrals',
  accessi: 'access',
  storia: 'history',
} as const;

function Parts({ handle, part }: { readonly handle: string; readonly part: CasePart }): ReactNode {
  const page = useText(pageStrings);
  return (
    <nav aria-label={page('page.parts')} className="rc-no-print">
      <ul className="rc-tabs">
        {CASE_PARTS.map((one) => (
          <li key={one}>
            <Link to="/casi/$handle" params={{ handle }} search={{ parte: one }} aria-current={one === part ? 'page' : undefined}>
              {page(`page.tabs.${TAB[one]}`)}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** What one may see depends on what one reads for: said openly, and on record. */
function PurposePick({ value, handle }: { readonly value: Purpose; readonly handle: string }): ReactNode {
  const page = useText(pageStrings);
  const codes = useCodes();
  const navigate = useNavigate();
  const id = useId();
  return (
    <div className="rc-field">
      <label htmlFor={id}>{page('page.purpose')}</label>
      <select
        id={id}
        className="rc-input"
        value={value}
        onChange={(event) => void navigate({ to: '/casi/$handle', params: { handle }, search: { scopo: event.target.value } })}
      >
        {PURPOSES.map((purpose) => (
          <option key={purpose} value={purpose}>
            {codes.label('purpose', purpose)}
          </option>
        ))}
      </select>
    </div>
  );
}
