import { type ReactNode, useState } from 'react';
import { useRevealed } from '../cases/use-revealed';
import { useText } from '../text/strings';
import { Actions, Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { LongText } from '../ui/fields';
import { RecordForm } from '../ui/record-form';
import { companyStrings } from './strings';

const FIELDS = ['name', 'vat'] as const;
type Field = (typeof FIELDS)[number];

/** Name and VAT number, one at a time: with a reason, on record, and gone again after a minute. */
export function CompanyValues({ handle }: { readonly handle: string }): ReactNode {
  const say = useText(companyStrings);
  const [field, setField] = useState<Field>();
  const close = (): void => setField(undefined);
  return (
    <>
      <Actions>
        {FIELDS.map((one) => (
          <Button key={one} kind="second" onClick={() => setField(one)}>
            {say(`open.${one}`)}
          </Button>
        ))}
      </Actions>
      {field === undefined ? null : (
        <Dialog title={say(`open.${field}`)} open onClose={close}>
          <Value handle={handle} field={field} onClose={close} />
        </Dialog>
      )}
    </>
  );
}

interface ValueProps {
  readonly handle: string;
  readonly field: Field;
  readonly onClose: () => void;
}

function Value({ handle, field, onClose }: ValueProps): ReactNode {
  const say = useText(companyStrings);
  const [value, setValue] = useRevealed(onClose);
  if (value !== undefined)
    return (
      <>
        <p>{say(`values.${field}`)}</p>
        <p className="rc-big">{value}</p>
      </>
    );
  return (
    <>
      <p>{say('openText')}</p>
      <RecordForm<'/api/companies/{handle}/reveals', { reason: string }>
        path="/api/companies/{handle}/reveals"
        params={{ handle }}
        initial={{ reason: '' }}
        body={({ reason }) => ({ field, reason })}
        refresh={[]}
        submit={say(`open.${field}`)}
        words={{ 'companyDossier.no-value': say('noValue') }}
        onDone={(answer) => setValue((answer as { value: string }).value)}
      >
        {(form) => <LongText form={form} name="reason" label={say('reason')} minLength={10} maxLength={500} />}
      </RecordForm>
    </>
  );
}
