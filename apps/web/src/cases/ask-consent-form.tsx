import type { ReactNode } from 'react';
import type { BodyOf } from '../api/client';
import { serverNow } from '../session/session';
import { useText } from '../text/strings';
import { CodeChoices, CodeSelect, LanguageSelect, Tick } from '../ui/code-fields';
import { Select } from '../ui/fields';
import { RecordForm } from '../ui/record-form';
import { CASE_PATHS } from './case-actions';
import { consentStrings } from './consent-strings';
import { useRecipients } from './recipients';

type Body = BodyOf<'/api/cases/{handle}/consents'>;
interface Values {
  readonly recipient: string;
  readonly purpose: string;
  readonly groups: string[];
  readonly language: string;
  readonly interpreter: boolean;
  readonly how: string;
  readonly months: string;
}
const DAY = 86_400_000;
const ANSWER_WITHIN = 7 * DAY;
const MONTHS = ['3', '6', '12'] as const;
const HOWS = ['spoken', 'in_writing', 'with_pictures', 'recorded_voice'] as const;
const PURPOSES = ['referral_assessment', 'direct_assistance', 'joint_case', 'legal_representation', 'health_care'];
/** One purpose, one recipient, the groups of data: no bundle. */
export function AskConsentForm({ handle, onDone }: { readonly handle: string; readonly onDone: () => void }): ReactNode {
  const page = useText(consentStrings);
  return (
    <RecordForm<'/api/cases/{handle}/consents', Values>
      path="/api/cases/{handle}/consents"
      params={{ handle }}
      initial={{ recipient: '', purpose: '', groups: [], language: '', interpreter: false, how: 'spoken', months: '12' }}
      body={({ months, ...values }) => {
        const now = serverNow();
        const until = new Date(now + Number(months) * 30 * DAY).toISOString();
        return { ...values, answerDue: new Date(now + ANSWER_WITHIN).toISOString(), expires: until } as Body;
      }}
      refresh={CASE_PATHS}
      submit={page('consents.ask')}
      onDone={onDone}
    >
      {(form) => (
        <>
          <Select
            form={form}
            name="recipient"
            label={page('consents.recipient')}
            hint={page('consents.recipientHint')}
            choices={useRecipients()}
          />
          <CodeSelect form={form} name="purpose" label={page('consents.purpose')} list="purpose" only={PURPOSES} />
          <CodeChoices form={form} name="groups" label={page('consents.groups')} list="field-group" />
          <LanguageSelect form={form} name="language" label={page('consents.spoken')} />
          <Tick form={form} name="interpreter" label={page('consents.interpreter')} />
          <Select
            form={form}
            name="how"
            label={page('consents.how')}
            choices={HOWS.map((value) => ({ value, label: page(`consents.hows.${value}`) }))}
          />
          <Select
            form={form}
            name="months"
            label={page('consents.months')}
            choices={MONTHS.map((value) => ({ value, label: page(`consents.monthsOf.${value}`) }))}
          />
        </>
      )}
    </RecordForm>
  );
}
