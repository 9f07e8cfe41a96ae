import { type ReactNode, useState } from 'react';
import { post } from '../api/client';
import { useRead, useRefresh } from '../api/query';
import { useLanguage } from '../text/language';
import { useText } from '../text/strings';
import { Actions, Button } from '../ui/button';
import { CardForm } from '../ui/card-form';
import { TextField } from '../ui/fields';
import { useServerForm } from '../ui/form';
import { Notice } from '../ui/notice';
import { ProblemNotice } from '../ui/problem';
import { Screen, Shown } from '../ui/screen';
import { Choices } from './choices';
import { Preview } from './preview';
import './refusals';
import { letterStrings } from './strings';

const PATH = '/api/letters';

interface Mailbox {
  readonly address: string;
  readonly confirmed: boolean;
  readonly daily: boolean;
  readonly language: 'it' | 'en';
}
interface Letters {
  readonly offered: boolean;
  readonly open: boolean;
  readonly mailbox?: Mailbox;
  readonly failed: boolean;
}

/** Whether, where to and in which language somebody is told by letter that something waits for them. */
export function LettersScreen(): ReactNode {
  const say = useText(letterStrings);
  const letters = useRead<Letters>(PATH);
  return (
    <Screen title={say('title')} neutral={say('neutral')}>
      <p>{say('what')}</p>
      <p>{say('when')}</p>
      <Shown of={letters}>{({ data }) => (data.offered ? <Own letters={data} /> : <NotHere />)}</Shown>
    </Screen>
  );
}

function NotHere(): ReactNode {
  const say = useText(letterStrings);
  return (
    <Notice title={say('none.title')}>
      <p>{say('none.text')}</p>
    </Notice>
  );
}

function Own({ letters: { mailbox, open, failed } }: { readonly letters: Letters }): ReactNode {
  const say = useText(letterStrings);
  const refresh = useRefresh();
  const [told, setTold] = useState<'confirmed' | 'removed'>();
  const changed = (now?: typeof told): Promise<void> => {
    setTold(now);
    return refresh(PATH);
  };
  return (
    <>
      <p>{say('care')}</p>
      {told ? <Notice tone="good" title={say(told === 'removed' ? 'remove.done' : 'yours.confirmed')} urgent /> : null}
      {failed ? <Notice tone="warn" title={say('yours.failed')} /> : null}
      {mailbox === undefined ? <Give onDone={() => changed()} /> : null}
      {mailbox?.confirmed === false ? <Confirm address={mailbox.address} open={open} onDone={() => changed('confirmed')} /> : null}
      {mailbox?.confirmed ? <Choices {...mailbox} onDone={() => refresh(PATH)} /> : null}
      <Preview />
      {mailbox ? (
        <>
          <details className="rc-card">
            <summary>{say('give.again')}</summary>
            <Give onDone={() => changed()} />
          </details>
          <Remove onDone={() => changed('removed')} />
        </>
      ) : null}
    </>
  );
}

function Give({ onDone }: { readonly onDone: () => Promise<void> }): ReactNode {
  const say = useText(letterStrings);
  const language = useLanguage();
  const server = useServerForm({ address: '' }, async ({ address }) => {
    await post('/api/letters/address', { body: { address: address.trim(), language } });
    server.form.reset();
    await onDone();
  });
  const { form } = server;
  return (
    <CardForm title={say('give.title')} of={server} submit={say('give.send')}>
      <TextField
        {...{ form, name: 'address', label: say('give.address'), hint: say('give.hint') }}
        type="email"
        maxLength={250}
        autoComplete="email"
      />
    </CardForm>
  );
}

interface Waiting {
  readonly address: string;
  readonly open: boolean;
  readonly onDone: () => Promise<void>;
}

function Confirm({ address, open, onDone }: Waiting): ReactNode {
  const say = useText(letterStrings);
  const server = useServerForm({ code: '' }, async ({ code }) => {
    await post('/api/letters/confirmation', { body: { code: code.replace(/\s/g, '') } });
    await onDone();
  });
  const { form } = server;
  return (
    <CardForm title={say('code.title')} of={server} submit={say('code.confirm')}>
      <p>{say('code.sent', { address })}</p>
      {open ? null : <p>{say('code.night')}</p>}
      <TextField
        {...{ form, name: 'code', label: say('code.label'), hint: say('code.hint') }}
        maxLength={12}
        autoComplete="one-time-code"
      />
    </CardForm>
  );
}

function Remove({ onDone }: { readonly onDone: () => Promise<void> }): ReactNode {
  const say = useText(letterStrings);
  const [problem, setProblem] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const remove = (): void => {
    setBusy(true);
    setProblem(undefined);
    void post('/api/letters/removal')
      .then(onDone)
      .catch((error: unknown) => setProblem(error))
      .finally(() => setBusy(false));
  };
  return (
    <>
      <ProblemNotice error={problem} />
      <Actions>
        <Button kind="danger" busy={busy} onClick={remove}>
          {say('remove.act')}
        </Button>
      </Actions>
    </>
  );
}
