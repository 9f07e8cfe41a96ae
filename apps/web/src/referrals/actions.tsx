import { type ReactNode, useState } from 'react';
import type { GetPath, PostPath, Purpose } from '../api/client';
import { Actions, Button, type ButtonKind } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { RecordForm, type Versioned } from '../ui/record-form';

/** What changes with anything that is done to a referral. */
export const REFERRAL_PATHS: readonly GetPath[] = [
  '/api/referrals/{handle}',
  '/api/referrals/inbox',
  '/api/referrals/outbox',
  '/api/referrals/{handle}/clarifications',
  '/api/cases/{handle}',
  '/api/cases',
];

/** One act that needs no words of its own: a button, at the version on the screen. */
export function Act({
  path,
  record,
  label,
  kind = 'first',
  purpose,
}: {
  readonly path: PostPath;
  readonly record: Versioned;
  readonly label: string;
  readonly kind?: ButtonKind;
  readonly purpose?: Purpose;
}): ReactNode {
  return (
    <RecordForm<PostPath, Record<string, never>>
      key={`${path}${record.etag ?? ''}`}
      path={path}
      params={record.params}
      record={record}
      purpose={purpose}
      initial={{}}
      body={() => undefined as never}
      refresh={REFERRAL_PATHS}
      submit={label}
      kind={kind}
      onDone={() => undefined}
    />
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
