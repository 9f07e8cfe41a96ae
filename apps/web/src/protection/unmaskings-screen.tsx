import { type ReactNode, useState } from 'react';
import type { BodyOf } from '../api/client';
import { useChange, useRead } from '../api/query';
import { rolesOf, useMe } from '../session/session';
import { useText } from '../text/strings';
import { CardForm } from '../ui/card-form';
import { CodeChoices } from '../ui/code-fields';
import { LongText, Select, TextField } from '../ui/fields';
import { useServerForm } from '../ui/form';
import { Screen, Shown } from '../ui/screen';
import { AtLeast } from '../ui/step-up';
import { type Items, UNMASK_REASONS, UNMASKED_GROUPS, type Unmasking } from './answers';
import { usePurpose } from './purpose';
import { useProtectionProblems } from './problems';
import { unmaskRoute } from './routes';
import { protectionStrings } from './strings';
import { UnmaskingCard } from './unmasking-card';

/** Requests that wait for one's word, and one's own. */
export function UnmaskingsScreen(): ReactNode {
  const say = useText(protectionStrings);
  const purpose = usePurpose();
  const roles = rolesOf(useMe().data?.data);
  const list = useRead<Items<Unmasking>>('/api/unmaskings', { purpose, lively: true });
  return (
    <Screen title={say('unmask.title')} neutral={say('neutral')}>
      <p>{say('unmask.intro')}</p>
      <AtLeast level={2}>
        <Shown of={list}>
          {({ data }) =>
            data.items.length === 0 ? (
              <p>{say('unmask.none')}</p>
            ) : (
              data.items.map((one) => <UnmaskingCard key={one.handle} unmasking={one} />)
            )
          }
        </Shown>
        {roles.some((role) => role === 'dpo' || role === 'auditor') ? <RequestForm /> : null}
      </AtLeast>
    </Screen>
  );
}

interface Values {
  readonly case: string;
  readonly groups: string[];
  readonly reason: string;
  readonly minutes: string;
  readonly account: string;
}

function RequestForm(): ReactNode {
  const say = useText(protectionStrings);
  const purpose = usePurpose();
  const { caso = '' } = unmaskRoute.useSearch();
  const [done, setDone] = useState(false);
  const request = useChange('/api/unmaskings', ['/api/unmaskings']);
  const server = useServerForm<Values>({ case: caso, groups: [], reason: '', minutes: '10', account: '' }, async (values) => {
    const body = { ...values, case: values.case.trim(), minutes: Number(values.minutes) } as BodyOf<'/api/unmaskings'>;
    await request.mutateAsync({ body, purpose });
    server.form.reset();
    setDone(true);
  });
  const { form } = server;
  return (
    <CardForm
      title={say('unmask.request')}
      of={server}
      level={3}
      done={done ? say('unmask.requested') : undefined}
      words={useProtectionProblems()}
      submit={say('unmask.save')}
    >
      <TextField form={form} name="case" label={say('unmask.handle')} hint={say('unmask.handleHint')} maxLength={80} />
      <CodeChoices form={form} name="groups" label={say('unmask.groups')} list="field-group" only={UNMASKED_GROUPS} />
      <Select
        form={form}
        name="reason"
        label={say('unmask.reason')}
        choices={UNMASK_REASONS.map((value) => ({ value, label: say(`unmask.reasons.${value}`) }))}
      />
      <TextField form={form} name="minutes" label={say('unmask.minutes')} hint={say('unmask.minutesHint')} type="number" min={1} max={15} />
      <LongText form={form} name="account" label={say('unmask.account')} hint={say('unmask.accountHint')} minLength={10} maxLength={2000} />
    </CardForm>
  );
}
