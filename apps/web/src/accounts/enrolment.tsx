import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { post } from '../api/client';
import { useText } from '../text/strings';
import { Actions, Button } from '../ui/button';
import { ErrorSummary } from '../ui/error-summary';
import { TextField } from '../ui/fields';
import { useServerForm } from '../ui/form';
import { MakeAccount, type Offer } from './make-account';
import { accountStrings } from './strings';
import { useAccountWords } from './words';

interface Props {
  /** From the link. */
  readonly token: string;
  /** What the address needs to be the same one again, after the hash. */
  readonly fragment: string;
  readonly onMade: () => void;
}

/** A person makes the account their link is for: first a name, then a way in. */
export function Enrolment({ token, fragment, onMade }: Props): ReactNode {
  const say = useText(accountStrings);
  const client = useQueryClient();
  const [offer, setOffer] = useState<Offer>();
  // From here on the browser has a session: its token is needed for everything that follows.
  const made = async (): Promise<void> => {
    await client.invalidateQueries();
    onMade();
  };
  if (!offer) return <ChooseName token={token} onOffer={setOffer} />;
  return (
    <>
      <MakeAccount
        offer={offer}
        fragment={fragment}
        withPassword={async (given) => {
          await post('/auth/local/enrolment/password', { body: { token, ...given } });
          await made();
        }}
        withPasskey={async (given) => {
          await post('/auth/local/enrolment/passkey', { body: { token, ...given } });
          await made();
        }}
      />
      <Actions>
        <Button kind="second" onClick={() => setOffer(undefined)}>
          {say('make.back')}
        </Button>
      </Actions>
    </>
  );
}

function ChooseName({ token, onOffer }: { readonly token: string; readonly onOffer: (offer: Offer) => void }): ReactNode {
  const say = useText(accountStrings);
  const words = useAccountWords();
  const server = useServerForm({ name: '' }, async ({ name }) => {
    const { data } = await post<Offer, '/auth/local/enrolment'>('/auth/local/enrolment', { body: { token, name: name.trim() } });
    onOffer(data);
  });
  return (
    <form noValidate onSubmit={server.submit} className="rc-card">
      <ErrorSummary of={server} words={words} />
      <TextField
        {...{ form: server.form, name: 'name', label: say('invite.name'), hint: say('invite.nameHint') }}
        maxLength={60}
        autoComplete="username"
      />
      <Actions>
        <Button type="submit" busy={server.busy}>
          {say('invite.next')}
        </Button>
      </Actions>
    </form>
  );
}
