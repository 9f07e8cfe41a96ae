import { type ReactNode, useState } from 'react';
import { Enrolment } from '../accounts/enrolment';
import { signInAddress, useSession } from '../session/session';
import { useText } from '../text/strings';
import { Actions, Button } from '../ui/button';
import { ErrorSummary } from '../ui/error-summary';
import { TextField } from '../ui/fields';
import { useServerForm } from '../ui/form';
import { Notice } from '../ui/notice';
import { People } from './people';
import { useProgress, useStep } from './progress';
import { setUpStrings } from './strings';

interface Props {
  readonly token: string;
  readonly enrolled: boolean;
  readonly onNobodyElse: () => void;
}
interface Welcomed {
  readonly enrolment?: { readonly token: string };
}

/** Step 2: who administers, with their own way in, and the colleagues they begin with. */
export function AdministratorStep({ token, enrolled, onNobodyElse }: Props): ReactNode {
  const { data: session } = useSession();
  const progress = useProgress(token);
  const [link, setLink] = useState<string>();
  if (enrolled) return <People token={token} elsewhere={session?.way !== 'local'} onNobodyElse={onNobodyElse} />;
  if (link !== undefined) {
    return <Enrolment token={link} fragment={token} onMade={() => void progress.refetch()} />;
  }
  if (session?.way === 'issuer' && !session.signedIn) return <SignInFirst />;
  return <Name token={token} onWelcome={({ enrolment }) => setLink(enrolment?.token)} />;
}

function Name({ token, onWelcome }: { readonly token: string; readonly onWelcome: (welcomed: Welcomed) => void }): ReactNode {
  const say = useText(setUpStrings);
  const step = useStep(token);
  const server = useServerForm({ name: '' }, async (values) => {
    const { data } = await step<Welcomed, '/api/setup/administrator'>('/api/setup/administrator', values);
    onWelcome(data);
  });
  return (
    <form noValidate onSubmit={server.submit} className="rc-card">
      <p>{say('administrator.text')}</p>
      <ErrorSummary of={server} />
      <TextField
        {...{ form: server.form, name: 'name', label: say('administrator.name'), hint: say('administrator.nameHint') }}
        maxLength={120}
      />
      <Actions>
        <Button type="submit" busy={server.busy}>
          {say('administrator.save')}
        </Button>
      </Actions>
    </form>
  );
}

/** Where people sign in elsewhere, whoever continues here signed in becomes the administrator. */
function SignInFirst(): ReactNode {
  const say = useText(setUpStrings);
  return (
    <Notice title={say('administrator.elsewhere')}>
      <p>{say('administrator.elsewhereText')}</p>
      <a className="rc-button" href={signInAddress('/avvio')}>
        {say('enter')}
      </a>
    </Notice>
  );
}
