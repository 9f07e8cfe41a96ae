import { type ReactNode, useState } from 'react';
import type { Purpose } from '../api/client';
import { signInAddress, useSession } from '../session/session';
import { shellStrings } from '../shell/strings';
import { useText } from '../text/strings';
import { Actions, Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { LongText } from '../ui/fields';
import { Notice } from '../ui/notice';
import { RecordForm } from '../ui/record-form';
import type { FieldGroup } from './answers';
import { inOrder, useFieldName } from './field-name';
import { pageStrings } from './page-strings';
import { useRevealed } from './use-revealed';

interface Props {
  readonly handle: string;
  readonly group: FieldGroup;
  readonly fields: readonly string[];
  readonly purpose: Purpose | undefined;
}
const STRONG = 2;

/** Values of the vault, one at a time: with a reason, at a strong sign-in, and gone again after a minute. */
export function Reveal({ handle, group, fields, purpose }: Props): ReactNode {
  const page = useText(pageStrings);
  const [field, setField] = useState<string>();
  const words = useFieldName();
  return (
    <>
      <Actions>
        {inOrder(fields).map((name) => (
          <Button key={name} kind="second" onClick={() => setField(name)}>
            {page('reveal.open', { field: words(name) })}
          </Button>
        ))}
      </Actions>
      {field === undefined ? null : (
        <Dialog title={page('reveal.title')} open onClose={() => setField(undefined)}>
          <Value handle={handle} group={group} field={field} label={words(field)} purpose={purpose} onClose={() => setField(undefined)} />
        </Dialog>
      )}
    </>
  );
}

interface ValueProps extends Omit<Props, 'fields'> {
  readonly field: string;
  readonly label: string;
  readonly onClose: () => void;
}

function Value({ handle, group, field, label, purpose, onClose }: ValueProps): ReactNode {
  const page = useText(pageStrings);
  const shell = useText(shellStrings);
  const { data: session } = useSession();
  const [value, setValue] = useRevealed(onClose);
  if (value !== undefined) {
    return (
      <>
        <p>{page('reveal.value', { field: label })}</p>
        <p className="rc-big">{value}</p>
      </>
    );
  }
  if ((session?.acr ?? 1) < STRONG) {
    return (
      <Notice tone="warn" title={page('reveal.stronger')}>
        <a href={signInAddress(location.pathname, { acr: String(STRONG) })}>{shell('stronger')}</a>
      </Notice>
    );
  }
  return (
    <>
      <p>{page('reveal.text')}</p>
      <RecordForm<'/api/cases/{handle}/reveals', { reason: string }>
        path="/api/cases/{handle}/reveals"
        params={{ handle }}
        purpose={purpose}
        initial={{ reason: '' }}
        body={({ reason }) => ({ group, field, reason })}
        refresh={[]}
        submit={page('reveal.go')}
        onDone={(answer) => setValue((answer as { value: string }).value)}
      >
        {(form) => (
          <LongText form={form} name="reason" label={page('reveal.reason')} hint={page('reveal.hint')} minLength={10} maxLength={500} />
        )}
      </RecordForm>
    </>
  );
}
