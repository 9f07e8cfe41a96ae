import { type ReactNode, useId, useState } from 'react';
import { useText } from '../text/strings';
import { Actions, Button } from '../ui/button';
import { ErrorSummary } from '../ui/error-summary';
import { Select, TextField } from '../ui/fields';
import { useServerForm } from '../ui/form';
import { CUSTODIAN_KINDS, ITALIAN_REGIONS } from './choices';
import { useStep } from './progress';
import { setUpStrings } from './strings';

const hex = (bytes: ArrayBuffer): string => Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('');

/** Step 1: the region, its office, and who has custody of cases. */
export function GroundStep({ token }: { readonly token: string }): ReactNode {
  const say = useText(setUpStrings);
  const step = useStep(token);
  const empty = { region: '', office: '', kind: 'anti_trafficking_project', designation: '', signedOn: '', agreement: '' };
  const server = useServerForm(
    empty,
    ({ region, office, kind, designation, signedOn, agreement }) =>
      step('/api/setup/ground', {
        ...{ region: region as 'umbria', office, signedOn, agreement: agreement.trim().toLowerCase() },
        custodian: { kind: kind as 'association', designation },
      }),
    (field) => field.replace(/^custodian\./, ''),
  );
  const { form } = server;
  return (
    <form noValidate onSubmit={server.submit} className="rc-card">
      <ErrorSummary
        of={server}
        words={{ 'organisation.agreement-not-yet-signed': say('organisation.future'), 'setup.ground-laid': say('organisation.laid') }}
      />
      <Select {...{ form, name: 'region', label: say('organisation.region') }} choices={ITALIAN_REGIONS} />
      <TextField {...{ form, name: 'office', label: say('organisation.office'), hint: say('organisation.officeHint') }} maxLength={120} />
      <TextField
        {...{ form, name: 'designation', label: say('organisation.custodian'), hint: say('organisation.custodianHint') }}
        maxLength={120}
      />
      <Select {...{ form, name: 'kind', label: say('organisation.kind') }} choices={CUSTODIAN_KINDS} />
      <TextField {...{ form, name: 'signedOn', label: say('organisation.signedOn') }} type="date" />
      <Fingerprint onMade={(digest) => form.setValue('agreement', digest, { shouldValidate: form.formState.isSubmitted })} />
      <TextField
        {...{ form, name: 'agreement', label: say('organisation.agreement'), hint: say('organisation.agreementHint') }}
        maxLength={64}
      />
      <Actions>
        <Button type="submit" busy={server.busy}>
          {say('organisation.save')}
        </Button>
      </Actions>
    </form>
  );
}

/** The digest of a document, made in the browser: the document itself goes nowhere. */
function Fingerprint({ onMade }: { readonly onMade: (digest: string) => void }): ReactNode {
  const say = useText(setUpStrings);
  const id = useId();
  const [name, setName] = useState('');
  const read = async (file: File | undefined): Promise<void> => {
    if (!file) return;
    onMade(hex(await crypto.subtle.digest('SHA-256', await file.arrayBuffer())));
    setName(file.name);
  };
  return (
    <div className="rc-field">
      <label htmlFor={id}>{say('organisation.file')}</label>
      <p id={`${id}-hint`} className="rc-field-hint">
        {say('organisation.fileHint')}
      </p>
      <input
        id={id}
        type="file"
        className="rc-input"
        aria-describedby={`${id}-hint`}
        onChange={(event) => void read(event.currentTarget.files?.[0])}
      />
      <p role="status">{name === '' ? '' : say('organisation.fileRead')}</p>
    </div>
  );
}
