import { type ReactNode, useId, useState } from 'react';
import { useRead } from '../api/query';
import { useColleagues, useDirectory } from '../people/directory';
import { useCodes } from '../text/codes';
import { useDates } from '../text/dates';
import { useLanguage } from '../text/language';
import { useText } from '../text/strings';
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
      <Shown of={access}>{({ data }) => (data.grants.length === 0 ? <p>{page('access.none')}</p> : <Grants grants={data.grants} />)}</Shown>
      <Why handle={handle} />
    </>
  );
}

function Grants({ grants }: { readonly grants: readonly GrantLine[] }): ReactNode {
  const page = useText(consentStrings);
  const codes = useCodes();
  const { day } = useDates();
  return (
    <Table
      caption={page('access.who')}
      rows={grants}
      keyOf={({ handle }) => handle}
      columns={[
        {
          title: page('access.person'),
          cell: (one) => <Reader of={one} />,
        },
        { title: page('consents.purpose'), cell: (one) => codes.label('purpose', one.purpose) },
        { title: page('access.groups'), cell: (one) => one.groups.map((group) => codes.label('field-group', group)).join(', ') },
        { title: page('access.until'), cell: (one) => (one.live ? day(one.expires) : <Badge>{page('access.ended')}</Badge>) },
      ]}
    />
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

const GROUP = /\b(REF|ID|CON|PROT|HEA|LEG|FAM|EXP|OFF|NEED|PLAN|COMP|TERR)\b/g;
const ACTS = ['ReadCase', 'AskConsent', 'CloseCase'] as const;
interface Explanation {
  readonly may: boolean;
  readonly because: { readonly it: string; readonly en: string };
}

function Why({ handle }: { readonly handle: string }): ReactNode {
  const page = useText(consentStrings);
  const language = useLanguage();
  const directory = useDirectory();
  const codes = useCodes();
  // The policy speaks of field groups by their codes; people read their names.
  const named = (because: string): string => because.replace(GROUP, (code) => `«${codes.label('field-group', code)}»`);
  const [where, setWhere] = useState('');
  const people = useColleagues(where || undefined);
  const [member, setMember] = useState('');
  const [act, setAct] = useState<(typeof ACTS)[number]>('ReadCase');
  const asked = useRead<Explanation, '/api/cases/{handle}/explanation'>('/api/cases/{handle}/explanation', {
    params: { handle },
    query: { member, act },
    enabled: member !== '',
  });
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
      <div aria-live="polite">
        {member === '' ? null : (
          <Shown of={asked}>
            {({ data }) => (
              <Notice tone={data.may ? 'good' : 'warn'} title={page(data.may ? 'access.may' : 'access.mayNot')}>
                <p>{named(data.because[language])}</p>
              </Notice>
            )}
          </Shown>
        )}
      </div>
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
