import { type ReactNode, useState } from 'react';
import type { BodyOf, GetPath, PostPath, Purpose } from '../api/client';
import { Actions, Button, type ButtonKind } from './button';
import { Dialog } from './dialog';
import { Select } from './fields';
import { RecordForm, type Versioned } from './record-form';
import type { Level } from './step-up';
import type { Choice } from '../text/codes';

interface ActProps {
  readonly path: PostPath;
  readonly record: Versioned;
  /** Paths that are read again after the act. */
  readonly refresh: readonly GetPath[];
  readonly label: string;
  readonly kind?: ButtonKind;
  readonly purpose?: Purpose;
  /** What the act says of the record beyond itself. */
  readonly body?: object;
  readonly level?: Level;
  readonly theirs?: (now: unknown) => ReactNode;
}

/** One act that needs no words of its own: a button, at the version on the screen. */
export function Act({ path, record, refresh, label, kind = 'first', purpose, body, level, theirs }: ActProps): ReactNode {
  return (
    <RecordForm<PostPath, Record<string, never>>
      key={`${path}${record.etag ?? ''}`}
      path={path}
      params={record.params}
      record={record}
      purpose={purpose}
      initial={{}}
      body={() => body as never}
      refresh={refresh}
      submit={label}
      kind={kind}
      yours={() => <p>{label}</p>}
      onDone={() => undefined}
      {...(level ? { level } : {})}
      {...(theirs ? { theirs } : {})}
    />
  );
}

interface ReasonProps<P extends PostPath> {
  readonly path: P;
  readonly record: Versioned;
  readonly refresh: readonly GetPath[];
  readonly label: string;
  readonly choices: readonly Choice[];
  readonly submit: string;
  readonly level?: Level;
  readonly theirs?: (now: unknown) => ReactNode;
  readonly onDone: () => void;
}

/** An act that ends or interrupts something, for one of a closed list of reasons. */
export function ReasonAct<P extends PostPath>({ label, choices, theirs, level, ...form }: ReasonProps<P>): ReactNode {
  const words = (reason: string): string => choices.find(({ value }) => value === reason)?.label ?? '–';
  return (
    <RecordForm<P, { reason: string }>
      {...form}
      params={form.record.params}
      initial={{ reason: '' }}
      body={(values) => values as unknown as BodyOf<P>}
      kind="danger"
      yours={({ reason }) => <p>{words(reason)}</p>}
      {...(level ? { level } : {})}
      {...(theirs ? { theirs } : {})}
    >
      {(of) => <Select form={of} name="reason" label={label} choices={choices} />}
    </RecordForm>
  );
}

export interface DialogAct {
  readonly key: string;
  readonly label: string;
  readonly title: string;
  readonly kind: ButtonKind;
  readonly form: (onDone: () => void) => ReactNode;
}

/** Acts that ask something first: each opens its own small form. */
export function DialogActs({ acts }: { readonly acts: readonly DialogAct[] }): ReactNode {
  const [open, setOpen] = useState<string>();
  const act = acts.find(({ key }) => key === open);
  return (
    <>
      <Actions>
        {acts.map(({ key, label, kind }) => (
          <Button key={key} kind={kind} onClick={() => setOpen(key)}>
            {label}
          </Button>
        ))}
      </Actions>
      {act ? (
        <Dialog title={act.title} open onClose={() => setOpen(undefined)}>
          {act.form(() => setOpen(undefined))}
        </Dialog>
      ) : null}
    </>
  );
}
