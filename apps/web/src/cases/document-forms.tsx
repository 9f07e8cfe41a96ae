import type { ReactNode } from 'react';
import type { BodyOf } from '../api/client';
import { useDirectory } from '../people/directory';
import { useMe } from '../session/session';
import { today } from '../text/dates';
import { useCodes } from '../text/codes';
import { useText } from '../text/strings';
import { CodeSelect } from '../ui/code-fields';
import { Select, TextField } from '../ui/fields';
import { RecordForm } from '../ui/record-form';
import { type ActionProps, CASE_PATHS } from './case-actions';
import { FingerprintFields } from './document-acts';
import { documentStrings } from './documents-strings';
import { ThisCase } from './this-case';

interface Values {
  kind: string;
  dated: string;
  received: string;
  keeper: string;
  register: string;
  fingerprint: string;
}
type Act = Omit<ActionProps, 'view'>;

/** Where a document is kept. There is no field for a file, and none for free text. */
export function DocumentForm({ record, onDone }: Act): ReactNode {
  const say = useText(documentStrings);
  const { label } = useCodes();
  const { data: me } = useMe();
  const keepers = useDirectory()
    .organisations.filter(({ designation, kind }) => designation !== null && kind !== 'company')
    .map(({ organisation, designation }) => ({ value: organisation, label: designation ?? '' }))
    .sort((a, b) => a.label.localeCompare(b.label));
  return (
    <RecordForm<'/api/cases/{handle}/documents', Values>
      path="/api/cases/{handle}/documents"
      params={record.params}
      record={record}
      initial={{ kind: '', dated: '', received: '', keeper: me?.data.organisation ?? '', register: '', fingerprint: '' }}
      body={({ dated, register, fingerprint, ...values }) => ({
        ...(values as Pick<BodyOf<'/api/cases/{handle}/documents'>, 'kind' | 'received' | 'keeper'>),
        ...(dated ? { dated } : {}),
        register: register.trim().toUpperCase(),
        ...(fingerprint ? { fingerprint: fingerprint.trim().toLowerCase() } : {}),
      })}
      refresh={CASE_PATHS}
      submit={say('documents.save')}
      yours={({ kind }) => <p>{label('document-kind', kind)}</p>}
      theirs={(now) => <ThisCase now={now} only={['ID', 'HEA', 'LEG', 'FAM', 'EXP']} />}
      onDone={onDone}
    >
      {(form) => (
        <>
          <CodeSelect form={form} name="kind" label={say('documents.kind')} list="document-kind" />
          <TextField form={form} name="dated" label={say('documents.dated')} type="date" max={today()} optional />
          <TextField form={form} name="received" label={say('documents.received')} type="date" max={today()} />
          <Select form={form} name="keeper" label={say('documents.keeper')} hint={say('documents.keeperHint')} choices={keepers} />
          <TextField form={form} name="register" label={say('documents.register')} hint={say('documents.registerHint')} maxLength={32} />
          <FingerprintFields {...{ form, label: say('documents.file'), hint: say('documents.fileHint') }} optional />
        </>
      )}
    </RecordForm>
  );
}

export function WithdrawDocument({ record, reference, onDone }: Act & { readonly reference: string }): ReactNode {
  const say = useText(documentStrings);
  const { label } = useCodes();
  return (
    <>
      <p>{say('documents.withdrawText')}</p>
      <RecordForm<'/api/cases/{handle}/documents/{reference}/withdrawal', { reason: string }>
        path="/api/cases/{handle}/documents/{reference}/withdrawal"
        params={{ ...record.params, reference }}
        record={record}
        initial={{ reason: '' }}
        body={(values) => values as { reason: 'other' }}
        refresh={CASE_PATHS}
        submit={say('documents.withdraw')}
        kind="danger"
        yours={({ reason }) => <p>{label('document-withdrawal', reason)}</p>}
        theirs={(now) => <ThisCase now={now} only={['ID', 'HEA', 'LEG', 'FAM', 'EXP']} />}
        onDone={onDone}
      >
        {(form) => <CodeSelect form={form} name="reason" label={say('documents.withdrawReason')} list="document-withdrawal" />}
      </RecordForm>
    </>
  );
}
