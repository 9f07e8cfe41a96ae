import { type ReactNode, useState } from 'react';
import { useText } from '../text/strings';
import { Actions, Button } from '../ui/button';
import { ErrorSummary } from '../ui/error-summary';
import { Select, TextField } from '../ui/fields';
import { useServerForm } from '../ui/form';
import { HandOver } from '../ui/hand-over';
import { Notice } from '../ui/notice';
import { useStep } from './progress';
import { setUpStrings } from './strings';

/** Who works where, and as what: enough to begin with; everything else is given after the set-up. */
const OFFICES = {
  'custodian coordinator': { at: 'custodian', role: 'coordinator', discipline: 'coordinator' },
  'custodian operator': { at: 'custodian', role: 'operator', discipline: 'educator' },
  'custodian case_manager': { at: 'custodian', role: 'case_manager', discipline: 'social_worker' },
  'custodian cultural_mediator': { at: 'custodian', role: 'cultural_mediator', discipline: 'cultural_mediator' },
  'custodian legal_adviser': { at: 'custodian', role: 'legal_adviser', discipline: 'lawyer' },
  'office administrator': { at: 'office', role: 'administrator', discipline: 'coordinator' },
  'office dpo': { at: 'office', role: 'dpo', discipline: 'dpo' },
  'office auditor': { at: 'office', role: 'auditor', discipline: 'auditor' },
} as const;
type Office = keyof typeof OFFICES;

interface Welcomed {
  readonly people: readonly { readonly enrolment?: { readonly token: string; readonly expires: string } }[];
}
interface Props {
  readonly token: string;
  readonly elsewhere: boolean;
  readonly onNobodyElse: () => void;
}

/** The first colleagues, one after the other, each with a link to hand over. */
export function People({ token, elsewhere, onNobodyElse }: Props): ReactNode {
  const say = useText(setUpStrings);
  const [links, setLinks] = useState<readonly { name: string; token: string; expires: string }[]>([]);
  return (
    <>
      <Notice tone="good" title={say('people.there')} />
      {elsewhere ? (
        <p>{say('people.elsewhere')}</p>
      ) : (
        <>
          <p>{say('people.text')}</p>
          {links.map((link) => (
            <HandOver key={link.token} {...link} />
          ))}
          <OnePerson token={token} onWelcome={(link) => setLinks((before) => [...before, link])} key={links.length} />
        </>
      )}
      <Actions>
        <Button kind="second" onClick={onNobodyElse}>
          {say('people.enough')}
        </Button>
      </Actions>
    </>
  );
}

function OnePerson({
  token,
  onWelcome,
}: {
  readonly token: string;
  readonly onWelcome: (link: { name: string; token: string; expires: string }) => void;
}): ReactNode {
  const say = useText(setUpStrings);
  const step = useStep(token);
  const [key] = useState(() => crypto.randomUUID());
  const server = useServerForm({ name: '', office: '' }, async ({ name, office }) => {
    const { at, role, discipline } = OFFICES[office as Office];
    const { data } = await step<Welcomed, '/api/setup/people'>('/api/setup/people', {
      people: [{ key, at, name, roles: [role], disciplines: [discipline] }],
    });
    const enrolment = data.people[0]?.enrolment;
    if (enrolment) onWelcome({ name, ...enrolment });
  });
  const { form } = server;
  const choices = (Object.keys(OFFICES) as Office[]).map((value) => ({ value, label: say(`offices.${value}`) }));
  return (
    <form noValidate onSubmit={server.submit} className="rc-card">
      <ErrorSummary of={server} />
      <TextField {...{ form, name: 'name', label: say('people.name') }} maxLength={120} />
      <Select {...{ form, name: 'office', label: say('people.office') }} choices={choices} />
      <Actions>
        <Button type="submit" busy={server.busy}>
          {say('people.add')}
        </Button>
      </Actions>
    </form>
  );
}
