import type { ReactNode } from 'react';
import { useText } from '../text/strings';
import { Actions, Button } from './button';
import { Dialog } from './dialog';
import { ErrorSummary } from './error-summary';
import { LongText } from './fields';
import { useServerForm } from './form';
import { uiStrings } from './strings';

interface Props {
  readonly title: string;
  readonly text: string;
  readonly label: string;
  readonly hint?: string;
  readonly go: string;
  readonly words?: Readonly<Record<string, string>>;
  readonly onClose: () => void;
  readonly onReason: (reason: string) => Promise<unknown>;
}

/** Asks why, before anything is opened. What was typed stays until it was accepted or the dialog is closed. */
export function ReasonDialog({ title, text, label, hint, go, words, onClose, onReason }: Props): ReactNode {
  const say = useText(uiStrings);
  const server = useServerForm<{ reason: string }>({ reason: '' }, async ({ reason }) => {
    await onReason(reason);
    onClose();
  });
  return (
    <Dialog title={title} open onClose={onClose}>
      <form noValidate onSubmit={server.submit}>
        <p>{text}</p>
        <ErrorSummary of={server} {...(words ? { words } : {})} />
        <LongText form={server.form} name="reason" label={label} hint={hint} minLength={10} maxLength={500} />
        <Actions>
          <Button type="submit" busy={server.busy}>
            {go}
          </Button>
          <Button kind="second" onClick={onClose}>
            {say('cancel')}
          </Button>
        </Actions>
      </form>
    </Dialog>
  );
}
