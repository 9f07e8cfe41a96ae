import type { ReactNode } from 'react';
import { useText } from '../text/strings';
import { Actions, Button } from '../ui/button';
import { ErrorSummary } from '../ui/error-summary';
import { Select, TextField } from '../ui/fields';
import { Fingerprint } from '../ui/fingerprint';
import { useServerForm } from '../ui/form';
import { CUSTODIAN_KINDS, ITALIAN_REGIONS } from './choices';
import { useStep } from './progress';
import { setUpStrings } from './strings';

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
      <Fingerprint
        {...{ label: say('organisation.file'), hint: say('organisation.fileHint'), done: say('organisation.fileRead') }}
        onMade={(digest) => form.setValue('agreement', digest, { shouldValidate: form.formState.isSubmitted })}
      />
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
