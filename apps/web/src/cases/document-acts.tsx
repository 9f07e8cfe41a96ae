import { type ReactNode, useState } from 'react';
import type { FieldValues } from 'react-hook-form';
import type { Purpose } from '../api/client';
import { useText } from '../text/strings';
import { LongText, TextField } from '../ui/fields';
import { Fingerprint } from '../ui/fingerprint';
import type { Form } from '../ui/form';
import { Notice } from '../ui/notice';
import { RecordForm } from '../ui/record-form';
import { documentStrings } from './documents-strings';
import { pageStrings } from './page-strings';
import { useRevealed } from './use-revealed';

const STRONG = 2;

interface Props {
  readonly handle: string;
  readonly reference: string;
  readonly purpose: Purpose | undefined;
}

/** The fingerprint of a file, made where the file is; it can be written by hand where the browser makes none. */
export function FingerprintFields<V extends FieldValues & { fingerprint: string }>({
  form,
  label,
  hint,
  optional = false,
  round = 0,
}: {
  readonly form: Form<V>;
  readonly label: string;
  readonly hint: string;
  readonly optional?: boolean;
  /** Counts on when the form was sent: the next file is another one. */
  readonly round?: number;
}): ReactNode {
  const say = useText(documentStrings);
  // The generic form is narrowed to the one field this part knows.
  const own = form as unknown as Form<{ fingerprint: string }>;
  return (
    <>
      <Fingerprint
        key={round}
        {...{ label, hint, done: say('documents.fileRead') }}
        onMade={(digest) => own.setValue('fingerprint', digest, { shouldDirty: true, shouldValidate: own.formState.isSubmitted })}
      />
      <TextField
        {...{ form: own, name: 'fingerprint', label: say('documents.fingerprint'), hint: say('documents.fingerprintHint'), optional }}
        maxLength={64}
      />
    </>
  );
}

/** Where the document stands in its keeper's register: a value like any other, with a reason, and gone again after a minute. */
export function DocumentPlace({ handle, reference, purpose, onClose }: Props & { readonly onClose: () => void }): ReactNode {
  const say = useText(documentStrings);
  const page = useText(pageStrings);
  const [value, setValue] = useRevealed(onClose);
  if (value !== undefined)
    return (
      <>
        <p>{say('documents.placeValue')}</p>
        <p className="rc-big">{value}</p>
      </>
    );
  return (
    <>
      <p>{say('documents.placeText')}</p>
      <RecordForm<'/api/cases/{handle}/documents/{reference}/reveals', { reason: string }>
        path="/api/cases/{handle}/documents/{reference}/reveals"
        params={{ handle, reference }}
        purpose={purpose}
        level={STRONG}
        initial={{ reason: '' }}
        body={(values) => values}
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

/** Is the file at hand the one? Only its fingerprint is sent, and only yes or no comes back. */
export function DocumentCheck({ handle, reference, purpose }: Props): ReactNode {
  const say = useText(documentStrings);
  const [{ same, round }, setAnswer] = useState<{ same?: boolean; round: number }>({ round: 0 });
  return (
    <>
      <p>{say('documents.checkText')}</p>
      <div role="status">
        {same === undefined ? null : (
          <Notice tone={same ? 'good' : 'warn'} title={say(same ? 'documents.same' : 'documents.other')}>
            {say(same ? 'documents.sameMeans' : 'documents.otherMeans')}
          </Notice>
        )}
      </div>
      <RecordForm<'/api/cases/{handle}/documents/{reference}/comparisons', { fingerprint: string }>
        path="/api/cases/{handle}/documents/{reference}/comparisons"
        params={{ handle, reference }}
        purpose={purpose}
        level={STRONG}
        initial={{ fingerprint: '' }}
        body={({ fingerprint }) => ({ fingerprint: fingerprint.trim().toLowerCase() })}
        refresh={[]}
        submit={say('documents.checkGo')}
        onDone={(answer) => setAnswer({ same: (answer as { same: boolean }).same, round: round + 1 })}
      >
        {(form) => <FingerprintFields {...{ form, round, label: say('documents.checkFile'), hint: say('documents.checkHint') }} />}
      </RecordForm>
    </>
  );
}
