import { createLink } from '@tanstack/react-router';
import type { AnchorHTMLAttributes, ButtonHTMLAttributes, ReactNode, Ref } from 'react';
import { useText } from '../text/strings';
import { uiStrings } from './strings';

export type ButtonKind = 'first' | 'second' | 'danger';

const classOf = (kind: ButtonKind): string => (kind === 'first' ? 'rc-button' : `rc-button rc-button-${kind}`);

interface Props extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly kind?: ButtonKind;
  /** Something is under way: pressed again it does nothing, and it keeps the focus. */
  readonly busy?: boolean;
}

export function Button({ kind = 'first', busy = false, type = 'button', children, onClick, ...rest }: Props): ReactNode {
  const say = useText(uiStrings);
  return (
    <button
      {...rest}
      type={type}
      className={classOf(kind)}
      aria-disabled={busy || undefined}
      onClick={(event) => (busy ? event.preventDefault() : onClick?.(event))}
    >
      {busy ? say('sending') : children}
    </button>
  );
}

type AnchorProps = AnchorHTMLAttributes<HTMLAnchorElement> & { readonly kind?: ButtonKind; readonly ref?: Ref<HTMLAnchorElement> };
const Anchor = ({ kind = 'first', children, ...rest }: AnchorProps): ReactNode => (
  <a {...rest} className={classOf(kind)}>
    {children}
  </a>
);
/** A link that looks like a button: it leads somewhere and does nothing else. */
export const ButtonLink = createLink(Anchor);

export const Actions = ({ children }: { readonly children: ReactNode }): ReactNode => <div className="rc-actions">{children}</div>;
