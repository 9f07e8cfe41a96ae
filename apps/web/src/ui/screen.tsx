import { type ReactNode, useEffect, useRef } from 'react';
import { useText } from '../text/strings';
import { ProblemNotice } from './problem';
import { uiStrings } from './strings';

interface Props {
  readonly title: string;
  /** Stands in the browser's title and history: one neutral word, never a name, a case or a service. */
  readonly neutral?: string;
  readonly aside?: ReactNode;
  readonly children: ReactNode;
}

/** One screen: its heading takes the focus, so that a screen reader says where one is. */
export function Screen({ title, neutral, aside, children }: Props): ReactNode {
  const say = useText(uiStrings);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = neutral === undefined ? 'Rete Casi' : `${neutral} – Rete Casi`;
  }, [neutral]);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  return (
    <>
      <div className="rc-head" data-waiting={say('loading')}>
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {aside}
      </div>
      {children}
    </>
  );
}

interface Asked<T> {
  readonly data: T | undefined;
  readonly error: Error | null;
  readonly refetch: () => unknown;
}

/** What a reading gave: waiting, refused or there. What was there stays while it is read again. */
export function Shown<T>({
  of,
  children,
  words,
}: {
  readonly of: Asked<T>;
  readonly children: (data: T) => ReactNode;
  readonly words?: Readonly<Record<string, string>>;
}): ReactNode {
  const say = useText(uiStrings);
  if (of.data === undefined && of.error === null) {
    return (
      <p role="status" className="rc-soft rc-waiting">
        {say('loading')}
      </p>
    );
  }
  // One shape, whether the last reading failed or not: what is shown, and whatever somebody has begun to write in it, stays where it is.
  return (
    <>
      {of.error ? <ProblemNotice error={of.error} retry={() => void of.refetch()} {...(words ? { words } : {})} /> : null}
      {/* Refused now: what was shown before is nobody's any more. A server that is only away changes nothing. */}
      {of.data !== undefined && (of.error === null || passes(of.error)) ? children(of.data) : null}
    </>
  );
}

const passes = (error: Error): boolean => 'status' in error && [0, 429, 502, 503, 504].includes(error.status as number);
