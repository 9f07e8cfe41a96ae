import { lazy, type ReactNode, Suspense, useState } from 'react';
import type { Purpose } from '../api/client';
import { useColleagues, useDirectory } from '../people/directory';
import { type Role, rolesOf, useMe } from '../session/session';
import { useCodes } from '../text/codes';
import { useDates } from '../text/dates';
import { useText } from '../text/strings';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { Badge } from '../ui/notice';
import { Table } from '../ui/table';
import { Because } from './because';
import type { GrantLine } from './case-answers';
import { consentStrings } from './consent-strings';
import { grantStrings } from './grant-strings';
import { historyStrings } from './history-strings';

const GrantActs = lazy(() => import('./grant-acts'));
/** Who decides who else sees the case. */
const DECIDING: readonly Role[] = ['case_manager', 'coordinator'];

interface GrantsProps {
  readonly handle: string;
  readonly etag: string | undefined;
  readonly grants: readonly GrantLine[];
}

/** The accesses there are, one line a person, and what the custodian does with them. */
export function Grants({ handle, etag, grants }: GrantsProps): ReactNode {
  const page = useText(consentStrings);
  const say = useText(grantStrings);
  const { data: me } = useMe();
  const decides = rolesOf(me?.data).some((role) => DECIDING.includes(role));
  const [changing, setChanging] = useState<GrantLine>();
  const codes = useCodes();
  const { day } = useDates();
  const [asked, setAsked] = useState<GrantLine>();
  return (
    <>
      <Table
        caption={page('access.who')}
        rows={grants}
        keyOf={(one) => `${one.handle}${one.member ?? ''}`}
        columns={[
          {
            title: page('access.person'),
            cell: (one) => <Reader of={one} />,
          },
          { title: page('consents.purpose'), cell: (one) => codes.label('purpose', one.purpose) },
          { title: page('access.groups'), cell: (one) => one.groups.map((group) => codes.label('field-group', group)).join(', ') },
          { title: page('access.until'), cell: (one) => (one.live ? day(one.expires) : <Badge>{page('access.ended')}</Badge>) },
          {
            title: page('access.because'),
            cell: (one) =>
              one.member === null ? (
                '–'
              ) : (
                <Button kind="second" onClick={() => setAsked(one)}>
                  {page('access.because')}
                </Button>
              ),
          },
          ...(decides ? [{ title: say('change'), cell: (one: GrantLine) => <Change of={one} onChange={setChanging} /> }] : []),
        ]}
      />
      <Dialog title={say('title')} open={changing !== undefined} onClose={() => setChanging(undefined)}>
        {changing ? (
          <>
            <p>
              <Reader of={changing} />
            </p>
            <Suspense>
              <GrantActs
                record={{ path: '/api/cases/{handle}', params: { handle }, etag }}
                grant={grants.find((one) => one.handle === changing.handle) ?? changing}
                members={grants.flatMap((one) => (one.handle === changing.handle && one.member !== null ? [one.member] : []))}
                onDone={() => setChanging(undefined)}
              />
            </Suspense>
          </>
        ) : null}
      </Dialog>
      <Dialog title={page('access.why')} open={asked !== undefined} onClose={() => setAsked(undefined)}>
        {asked?.member ? (
          <>
            <p>
              <Reader of={asked} />
            </p>
            <Because handle={handle} member={asked.member} act="ReadCase" purpose={asked.purpose as Purpose} />
          </>
        ) : null}
      </Dialog>
    </>
  );
}

/** An emergency access ends by itself, or by whoever opened it; what has ended is over. */
function Change({ of, onChange }: { readonly of: GrantLine; readonly onChange: (grant: GrantLine) => void }): ReactNode {
  const say = useText(grantStrings);
  if (!of.live || of.relation === 'break-glass') return '–';
  return (
    <Button kind="second" onClick={() => onChange(of)}>
      {say('change')}
    </Button>
  );
}

/** A colleague by name; somebody of another organisation by where they work. */
function Reader({ of: { member, team, organisation } }: { readonly of: GrantLine }): ReactNode {
  const say = useText(historyStrings);
  const directory = useDirectory();
  const own = useColleagues();
  if (member === null) return directory.name(team);
  return own.name(member) ?? say('colleague', { organisation: directory.name(organisation) });
}
