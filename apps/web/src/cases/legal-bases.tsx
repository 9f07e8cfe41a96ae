import { type ReactNode, useState } from 'react';
import type { BodyOf } from '../api/client';
import { useDirectory } from '../people/directory';
import { rolesOf, serverNow, useMe } from '../session/session';
import { useCodes } from '../text/codes';
import { useDates } from '../text/dates';
import { useText } from '../text/strings';
import { Actions, Button } from '../ui/button';
import { CodeChoices, CodeSelect } from '../ui/code-fields';
import { Dialog } from '../ui/dialog';
import { LongText, Select } from '../ui/fields';
import { Badge } from '../ui/notice';
import { RecordForm } from '../ui/record-form';
import { Table } from '../ui/table';
import { CASE_PATHS } from './case-actions';
import type { CaseAccess, LegalBasisLine } from './case-answers';
import { legalBasisStrings } from './legal-basis-strings';
import { useRecipients } from './recipients';

const KINDS = [
  'judicial_order',
  'prosecutor_request',
  'statutory_duty',
  'vital_interests',
  'guardian_decision',
  'public_interest_task',
] as const;
const ENDINGS = ['purpose_met', 'revoked_by_issuer', 'recorded_by_mistake'] as const;
const PURPOSES = ['referral_assessment', 'direct_assistance', 'joint_case', 'legal_representation', 'health_care'];
const MONTHS = ['1', '3', '6', '12'] as const;
const DAY = 86_400_000;
const MAY_RECORD = ['case_manager', 'coordinator', 'legal_adviser'];

/** Acts in the place of a consent: an order, a duty, a vital interest. Each opens nothing by itself. */
export default function LegalBases({ handle, bases }: { readonly handle: string; readonly bases: readonly LegalBasisLine[] }): ReactNode {
  const say = useText(legalBasisStrings);
  const codes = useCodes();
  const directory = useDirectory();
  const { day } = useDates();
  const { data: me } = useMe();
  const [recording, setRecording] = useState(false);
  const [ending, setEnding] = useState<LegalBasisLine>();
  const may = me !== undefined && rolesOf(me.data).some((role) => MAY_RECORD.includes(role));
  if (bases.length === 0 && !may) return null;
  return (
    <section aria-labelledby="legal-bases">
      <h2 id="legal-bases">{say('title')}</h2>
      {bases.length === 0 ? (
        <p>{say('none')}</p>
      ) : (
        <Table
          caption={say('caption')}
          rows={bases}
          keyOf={(one) => one.handle}
          columns={[
            { title: say('kind'), cell: (one) => say(`kinds.${one.kind as (typeof KINDS)[number]}`) },
            { title: say('issuer'), cell: (one) => codes.label('organisation-kind', one.issuer) },
            { title: say('recipient'), cell: (one) => directory.name(one.recipient) },
            { title: say('purpose'), cell: (one) => codes.label('purpose', one.purpose) },
            { title: say('groups'), cell: (one) => one.groups.map((group) => codes.label('field-group', group)).join(', ') },
            { title: say('until'), cell: (one) => (one.status === 'Ended' ? <Badge>{say('ended')}</Badge> : day(one.expires)) },
            {
              title: say('end'),
              cell: (one) =>
                one.status === 'Ended' || !may ? (
                  '–'
                ) : (
                  <Button kind="second" onClick={() => setEnding(one)}>
                    {say('end')}
                  </Button>
                ),
            },
          ]}
        />
      )}
      {may ? (
        <Actions>
          <Button kind="second" onClick={() => setRecording(true)}>
            {say('record')}
          </Button>
        </Actions>
      ) : null}
      <Dialog title={say('record')} open={recording} onClose={() => setRecording(false)}>
        <RecordLegalBasis handle={handle} onDone={() => setRecording(false)} />
      </Dialog>
      <Dialog title={say('endTitle')} open={ending !== undefined} onClose={() => setEnding(undefined)}>
        {ending ? <EndLegalBasis of={handle} basis={ending} onDone={() => setEnding(undefined)} /> : null}
      </Dialog>
    </section>
  );
}

interface Values {
  readonly kind: string;
  readonly issuer: string;
  readonly recipient: string;
  readonly purpose: string;
  readonly groups: string[];
  readonly months: string;
  readonly act: string;
}

function RecordLegalBasis({ handle, onDone }: { readonly handle: string; readonly onDone: () => void }): ReactNode {
  const say = useText(legalBasisStrings);
  const recipients = useRecipients();
  return (
    <RecordForm<'/api/cases/{handle}/legal-bases', Values>
      path="/api/cases/{handle}/legal-bases"
      params={{ handle }}
      initial={{ kind: '', issuer: '', recipient: '', purpose: '', groups: [], months: '3', act: '' }}
      body={({ months, ...values }) =>
        ({
          ...values,
          expires: new Date(serverNow() + Number(months) * 30 * DAY).toISOString(),
        }) as BodyOf<'/api/cases/{handle}/legal-bases'>
      }
      refresh={CASE_PATHS}
      submit={say('record')}
      onDone={onDone}
    >
      {(form) => (
        <>
          <p>{say('recordText')}</p>
          <Select form={form} name="kind" label={say('kind')} choices={KINDS.map((value) => ({ value, label: say(`kinds.${value}`) }))} />
          <CodeSelect form={form} name="issuer" label={say('issuer')} list="organisation-kind" />
          <LongText form={form} name="act" label={say('act')} hint={say('actHint')} maxLength={500} />
          <Select form={form} name="recipient" label={say('recipient')} choices={recipients} />
          <CodeSelect form={form} name="purpose" label={say('purpose')} list="purpose" only={PURPOSES} />
          <CodeChoices form={form} name="groups" label={say('groups')} list="field-group" />
          <Select
            form={form}
            name="months"
            label={say('months')}
            choices={MONTHS.map((value) => ({ value, label: say(`monthsOf.${value}`) }))}
          />
        </>
      )}
    </RecordForm>
  );
}

interface EndProps {
  /** Handle of the case, in whose list the version of a legal basis stands. */
  readonly of: string;
  readonly basis: LegalBasisLine;
  readonly onDone: () => void;
}

function EndLegalBasis({ of, basis: { handle, etag }, onDone }: EndProps): ReactNode {
  const say = useText(legalBasisStrings);
  const { day } = useDates();
  const lineIn = (now: unknown): LegalBasisLine | undefined => (now as CaseAccess).legalBases.find((one) => one.handle === handle);
  const theirs = (now: unknown): ReactNode => {
    const line = lineIn(now);
    return line?.status === 'Recorded' ? `${say('until')} ${day(line.expires)}` : <Badge>{say('ended')}</Badge>;
  };
  return (
    <>
      <p>{say('endText')}</p>
      <RecordForm<'/api/legal-bases/{handle}/end', { reason: string }>
        path="/api/legal-bases/{handle}/end"
        params={{ handle }}
        record={{ etag, path: '/api/cases/{handle}/access', params: { handle: of }, etagIn: (now) => lineIn(now)?.etag }}
        initial={{ reason: 'purpose_met' }}
        body={(values) => values as BodyOf<'/api/legal-bases/{handle}/end'>}
        refresh={CASE_PATHS}
        submit={say('end')}
        kind="danger"
        yours={() => <p>{say('end')}</p>}
        theirs={theirs}
        onDone={onDone}
      >
        {(form) => (
          <Select
            form={form}
            name="reason"
            label={say('reason')}
            choices={ENDINGS.map((value) => ({ value, label: say(`endings.${value}`) }))}
          />
        )}
      </RecordForm>
    </>
  );
}
