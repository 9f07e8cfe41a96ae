import { getRouteApi } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { post } from '../api/client';
import { useSession } from '../session/session';
import { useText } from '../text/strings';
import { Actions, Button } from '../ui/button';
import { ErrorSummary } from '../ui/error-summary';
import { TextField } from '../ui/fields';
import { useServerForm } from '../ui/form';
import { Notice } from '../ui/notice';
import { ProblemNotice } from '../ui/problem';
import { Screen, Shown } from '../ui/screen';
import { accountStrings } from './strings';
import { answerPasskey, knowsPasskeys, NoPasskey, type RequestOptions } from './webauthn';
import { useAccountWords } from './words';

const route = getRouteApi('/accesso');

/** The door of an installation that is its own issuer. */
export function SignInScreen(): ReactNode {
  const say = useText(accountStrings);
  const session = useSession();
  const { goto = '/' } = route.useSearch();
  // Everything that was read as nobody, or as somebody else, goes with the page.
  const enter = (): void => location.replace(goto);
  return (
    <Screen title={say('signIn.title')} neutral={say('neutral')}>
      <Shown of={session}>
        {({ signedIn, passkeys = false }) => (
          <>
            {signedIn ? (
              <Notice title={say('signIn.already')}>
                <a href={goto}>{say('signIn.goOn')}</a>
              </Notice>
            ) : null}
            {passkeys && knowsPasskeys() ? <ByPasskey onIn={enter} /> : null}
            <ByPassword onIn={enter} alone={!passkeys} />
          </>
        )}
      </Shown>
      <p className="rc-soft">{say('signIn.lost')}</p>
    </Screen>
  );
}

function ByPasskey({ onIn }: { readonly onIn: () => void }): ReactNode {
  const say = useText(accountStrings);
  const words = useAccountWords();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>();
  const enter = async (): Promise<void> => {
    const { data } = await post<{ attempt: string; options: RequestOptions }>('/auth/local/passkey/options');
    await post('/auth/local/passkey', { body: { attempt: data.attempt, ...(await answerPasskey(data.options)) } });
    onIn();
  };
  const press = (): void => {
    setBusy(true);
    setProblem(undefined);
    void enter()
      .catch((error: unknown) => setProblem(error))
      .finally(() => setBusy(false));
  };
  return (
    <section className="rc-card" aria-label={say('signIn.passkey')}>
      {problem instanceof NoPasskey ? (
        <Notice tone="danger" title={say('noPasskey')} urgent />
      ) : (
        <ProblemNotice error={problem} words={words} />
      )}
      <p>{say('signIn.passkeyText')}</p>
      <Actions>
        <Button busy={busy} onClick={press}>
          {say('signIn.passkey')}
        </Button>
      </Actions>
    </section>
  );
}

function ByPassword({ onIn, alone }: { readonly onIn: () => void; readonly alone: boolean }): ReactNode {
  const say = useText(accountStrings);
  const words = useAccountWords();
  const server = useServerForm({ name: '', password: '', code: '' }, async (values) => {
    await post('/auth/local/password', { body: values });
    onIn();
  });
  const { form } = server;
  return (
    <form noValidate onSubmit={server.submit} className="rc-card">
      {alone ? null : <h2>{say('signIn.or')}</h2>}
      <ErrorSummary of={server} words={words} />
      <TextField {...{ form, name: 'name', label: say('signIn.name') }} maxLength={60} autoComplete="username" />
      <TextField {...{ form, name: 'password', label: say('signIn.password') }} type="password" autoComplete="current-password" />
      <TextField
        {...{ form, name: 'code', label: say('signIn.code'), hint: say('signIn.codeHint') }}
        maxLength={7}
        autoComplete="one-time-code"
      />
      <Actions>
        <Button type="submit" kind={alone ? 'first' : 'second'} busy={server.busy}>
          {say('signIn.enter')}
        </Button>
      </Actions>
    </form>
  );
}
