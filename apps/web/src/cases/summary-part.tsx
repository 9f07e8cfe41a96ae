import { lazy, type ReactNode, Suspense } from 'react';
import type { Purpose } from '../api/client';
import { useText } from '../text/strings';
import { ButtonLink } from '../ui/button';
import type { CaseView } from './answers';
import { CaseActions } from './case-actions';
import { codesOf, documentsOf, phaseOf } from './answers';
import { GroupsView } from './groups-view';
import { pageStrings } from './page-strings';
import { Reveal } from './reveal';

const LinkedCases = lazy(() => import('./linked-cases').then((part) => ({ default: part.LinkedCases })));
const DocumentsPart = lazy(() => import('./documents-part').then((part) => ({ default: part.DocumentsPart })));

interface Props {
  readonly view: CaseView;
  readonly etag: string | undefined;
  readonly purpose: Purpose | undefined;
  readonly ours: boolean;
}

export function SummaryPart({ view, etag, purpose, ours }: Props): ReactNode {
  const page = useText(pageStrings);
  const { handle, groups } = view;
  return (
    <>
      {ours ? (
        <>
          {phaseOf(view) === 'Closed' ? null : (
            <p>
              <ButtonLink to="/casi/$handle/invia" params={{ handle }}>
                {page('page.refer')}
              </ButtonLink>
            </p>
          )}
          <CaseActions view={view} etag={etag} />
        </>
      ) : null}
      <GroupsView
        groups={groups}
        extra={(group, shown) =>
          codesOf(shown.revealable).length > 0 ? (
            <Reveal handle={handle} group={group} fields={codesOf(shown.revealable)} purpose={purpose} />
          ) : null
        }
      />
      {/* Told to the custodian's own people, who are those shown the person in full: asking for others would be refused, and on record. */}
      {ours && groups.ID?.view === 'full' ? (
        <Suspense>
          <LinkedCases handle={handle} />
        </Suspense>
      ) : null}
      {/* Whose case it is has a part of its own for them. */}
      {ours || documentsOf(groups).length === 0 ? null : (
        <Suspense>
          <DocumentsPart view={view} etag={etag} purpose={purpose} ours={false} />
        </Suspense>
      )}
    </>
  );
}
