import { type FormEvent, type ReactNode, useRef, useState } from 'react';
import type { DefaultValues, FieldValues } from 'react-hook-form';
import { type BodyOf, get, type GetPath, type PostPath, type Purpose } from '../api/client';
import { useChange, useRefresh } from '../api/query';
import { isConflict } from '../api/problem';
import { Actions, Button, type ButtonKind } from './button';
import { Conflict } from './conflict';
import { ErrorSummary } from './error-summary';
import { type Form, useServerForm } from './form';
import { type Level, useStepUp } from './step-up';

/** The record a change is decided on: read again after a 412, so that both versions can be compared. */
export interface Versioned {
  readonly path: GetPath;
  readonly etag: string | undefined;
  readonly params: Readonly<Record<string, string>>;
  readonly purpose?: Purpose | undefined;
  /** Where the version stands in what is read there, for a record that is only shown in a list. */
  readonly etagIn?: (now: unknown) => string | undefined;
}

interface Props<P extends PostPath, V extends FieldValues> {
  readonly path: P;
  readonly params?: Readonly<Record<string, string>>;
  /** Absent for what makes a new record. */
  readonly record?: Versioned | undefined;
  readonly purpose?: Purpose | undefined;
  readonly initial: DefaultValues<V>;
  readonly body: (values: V) => BodyOf<P>;
  /** Paths that are read again after the change. */
  readonly refresh: readonly GetPath[];
  readonly submit: string;
  readonly kind?: ButtonKind;
  readonly words?: Readonly<Record<string, string>>;
  /** How strongly one has to be signed in: asked for before anything is sent, and what was typed stays. */
  readonly level?: Level;
  /** How to say what was about to be sent, and how things are now. */
  readonly yours?: (values: V) => ReactNode;
  readonly theirs?: (now: unknown) => ReactNode;
  readonly onDone: (answer: unknown, etag: string | undefined) => void;
  readonly children?: (form: Form<V>) => ReactNode;
}

/** A form that changes one record at the version it was read at. Somebody else's change is shown beside one's own and never overwritten. */
export function RecordForm<P extends PostPath, V extends FieldValues>(props: Props<P, V>): ReactNode {
  const { path, params, record, purpose, initial, body, refresh, submit, kind, words, yours, theirs, onDone, children, level } = props;
  const change = useChange<P, unknown>(path);
  const read = useRefresh();
  const version = useRef(record?.etag);
  const stepUp = useStepUp(level ?? 2);
  const [clash, setClash] = useState<{ values: V; now: unknown }>();
  const server = useServerForm<V>(initial, async (values) => {
    try {
      const answer = await change.mutateAsync({
        ...(params ? { params } : {}),
        ...(purpose ? { purpose } : {}),
        etag: version.current ?? record?.etag,
        body: body(values),
      });
      await read(...refresh);
      server.form.reset();
      onDone(answer.data, answer.etag);
    } catch (error) {
      if (!isConflict(error) || !record) throw error;
      const now = await get(record.path, { params: record.params, purpose: record.purpose });
      version.current = record.etagIn ? record.etagIn(now.data) : now.etag;
      setClash({ values, now: now.data });
    }
  });
  // Until somebody has written something, the version on the screen is the one decided on; from then on a newer one is a conflict.
  if (!server.form.formState.isDirty && !clash && !server.busy) version.current = record?.etag;
  const send = (event?: FormEvent): void => server.submit(event, level === undefined ? undefined : stepUp.enough);
  return (
    <form noValidate onSubmit={send}>
      {clash ? (
        <Conflict
          yours={yours?.(clash.values) ?? null}
          theirs={theirs?.(clash.now) ?? null}
          onKeep={() => {
            setClash(undefined);
            send();
          }}
          onDrop={() => {
            setClash(undefined);
            void read(...refresh);
            onDone(undefined, version.current);
          }}
        />
      ) : null}
      <ErrorSummary of={server} {...(words ? { words } : {})} />
      {children?.(server.form)}
      {level === undefined ? null : stepUp.dialog}
      <Actions>
        <Button type="submit" busy={server.busy} {...(kind ? { kind } : {})}>
          {submit}
        </Button>
      </Actions>
    </form>
  );
}

/** A button that opens a dialog with such a form in it. */
export function useOpener(): { readonly open: boolean; readonly show: () => void; readonly hide: () => void } {
  const [open, setOpen] = useState(false);
  return { open, show: () => setOpen(true), hide: () => setOpen(false) };
}
