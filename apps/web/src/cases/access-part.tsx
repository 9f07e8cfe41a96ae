import { type ReactNode, useId, useState } from 'react';
import { useRead } from '../api/query';
import { useColleagues, useDirectory } from '../people/directory';
import { useText } from '../text/strings';
import { Shown } from '../ui/screen';
import { ACTS, Because } from './because';
import type { CaseAccess } from './case-answers';
import { consentStrings } from './consent-strings';
import { Grants } from './grants';

/** Who may read the case, what of it and until when; and why, in the words of the policy. */
export function AccessPart({ handle, etag }: { readonly handle: string; readonly etag: string | undefined }): ReactNode {
  const page = useText(consentStrings);
  const access = useRead<CaseAccess>('/api/cases/{handle}/access', { params: { handle }, lively: true });
  return (
    <>
      <Shown of={access}>
        {({ data }) =>
          data.grants.length === 0 ? <p>{page('access.none')}</p> : <Grants handle={handle} etag={etag} grants={data.grants} />
        }
      </Shown>
      <Why handle={handle} />
    </>
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
