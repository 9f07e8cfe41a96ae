import { Link, useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { BodyOf } from '../api/client';
import { useChange } from '../api/query';
import { rolesOf, useMe } from '../session/session';
import { today } from '../text/dates';
import { useText } from '../text/strings';
import { Actions, Button } from '../ui/button';
import { CodeSelect } from '../ui/code-fields';
import { ComuneField } from '../ui/comune-field';
import { ErrorSummary } from '../ui/error-summary';
import { TextField } from '../ui/fields';
import { useServerForm } from '../ui/form';
import { Notice } from '../ui/notice';
import { Screen } from '../ui/screen';
import { AtLeast, useStepUp } from '../ui/step-up';
import { observes } from './answers';
import './refusals';
import { territoryStrings } from './strings';

const EMPTY = { pattern: '', comune: '', from: '', to: '' };

/** What somebody sees happen in a place: codes and days, and no field for anything else. */
export function NewDynamicScreen(): ReactNode {
  const say = useText(territoryStrings);
  const { data: me } = useMe();
  const records = observes(rolesOf(me?.data));
  return (
    <Screen title={say('form.title')} neutral={say('neutral')} aside={<Link to="/territorio">{say('back')}</Link>}>
      {me === undefined ? null : records ? (
        <>
          <p>{say('form.intro')}</p>
          <AtLeast level={2}>
            <DynamicForm />
          </AtLeast>
        </>
      ) : (
        <p>{say('form.notYours')}</p>
      )}
    </Screen>
  );
}

function DynamicForm(): ReactNode {
  const say = useText(territoryStrings);
  const navigate = useNavigate();
  const stepUp = useStepUp(2);
  const record = useChange<'/api/dynamics', { handle: string }>('/api/dynamics', ['/api/dynamics']);
  const server = useServerForm(EMPTY, async (values) => {
    const { data } = await record.mutateAsync({ body: values as BodyOf<'/api/dynamics'> });
    await navigate({ to: '/territorio/$handle', params: { handle: data.handle } });
  });
  const { form } = server;
  return (
    <form noValidate onSubmit={(event) => server.submit(event, stepUp.enough)}>
      <ErrorSummary of={server} />
      <CodeSelect form={form} name="pattern" label={say('pattern')} list="territorial-pattern" />
      <ComuneField form={form} name="comune" label={say('form.comune')} hint={say('form.comuneHint')} />
      <TextField form={form} name="from" label={say('form.from')} type="date" max={today()} />
      <TextField form={form} name="to" label={say('form.to')} hint={say('form.toHint')} type="date" />
      <Notice title={say('form.whoSees')}>
        <ul>
          <li>{say('form.full')}</li>
          <li>{say('form.banded')}</li>
          <li>{say('form.aggregate')}</li>
          <li>{say('form.never')}</li>
        </ul>
      </Notice>
      {stepUp.dialog}
      <Actions>
        <Button type="submit" busy={server.busy}>
          {say('form.save')}
        </Button>
      </Actions>
    </form>
  );
}
