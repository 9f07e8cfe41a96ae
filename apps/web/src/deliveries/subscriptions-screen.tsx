import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { BodyOf } from '../api/client';
import { useChange, useRead } from '../api/query';
import { useMe } from '../session/session';
import { useCodes } from '../text/codes';
import { useText } from '../text/strings';
import { Actions, Button } from '../ui/button';
import { Choices, CodeChoices } from '../ui/code-fields';
import { ErrorSummary } from '../ui/error-summary';
import { useServerForm } from '../ui/form';
import { ProblemNotice } from '../ui/problem';
import { Screen, Shown } from '../ui/screen';
import { AtLeast } from '../ui/step-up';
import { Table } from '../ui/table';
import type { Items, Subscription } from './answers';
import { deliveryStrings } from './strings';
import { useDeliveryProblems } from './words';

const READ_AGAIN = ['/api/subscriptions'] as const;

/** What the organisation wants to be told. */
export function SubscriptionsScreen(): ReactNode {
  const say = useText(deliveryStrings);
  const own = useRead<Items<Subscription>>('/api/subscriptions');
  return (
    <Screen title={say('subscribe.title')} neutral={say('mine.neutral')} aside={<Link to="/mie-allerte">{say('mine.back')}</Link>}>
      <p>{say('subscribe.intro')}</p>
      <AtLeast level={2}>
        <Shown of={own}>{({ data }) => (data.items.length === 0 ? <p>{say('subscribe.none')}</p> : <Present items={data.items} />)}</Shown>
        <SubscribeForm />
      </AtLeast>
    </Screen>
  );
}

function Present({ items }: { readonly items: readonly Subscription[] }): ReactNode {
  const say = useText(deliveryStrings);
  const { label } = useCodes();
  return (
    <Table
      caption={say('subscribe.caption')}
      rows={items}
      keyOf={({ handle }) => handle}
      columns={[
        { title: say('subscribe.regions'), cell: ({ regions }) => regions.map((one) => label('region', one)).join(', ') },
        {
          title: say('subscribe.sectors'),
          cell: ({ sectors }) => (sectors.length === 0 ? say('subscribe.all') : sectors.map((one) => label('sector', one)).join(', ')),
        },
        { title: say('subscribe.subjects'), cell: ({ subjects }) => subjects.map((one) => say(`subject.${one}`)).join(', ') },
        { title: say('subscribe.statusTitle'), cell: ({ status }) => say(`subscribe.status.${status}`) },
        { title: say('subscribe.actions'), cell: (one) => <Turn of={one} /> },
      ]}
    />
  );
}

function Turn({ of: { handle, etag, status } }: { readonly of: Subscription }): ReactNode {
  const say = useText(deliveryStrings);
  const pause = useChange('/api/subscriptions/{handle}/pause', READ_AGAIN);
  const resume = useChange('/api/subscriptions/{handle}/resumption', READ_AGAIN);
  const end = useChange('/api/subscriptions/{handle}/end', READ_AGAIN);
  const at = { params: { handle }, etag };
  return (
    <>
      <Actions>
        {status === 'Active' ? (
          <Button kind="second" busy={pause.isPending} onClick={() => pause.mutate(at)}>
            {say('subscribe.pause')}
          </Button>
        ) : (
          <Button kind="second" busy={resume.isPending} onClick={() => resume.mutate(at)}>
            {say('subscribe.resume')}
          </Button>
        )}
        <Button kind="second" busy={end.isPending} onClick={() => end.mutate(at)}>
          {say('subscribe.end')}
        </Button>
      </Actions>
      <ProblemNotice error={pause.error ?? resume.error ?? end.error} />
    </>
  );
}

interface Values {
  readonly regions: string[];
  readonly sectors: string[];
  readonly subjects: string[];
}

function SubscribeForm(): ReactNode {
  const say = useText(deliveryStrings);
  const words = useDeliveryProblems();
  const { data: me } = useMe();
  const subscribe = useChange('/api/subscriptions', READ_AGAIN);
  const server = useServerForm<Values>({ regions: me ? [me.data.region] : [], sectors: [], subjects: ['territory'] }, async (values) => {
    await subscribe.mutateAsync({ body: values as BodyOf<'/api/subscriptions'> });
    server.form.reset();
  });
  const { form } = server;
  const subjects = (['company', 'territory'] as const).map((value) => ({ value, label: say(`subject.${value}`) }));
  return (
    <form noValidate onSubmit={server.submit} className="rc-card">
      <h2>{say('subscribe.new')}</h2>
      <ErrorSummary of={server} words={words} />
      <Choices form={form} name="subjects" label={say('subscribe.subjects')} choices={subjects} />
      <CodeChoices form={form} name="regions" label={say('subscribe.regions')} list="region" />
      <CodeChoices form={form} name="sectors" label={say('subscribe.sectors')} hint={say('subscribe.sectorsHint')} list="sector" optional />
      <Actions>
        <Button type="submit" busy={server.busy}>
          {say('subscribe.save')}
        </Button>
      </Actions>
    </form>
  );
}
