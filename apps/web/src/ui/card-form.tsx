import type { ReactNode } from 'react';
import type { FieldValues } from 'react-hook-form';
import { Actions, Button } from './button';
import { ErrorSummary } from './error-summary';
import type { ServerForm } from './form';
import { Notice } from './notice';
import { type Level, useStepUp } from './step-up';

interface Props<T extends FieldValues> {
  readonly title: string;
  readonly of: ServerForm<T>;
  readonly submit: string;
  /** How strongly one has to be signed in: asked for before anything is sent, and what was typed stays. */
  readonly level?: Level;
  /** Said once it was done. */
  readonly done?: string | undefined;
  readonly words?: Readonly<Record<string, string>>;
  readonly children: ReactNode;
}

/** A form of its own on a screen that shows other things as well. */
export function CardForm<T extends FieldValues>({ title, of, submit, level, done, words, children }: Props<T>): ReactNode {
  const stepUp = useStepUp(level ?? 2);
  return (
    <form noValidate className="rc-card" onSubmit={(event) => of.submit(event, level === undefined ? undefined : stepUp.enough)}>
      <h2>{title}</h2>
      {done === undefined ? null : <Notice tone="good" title={done} urgent />}
      <ErrorSummary of={of} {...(words ? { words } : {})} />
      {children}
      {level === undefined ? null : stepUp.dialog}
      <Actions>
        <Button type="submit" busy={of.busy}>
          {submit}
        </Button>
      </Actions>
    </form>
  );
}
