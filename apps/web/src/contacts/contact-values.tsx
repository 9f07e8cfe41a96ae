import { type ReactNode, useState } from 'react';
import type { BodyOf } from '../api/client';
import { useFieldName } from '../cases/field-name';
import { useRevealed } from '../cases/use-revealed';
import { useText } from '../text/strings';
import { Actions, Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { LongText } from '../ui/fields';
import { RecordForm } from '../ui/record-form';
import { contactPageStrings } from './contact-strings';

type Path = '/api/contacts/{handle}/reveals';

interface Props {
  readonly handle: string;
  /** `ID.given_name` */
  readonly fields: readonly string[];
}

/** What the person agreed to leave, one value at a time: with a reason, and gone again after a minute. */
export function ContactValues({ handle, fields }: Props): ReactNode {
  const say = useText(contactPageStrings);
  const name = useFieldName();
  const words = (field: string): string => name(field.split('.')[1] ?? field);
  const [field, setField] = useState<string>();
  const close = (): void => setField(undefined);
  if (fields.length === 0) return null;
  return (
    <section className="rc-card" aria-labelledby="values">
      <h2 id="values">{say('values')}</h2>
      <p>{say('closed')}</p>
      <Actions>
        {fields.map((one) => (
          <Button key={one} kind="second" onClick={() => setField(one)}>
            {say('open', { field: words(one) })}
          </Button>
        ))}
      </Actions>
      {field === undefined ? null : (
        <Dialog title={say('openTitle')} open onClose={close}>
          <Value handle={handle} field={field} label={words(field)} onClose={close} />
        </Dialog>
      )}
    </section>
  );
}

interface ValueProps {
  readonly handle: string;
  readonly field: string;
  readonly label: string;
  readonly onClose: () => void;
}

function Value({ handle, field, label, onClose }: ValueProps): ReactNode {
  const say = useText(contactPageStrings);
  const [value, setValue] = useRevealed(onClose);
  if (value !== undefined)
    return (
      <>
        <p>{say('value', { field: label })}</p>
        <p className="rc-big">{value}</p>
      </>
    );
  return (
    <>
      <p>{say('openText')}</p>
      <RecordForm<Path, { reason: string }>
        path="/api/contacts/{handle}/reveals"
        params={{ handle }}
        initial={{ reason: '' }}
        body={({ reason }) => ({ field, reason }) as BodyOf<Path>}
        refresh={[]}
        submit={say('openGo')}
        level={2}
        onDone={(answer) => setValue((answer as { value: string }).value)}
      >
        {(form) => <LongText form={form} name="reason" label={say('reason')} hint={say('reasonHint')} minLength={10} maxLength={500} />}
      </RecordForm>
    </>
  );
}
