import { type ReactNode, useId, useState } from 'react';
import { useDates } from '../text/dates';
import { useText } from '../text/strings';
import { Actions, Button } from './button';
import { handOverStrings } from './hand-over-strings';

/** A link that is shown once, to be given to one person by hand or by a channel they trust. */
export function HandOver({ name, token, expires }: { readonly name: string; readonly token: string; readonly expires: string }): ReactNode {
  const say = useText(handOverStrings);
  const id = useId();
  const { day } = useDates();
  const [copied, setCopied] = useState(false);
  const link = `${location.origin}/invito#${token}`;
  return (
    <section className="rc-card" aria-label={say('linkFor', { name })}>
      <h3>{say('linkFor', { name })}</h3>
      <label htmlFor={id}>{say('link')}</label>
      <input id={id} className="rc-input" readOnly value={link} onFocus={(event) => event.currentTarget.select()} />
      <p className="rc-soft">{say('linkHint', { date: day(expires) })}</p>
      <Actions>
        <Button kind="second" onClick={() => void navigator.clipboard.writeText(link).then(() => setCopied(true))}>
          {say('copy')}
        </Button>
      </Actions>
      <p role="status">{copied ? say('copied') : ''}</p>
    </section>
  );
}
