import { type ReactNode, useState } from 'react';
import { post } from '../api/client';
import { useRead, useRefresh } from '../api/query';
import { useDates } from '../text/dates';
import { useText } from '../text/strings';
import { Actions, Button } from '../ui/button';
import { ErrorSummary } from '../ui/error-summary';
import { TextField } from '../ui/fields';
import { useServerForm } from '../ui/form';
import { Notice } from '../ui/notice';
import { ProblemNotice } from '../ui/problem';
import { Screen, Shown } from '../ui/screen';
import { MakeAccount, type Offer } from './make-account';
import { accountStrings } from './strings';
import { useAccountWords } from './words';

interface Ways {
  readonly password: boolean;
  readonly passkeys: readonly { readonly id: string; readonly deviceBound: boolean; readonly created: string }[];
}
const PATH = '/auth/local/account';

/** A person's own ways in: what there is, and how to add or take away. */
export function WaysScreen(): ReactNode {
  const say = useText(accountStrings);
  const ways = useRead<Ways>(PATH);
  return (
    <Screen title={say('ways.title')} neutral={say('neutral')}>
      <Shown of={ways}>{({ data }) => <List ways={data} />}</Shown>
      <h2>{say('ways.add')}</h2>
      <Add />
    </Screen>
  );
}

function List({ ways: { password, passkeys } }: { readonly ways: Ways }): ReactNode {
  const say = useText(accountStrings);
  const words = useAccountWords();
  const { day } = useDates();
  const refresh = useRefresh();
  const [problem, setProblem] = useState<unknown>();
  const take = (id: string): void => {
    setProblem(undefined);
    void post('/auth/local/account/passkeys/{id}/removal', { params: { id } })
      .then(() => refresh(PATH))
      .catch((error: unknown) => setProblem(error));
  };
  return (
    <>
      <ProblemNotice error={problem} words={words} />
      <ul className="rc-cards">
        <li className="rc-card">{say(password ? 'ways.password' : 'ways.passwordNone')}</li>
        {passkeys.map(({ id, deviceBound, created }) => (
          <li key={id} className="rc-card">
            <p>
              {say(deviceBound ? 'ways.bound' : 'ways.copied')}, {say('ways.since', { date: day(created) })}
            </p>
            <Actions>
              <Button kind="second" onClick={() => take(id)}>
                {say('ways.remove')}
              </Button>
            </Actions>
          </li>
        ))}
      </ul>
    </>
  );
}

function Add(): ReactNode {
  const say = useText(accountStrings);
  const words = useAccountWords();
  const refresh = useRefresh();
  const [offer, setOffer] = useState<Offer>();
  const [added, setAdded] = useState(false);
  const server = useServerForm({ name: '' }, async ({ name }) => {
    setAdded(false);
    setOffer((await post<Offer, '/auth/local/account/beginning'>('/auth/local/account/beginning', { body: { name: name.trim() } })).data);
  });
  const done = async (): Promise<void> => {
    setOffer(undefined);
    setAdded(true);
    await refresh(PATH);
  };
  if (offer) {
    return (
      <MakeAccount
        offer={offer}
        withPassword={async (given) => {
          await post('/auth/local/account/password', { body: given });
          await done();
        }}
        withPasskey={async (given) => {
          await post('/auth/local/account/passkeys', { body: given });
          await done();
        }}
      />
    );
  }
  return (
    <form noValidate onSubmit={server.submit} className="rc-card">
      {added ? <Notice tone="good" title={say('ways.added')} urgent /> : null}
      <p>{say('ways.addText')}</p>
      <ErrorSummary of={server} words={words} />
      <TextField {...{ form: server.form, name: 'name', label: say('invite.name') }} maxLength={60} autoComplete="username" />
      <Actions>
        <Button type="submit" busy={server.busy}>
          {say('invite.next')}
        </Button>
      </Actions>
    </form>
  );
}
