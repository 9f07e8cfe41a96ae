import type { ReactNode } from 'react';
import type { BodyOf } from '../api/client';
import { useRead } from '../api/query';
import { useColleagues, useDirectory } from '../people/directory';
import { useMe } from '../session/session';
import { useCodes } from '../text/codes';
import { useText } from '../text/strings';
import { CodeSelect } from '../ui/code-fields';
import { LongText, Select, TextField } from '../ui/fields';
import { Notice } from '../ui/notice';
import { RecordForm } from '../ui/record-form';
import { type ActionProps, CASE_PATHS } from './case-actions';
import type { CaseAccess } from './case-answers';
import { pageStrings } from './page-strings';
import { ThisCase } from './this-case';

export function WorkerForm({ record, onDone }: ActionProps): ReactNode {
  const page = useText(pageStrings);
  const colleagues = useColleagues();
  return (
    <RecordForm<'/api/cases/{handle}/responsible-worker', { worker: string }>
      path="/api/cases/{handle}/responsible-worker"
      params={record.params}
      record={record}
      initial={{ worker: '' }}
      body={(values) => values}
      refresh={CASE_PATHS}
      submit={page('do.save')}
      yours={({ worker }) => <p>{colleagues.name(worker)}</p>}
      theirs={(now) => <ThisCase now={now} />}
      onDone={onDone}
    >
      {(form) => (
        <Select
          form={form}
          name="worker"
          label={page('do.worker')}
          choices={colleagues.items.map(({ member, name }) => ({ value: member, label: name ?? '…' }))}
        />
      )}
    </RecordForm>
  );
}

export function ShareForm({ record, onDone }: ActionProps): ReactNode {
  const page = useText(pageStrings);
  const { data: me } = useMe();
  const directory = useDirectory();
  const codes = useCodes();
  const { handle = '' } = record.params;
  const access = useRead<CaseAccess>('/api/cases/{handle}/access', { params: { handle } });
  const teams = (me?.data.teams ?? []).filter(({ kind }) => kind === 'interregional');
  const given = (access.data?.data.consents ?? []).filter(
    (one) => one.status === 'Given' && teams.some(({ team }) => team === one.recipient),
  );
  if (access.data && given.length === 0) return <Notice tone="warn" title={page('do.shareNone')} />;
  return (
    <RecordForm<'/api/cases/{handle}/shares', { basis: string; until: string }>
      path="/api/cases/{handle}/shares"
      params={record.params}
      record={record}
      initial={{ basis: '', until: '' }}
      body={({ basis, until }) => ({
        team: given.find((one) => one.handle === basis)?.recipient ?? '',
        basis: { kind: 'consent', ref: basis },
        expires: `${until}T22:00:00.000Z`,
      })}
      refresh={CASE_PATHS}
      submit={page('do.save')}
      theirs={(now) => <ThisCase now={now} />}
      onDone={onDone}
    >
      {(form) => (
        <>
          <Select
            form={form}
            name="basis"
            label={page('do.shareBasis')}
            choices={given.map((one) => ({
              value: one.handle,
              label: `${directory.name(one.recipient)} – ${one.groups.map((group) => codes.label('field-group', group)).join(', ')}`,
            }))}
          />
          <TextField form={form} name="until" label={page('do.until')} type="date" />
        </>
      )}
    </RecordForm>
  );
}

export function CloseForm({ record, onDone }: ActionProps): ReactNode {
  const page = useText(pageStrings);
  return (
    <RecordForm<'/api/cases/{handle}/closure', { reason: string; followUpForm: string }>
      path="/api/cases/{handle}/closure"
      params={record.params}
      record={record}
      initial={{ reason: '', followUpForm: '' }}
      body={({ reason, followUpForm }) => ({ reason, ...(followUpForm ? { followUpForm } : {}) }) as BodyOf<'/api/cases/{handle}/closure'>}
      refresh={CASE_PATHS}
      submit={page('do.close')}
      kind="danger"
      theirs={(now) => <ThisCase now={now} />}
      onDone={onDone}
    >
      {(form) => (
        <>
          <CodeSelect form={form} name="reason" label={page('do.closeReason')} list="case-closure" />
          <LongText form={form} name="followUpForm" label={page('do.followUpForm')} maxLength={8000} optional />
        </>
      )}
    </RecordForm>
  );
}
