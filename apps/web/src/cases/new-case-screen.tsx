import { type ReactNode, useState } from 'react';
import type { BodyOf } from '../api/client';
import { useChange } from '../api/query';
import { useMe } from '../session/session';
import { useText } from '../text/strings';
import { Actions, Button, ButtonLink } from '../ui/button';
import { LanguageSelect, Tick } from '../ui/code-fields';
import { ErrorSummary } from '../ui/error-summary';
import { Select, TextField } from '../ui/fields';
import { useServerForm } from '../ui/form';
import { Notice } from '../ui/notice';
import { Screen } from '../ui/screen';
import './refusals';
import { newCaseRoute } from './routes';
import { caseStrings } from './strings';

type Body = BodyOf<'/api/cases'>;
interface Values {
  readonly team: string;
  readonly ageBand: string;
  readonly language: string;
  readonly urgent: boolean;
  readonly given_name: string;
  readonly family_name: string;
  readonly phone: string;
}
interface Opened {
  readonly handle: string;
  readonly codename: string;
}
const AGES = ['adult', 'minor', 'unknown'] as const;
/** Where each value about the person belongs. */
const PERSON = [
  ['ID', 'given_name'],
  ['ID', 'family_name'],
  ['CON', 'phone'],
] as const;

export function NewCaseScreen(): ReactNode {
  const say = useText(caseStrings);
  const [opened, setOpened] = useState<Opened>();
  if (!opened) {
    return (
      <Screen title={say('new.title')} neutral={say('new.neutral')}>
        <CaseForm onOpened={setOpened} />
      </Screen>
    );
  }
  return (
    <Screen title={say('new.done')} neutral={say('new.neutral')} key="done">
      <Notice tone="good">
        <p>
          {say('line.codename')}: <strong className="rc-big">{opened.codename}</strong>
        </p>
        <Actions>
          <ButtonLink to="/casi/$handle" params={{ handle: opened.handle }}>
            {say('new.go')}
          </ButtonLink>
        </Actions>
      </Notice>
    </Screen>
  );
}

function CaseForm({ onOpened }: { readonly onOpened: (opened: Opened) => void }): ReactNode {
  const say = useText(caseStrings);
  const { contatto } = newCaseRoute.useSearch();
  const { data: me } = useMe();
  const open = useChange<'/api/cases', Opened>('/api/cases', ['/api/cases']);
  const server = useServerForm<Values>(
    { team: '', ageBand: 'adult', language: '', urgent: false, given_name: '', family_name: '', phone: '' },
    async ({ team, ageBand, language, urgent, ...values }) => {
      const person = PERSON.filter(([, field]) => values[field] !== '').map(([group, field]) => ({ group, field, value: values[field] }));
      const body = {
        team,
        ageBand,
        language,
        urgent,
        ...(person.length > 0 ? { person } : {}),
        ...(contatto ? { contact: contatto } : {}),
      };
      onOpened((await open.mutateAsync({ body: body as Body })).data);
    },
  );
  const { form } = server;
  // A shared team reads cases; it takes none.
  const teams = (me?.data.teams ?? [])
    .filter(({ kind }) => kind !== 'interregional')
    .map(({ team, designation }) => ({ value: team, label: designation }));
  return (
    <form noValidate onSubmit={server.submit}>
      <p>{say('new.intro')}</p>
      {contatto ? <Notice title={say('new.fromContact')} /> : null}
      <ErrorSummary of={server} />
      <Select form={form} name="team" label={say('new.team')} choices={teams} />
      <Select
        form={form}
        name="ageBand"
        label={say('new.age')}
        choices={AGES.map((value) => ({ value, label: say(`new.ages.${value}`) }))}
      />
      <LanguageSelect form={form} name="language" label={say('new.language')} />
      <Tick form={form} name="urgent" label={say('new.urgent')} />
      <fieldset className="rc-card">
        <legend>{say('new.person')}</legend>
        <TextField form={form} name="given_name" label={say('new.given')} maxLength={200} optional />
        <TextField form={form} name="family_name" label={say('new.family')} maxLength={200} optional />
        <TextField form={form} name="phone" label={say('new.phone')} type="tel" maxLength={60} optional />
      </fieldset>
      <Actions>
        <Button type="submit" busy={server.busy}>
          {say('new.save')}
        </Button>
      </Actions>
    </form>
  );
}
