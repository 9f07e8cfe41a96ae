import { type ReactNode, useState } from 'react';
import type { BodyOf } from '../api/client';
import { useChange, useRead } from '../api/query';
import { rolesOf, useMe } from '../session/session';
import { useText } from '../text/strings';
import { Actions, Button } from '../ui/button';
import { ErrorSummary } from '../ui/error-summary';
import { LongText, Select, TextField } from '../ui/fields';
import { useServerForm } from '../ui/form';
import { Notice } from '../ui/notice';
import { Screen, Shown } from '../ui/screen';
import { AtLeast } from '../ui/step-up';
import type { Erasure, Items } from './answers';
import { ErasureCard } from './erasure-card';
import { useProtectionProblems } from './problems';
import { erasureRoute } from './routes';
import { protectionStrings } from './strings';

export type Said = 'approved' | 'refused' | 'requested';

/** What waits for the data protection officer; whoever works with a person may record that they ask. */
export function ErasuresScreen(): ReactNode {
  const say = useText(protectionStrings);
  const decides = rolesOf(useMe().data?.data).includes('dpo');
  const [said, setSaid] = useState<Said>();
  return (
    <Screen title={say('erasure.title')} neutral={say('neutral')}>
      <p>{say('erasure.intro')}</p>
      {said ? <Notice tone="good" title={say(`erasure.${said}`)} urgent /> : null}
      <AtLeast level={2}>
        {decides ? <Queue onDone={setSaid} /> : null}
        <RequestForm onDone={() => setSaid('requested')} />
      </AtLeast>
    </Screen>
  );
}

function Queue({ onDone }: { readonly onDone: (said: Said) => void }): ReactNode {
  const say = useText(protectionStrings);
  const queue = useRead<Items<Erasure>>('/api/erasures', { lively: true });
  return (
    <Shown of={queue}>
      {({ data }) =>
        data.items.length === 0 ? (
          <p>{say('erasure.none')}</p>
        ) : (
          data.items.map((one) => <ErasureCard key={one.handle} erasure={one} onDone={onDone} />)
        )
      }
    </Shown>
  );
}

const GROUNDS = ['asked_by_person', 'asked_for_person'] as const;

function RequestForm({ onDone }: { readonly onDone: () => void }): ReactNode {
  const say = useText(protectionStrings);
  const { soggetto = '' } = erasureRoute.useSearch();
  const request = useChange('/api/erasures', ['/api/erasures']);
  const server = useServerForm({ subject: soggetto, ground: '', account: '' }, async ({ subject, ground, account }) => {
    const body = { subject: subject.trim(), ground, ...(account === '' ? {} : { account }) } as BodyOf<'/api/erasures'>;
    await request.mutateAsync({ body });
    server.form.reset();
    onDone();
  });
  const { form } = server;
  return (
    <form noValidate onSubmit={server.submit} className="rc-card">
      <h2>{say('erasure.request')}</h2>
      <ErrorSummary of={server} words={useProtectionProblems()} />
      <TextField form={form} name="subject" label={say('erasure.handle')} hint={say('erasure.handleHint')} maxLength={80} />
      <Select
        form={form}
        name="ground"
        label={say('erasure.groundTitle')}
        choices={GROUNDS.map((value) => ({ value, label: say(`erasure.ground.${value}`) }))}
      />
      <LongText form={form} name="account" label={say('erasure.account')} maxLength={2000} optional />
      <Actions>
        <Button type="submit" busy={server.busy}>
          {say('erasure.save')}
        </Button>
      </Actions>
    </form>
  );
}
