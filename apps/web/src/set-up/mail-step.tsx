import { type ReactNode, useState } from 'react';
import { useText } from '../text/strings';
import { Actions, Button } from '../ui/button';
import { ErrorSummary } from '../ui/error-summary';
import { TextField } from '../ui/fields';
import { useServerForm } from '../ui/form';
import { Notice } from '../ui/notice';
import { useStep } from './progress';
import { setUpStrings } from './strings';

/** Step 4: one letter, to see whether it arrives; or later. */
export function MailStep({ token, post }: { readonly token: string; readonly post: boolean }): ReactNode {
  const say = useText(setUpStrings);
  const step = useStep(token);
  const [outcome, setOutcome] = useState<'refused' | 'unreachable'>();
  const server = useServerForm({ to: '' }, async ({ to }) => {
    const { data } = await step<{ outcome: string }, '/api/setup/mail'>('/api/setup/mail', { to: to.trim() });
    setOutcome(data.outcome === 'sent' ? undefined : (data.outcome as 'refused'));
  });
  const later = (
    <Button kind="second" onClick={() => void step('/api/setup/mail', {})}>
      {say('mail.later')}
    </Button>
  );
  if (!post) {
    return (
      <div className="rc-card">
        <p>{say('mail.none')}</p>
        <p>
          <code>SMTP_URL=smtps://login:password@posta.example MAIL_FROM=posta@example.org</code>
        </p>
        <p>{say('mail.content')}</p>
        <Actions>{later}</Actions>
      </div>
    );
  }
  return (
    <form noValidate onSubmit={server.submit} className="rc-card">
      <p>{say('mail.text')}</p>
      <p>{say('mail.content')}</p>
      {outcome ? <Notice tone="danger" title={say(`mail.${outcome}`)} urgent /> : null}
      <ErrorSummary of={server} />
      <TextField {...{ form: server.form, name: 'to', label: say('mail.to'), hint: say('mail.toHint') }} type="email" maxLength={250} />
      <Actions>
        <Button type="submit" busy={server.busy}>
          {say('mail.send')}
        </Button>
        {later}
      </Actions>
    </form>
  );
}
