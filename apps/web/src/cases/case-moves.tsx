import { type ReactNode, useState } from 'react';
import type { BodyOf, PostPath } from '../api/client';
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

const STEPS = {
  preliminary: { path: '/api/cases/{handle}/preliminary-identification', body: {} },
  proximity: { path: '/api/cases/{handle}/proximity-programme', body: undefined },
  first: { path: '/api/cases/{handle}/first-assistance', body: { ageBand: 'adult' } },
  firstUnknown: { path: '/api/cases/{handle}/first-assistance', body: { ageBand: 'unknown' } },
  inclusion: { path: '/api/cases/{handle}/inclusion', body: undefined },
  followUp: { path: '/api/cases/{handle}/follow-up', body: undefined },
  back: { path: '/api/cases/{handle}/return-to-inclusion', body: undefined },
  suspend: { path: '/api/cases/{handle}/suspension', body: { reason: 'person_unreachable' } },
  pause: { path: '/api/cases/{handle}/suspension', body: { reason: 'asked_to_pause' } },
  resume: { path: '/api/cases/{handle}/resumption', body: undefined },
} as const satisfies Record<string, { path: PostPath; body: object | undefined }>;
type Step = keyof typeof STEPS;

/** The next step of the case; what is missing for it the server says. */
export function PhaseForm({ record, onDone }: ActionProps): ReactNode {
  const page = useText(pageStrings);
  const [step, setStep] = useState<Step>('preliminary');
  const { path, body } = STEPS[step];
  return (
    <RecordForm<PostPath, { step: Step }>
      key={step}
      path={path}
      params={record.params}
      record={record}
      initial={{ step }}
      body={() => body as never}
      refresh={CASE_PATHS}
      submit={page(`do.phases.${step}`)}
      theirs={(now) => <ThisCase now={now} />}
      onDone={onDone}
    >
      {(form) => (
        <fieldset className="rc-field">
          <legend>{page('do.phaseTo')}</legend>
          {(Object.keys(STEPS) as Step[]).map((one) => (
            <label key={one} className="rc-choice">
              <input type="radio" {...form.register('step')} value={one} checked={one === step} onChange={() => setStep(one)} />
              <span>{page(`do.phases.${one}`)}</span>
            </label>
          ))}
        </fieldset>
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
