import { type ReactNode, useId, useState } from 'react';
import type { Purpose } from '../api/client';
import { useRead } from '../api/query';
import { useColleagues, useDirectory } from '../people/directory';
import { useCodes } from '../text/codes';
import { useDates } from '../text/dates';
import { useLanguage } from '../text/language';
import { useText } from '../text/strings';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { Badge, Notice } from '../ui/notice';
import { Shown } from '../ui/screen';
import { Table } from '../ui/table';
import type { CaseAccess, GrantLine } from './case-answers';
import { consentStrings } from './consent-strings';
import { historyStrings } from './history-strings';

/** Who may read the case, what of it and until when; and why, in the words of the policy. */
export function AccessPart({ handle }: { readonly handle: string }): ReactNode {
  const page = useText(consentStrings);
  const access = useRead<CaseAccess>('/api/cases/{handle}/access', { params: { handle }, lively: true });
  return (
    <>
      <Shown of={access}>
        {({ data }) => (data.grants.length === 0 ? <p>{page('access.none')}</p> : <Grants handle={handle} grants={data.grants} />)}
      </Shown>
      <Why handle={handle} />
    </>
  );
}

function Grants({ handle, grants }: { readonly handle: string; readonly grants: readonly GrantLine[] }): ReactNode {
  const page = useText(consentStrings);
  const codes = useCodes();
  const { day } = useDates();
  const [asked, setAsked] = useState<GrantLine>();
  return (
    <>
      <Table
        caption={page('access.who')}
        rows={grants}
        keyOf={(one) => one.handle}
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
        ]}
      />
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

/** A colleague by name; somebody of another organisation by where they work. */
function Reader({ of: { member, team, organisation } }: { readonly of: GrantLine }): ReactNode {
  const say = useText(historyStrings);
  const directory = useDirectory();
  const own = useColleagues();
  if (member === null) return directory.name(team);
  return own.name(member) ?? say('colleague', { organisation: directory.name(organisation) });
}

const ACTS = ['ReadCase', 'AskConsent', 'CloseCase'] as const;
interface Explanation {
  readonly may: boolean;
  readonly because: { readonly it: string; readonly en: string };
}

interface Asked {
  readonly handle: string;
  readonly member: string;
  readonly act: (typeof ACTS)[number];
  readonly purpose?: Purpose;
}

/** The policy's own sentence, for people of this organisation and of others alike. */
function Because({ handle, member, act, purpose }: Asked): ReactNode {
  const page = useText(consentStrings);
  const language = useLanguage();
  const asked = useRead<Explanation, '/api/cases/{handle}/explanation'>('/api/cases/{handle}/explanation', {
    params: { handle },
    query: { member, act, ...(purpose === undefined ? {} : { purpose }) },
  });
  return (
    <Shown of={asked}>
      {({ data }) => (
        <Notice tone={data.may ? 'good' : 'warn'} title={page(data.may ? 'access.may' : 'access.mayNot')}>
          <p>{data.because[language]}</p>
        </Notice>
      )}
    </Shown>
  );
}

function Why({ handle }: { readonly handle: string }): ReactNode {
  const page = useText(consentStrings);
  const directory = useDirectory();
  const [where, setWhere] = useState('');
  const people = useColleagues(where || undefined);
  const [member, setMember] = useState('');
  const [act, setAct] = useState<(typeof ACTS)[number]>('ReadCase');
  return (
    <section className="rc-card" aria-labelledby="why">
      <h2 id="why">{page('access.why')}</h2>
      <Pick
        label={page('access.team')}
        value={where}
        onPick={setWhere}
        choices={[['', '–'], ...directory.teams.map(({ team, designation }) => [team, designation] as const)]}
      />
      <Pick
        label={page('access.member')}
        value={member}
        onPick={setMember}
        choices={[['', '–'], ...people.items.map((one) => [one.member, one.name ?? '…'] as const)]}
      />
      <Pick
        label={page('access.act')}
        value={act}
        onPick={(value) => setAct(value as (typeof ACTS)[number])}
        choices={ACTS.map((one) => [one, page(`access.acts.${one}`)] as const)}
      />
      <div aria-live="polite">{member === '' ? null : <Because handle={handle} member={member} act={act} />}</div>
    </section>
  );
}

interface PickProps {
  readonly label: string;
  readonly value: string;
  readonly choices: readonly (readonly [value: string, label: string])[];
  readonly onPick: (value: string) => void;
}

function Pick({ label, value, choices, onPick }: PickProps): ReactNode {
  const id = useId();
  return (
    <div className="rc-field">
      <label htmlFor={id}>{label}</label>
      <select id={id} className="rc-input" value={value} onChange={(event) => onPick(event.target.value)}>
        {choices.map(([choice, words]) => (
          <option key={choice} value={choice}>
            {words}
          </option>
        ))}
      </select>
    </div>
  );
}
