import { type ReactNode, useState } from 'react';
import { useText } from '../text/strings';
import { Actions, Button } from '../ui/button';
import { ErrorSummary } from '../ui/error-summary';
import { TextField } from '../ui/fields';
import { useServerForm } from '../ui/form';
import { Notice } from '../ui/notice';
import { ProblemNotice } from '../ui/problem';
import { QrCode } from './qr-code';
import { accountStrings } from './strings';
import { createPasskey, type CreationOptions, knowsPasskeys, NoPasskey } from './webauthn';
import { useAccountWords } from './words';

/** What the server offers to whoever begins. */
export interface Offer {
  readonly attempt: string;
  readonly code: { readonly secret: string; readonly uri: string };
  readonly passkey?: CreationOptions;
}
export interface NewPassword {
  readonly attempt: string;
  readonly password: string;
  readonly code: string;
}
export type NewPasskey = { readonly attempt: string } & Awaited<ReturnType<typeof createPasskey>>;

interface Props {
  readonly offer: Offer;
  /** What the address needs to be the same one again, after the hash. */
  readonly fragment?: string;
  readonly withPassword: (given: NewPassword) => Promise<void>;
  readonly withPasskey: (given: NewPasskey) => Promise<void>;
}

/** The two ways in, side by side where there is room: a passkey, or a password with one-time codes. */
export function MakeAccount({ offer, fragment = '', withPassword, withPasskey }: Props): ReactNode {
  return (
    <div className="rc-two">
      <ByPasskey offer={offer} fragment={fragment} send={withPasskey} />
      <ByPassword offer={offer} send={withPassword} />
    </div>
  );
}

function ByPasskey({
  offer,
  fragment,
  send,
}: {
  readonly offer: Offer;
  readonly fragment: string;
  readonly send: Props['withPasskey'];
}): ReactNode {
  const say = useText(accountStrings);
  const words = useAccountWords();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>();
  const { attempt, passkey } = offer;
  const make = async (options: CreationOptions): Promise<void> => {
    setBusy(true);
    setProblem(undefined);
    await createPasskey(options)
      .then((made) => send({ attempt, ...made }))
      .catch((error: unknown) => setProblem(error));
    setBusy(false);
  };
  return (
    <section className="rc-card" aria-labelledby="by-passkey">
      <h2 id="by-passkey">{say('make.passkeyTitle')}</h2>
      <p>{say('make.passkeyText')}</p>
      {problem instanceof NoPasskey ? (
        <Notice tone="danger" title={say('noPasskey')} urgent />
      ) : (
        <ProblemNotice error={problem} words={words} />
      )}
      {passkey === undefined ? (
        <ElsewhereOnly fragment={fragment} />
      ) : knowsPasskeys() ? (
        <Actions>
          <Button busy={busy} onClick={() => void make(passkey)}>
            {say('make.passkey')}
          </Button>
        </Actions>
      ) : (
        <Notice tone="warn" title={say('make.passkeyUnknown')} />
      )}
    </section>
  );
}

/** On one's own machine the same place has a name, and a passkey can be made there. */
function ElsewhereOnly({ fragment }: { readonly fragment: string }): ReactNode {
  const say = useText(accountStrings);
  const here = new URL(location.href);
  const named = here.hostname === '127.0.0.1' ? `${here.protocol}//localhost:${here.port}${here.pathname}` : undefined;
  return (
    <Notice tone="warn" title={say('make.passkeyNumbers')}>
      {named === undefined ? null : (
        <p>
          <a href={`${named}#${fragment}`}>{say('make.passkeyNumbersGo')}</a>
        </p>
      )}
    </Notice>
  );
}

function ByPassword({ offer, send }: { readonly offer: Offer; readonly send: Props['withPassword'] }): ReactNode {
  const say = useText(accountStrings);
  const words = useAccountWords();
  const { attempt, code } = offer;
  const server = useServerForm({ password: '', code: '' }, (values) => send({ attempt, ...values, code: values.code.replace(/\s/g, '') }));
  const { form } = server;
  return (
    <section className="rc-card" aria-labelledby="by-password">
      <h2 id="by-password">{say('make.passwordTitle')}</h2>
      <p>{say('make.passwordText')}</p>
      <form noValidate onSubmit={server.submit}>
        <ErrorSummary of={server} words={words} />
        <p>{say('make.scan')}</p>
        <QrCode text={code.uri} label={say('make.picture')} />
        <p>
          {say('make.secret')}: <code className="rc-secret">{code.secret.replace(/(.{4})/g, '$1 ').trim()}</code>
        </p>
        <TextField
          {...{ form, name: 'password', label: say('make.password'), hint: say('make.passwordHint') }}
          type="password"
          autoComplete="new-password"
        />
        <TextField {...{ form, name: 'code', label: say('make.code') }} maxLength={7} autoComplete="one-time-code" />
        <Actions>
          <Button type="submit" busy={server.busy}>
            {say('make.save')}
          </Button>
        </Actions>
      </form>
    </section>
  );
}
