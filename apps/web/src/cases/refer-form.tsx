import type { ReactNode } from 'react';
import { useDirectory } from '../people/directory';
import { useMe } from '../session/session';
import { useCodes } from '../text/codes';
import { useText } from '../text/strings';
import { Actions, Button, ButtonLink } from '../ui/button';
import { CodeChoices, CodeSelect, LanguageSelect } from '../ui/code-fields';
import { ErrorSummary } from '../ui/error-summary';
import { Select } from '../ui/fields';
import { useServerForm } from '../ui/form';
import { Notice } from '../ui/notice';
import type { ConsentLine } from './case-answers';
import { neighboursOf } from './neighbours';
import { referStrings } from './refer-strings';

export interface ReferValues {
  readonly receiver: string;
  readonly service: string;
  readonly urgency: string;
  readonly language: string;
  readonly reason: string;
  readonly purpose: string;
  readonly mode: 'service' | 'joint';
  readonly groups: string[];
}
export const EMPTY_REFERRAL: ReferValues = {
  receiver: '',
  service: '',
  urgency: '',
  language: '',
  reason: '',
  purpose: 'direct_assistance',
  mode: 'service',
  groups: [],
};
const MODES = ['service', 'joint'] as const;
const PURPOSES = ['direct_assistance', 'joint_case', 'legal_representation', 'health_care'];
/** The most a receiver may ever be granted; health and legal matters only with such a service. The server has the last word. */
const GRANTABLE = ['ID', 'CON', 'NEED', 'PLAN', 'HEA', 'LEG'];
const RECEIVERS = [
  ...['anti_trafficking_project', 'social_cooperative', 'association', 'local_authority', 'social_services', 'job_centre', 'training_body'],
  ...['health_authority', 'anti_violence_centre', 'international_organisation', 'church_body'],
];

/** The consents towards a receiver that a referral for a purpose can rest on. */
export const basesFor = (consents: readonly ConsentLine[], { receiver, purpose }: Pick<ReferValues, 'receiver' | 'purpose'>) => {
  const given = consents.filter((one) => one.status === 'Given' && one.recipient === receiver);
  return {
    assessment: given.filter((one) => one.purpose === 'referral_assessment'),
    assistance: given.filter((one) => one.purpose === purpose),
  };
};

interface Props {
  readonly handle: string;
  readonly start: ReferValues;
  readonly consents: readonly ConsentLine[];
  readonly onLook: (values: ReferValues) => void;
}

export function ReferForm({ handle, start, consents, onLook }: Props): ReactNode {
  const say = useText(referStrings);
  const receivers = useReceivers();
  const server = useServerForm<ReferValues>(start, (values) => Promise.resolve(onLook(values)));
  const { form } = server;
  const [receiver, purpose] = form.watch(['receiver', 'purpose']);
  const { assessment, assistance } = basesFor(consents, { receiver, purpose });
  const ready = assessment.length > 0 && assistance.length > 0;
  const open = new Set(assistance.flatMap(({ groups }) => groups as readonly string[]));
  return (
    <form noValidate onSubmit={server.submit}>
      <ErrorSummary of={server} />
      <Select form={form} name="receiver" label={say('receiver')} hint={say('receiverHint')} choices={receivers} />
      <CodeSelect form={form} name="service" label={say('service')} list="service" />
      <CodeSelect form={form} name="urgency" label={say('urgency')} list="urgency" />
      <LanguageSelect form={form} name="language" label={say('language')} />
      <CodeSelect form={form} name="reason" label={say('reason')} list="referral-reason" />
      <CodeSelect form={form} name="purpose" label={say('purpose')} list="purpose" only={PURPOSES} />
      <Select form={form} name="mode" label={say('mode')} choices={MODES.map((value) => ({ value, label: say(`modes.${value}`) }))} />
      {receiver === '' ? (
        <p className="rc-soft">{say('first')}</p>
      ) : (
        <Bases handle={handle} assessment={assessment} assistance={assistance} />
      )}
      {ready ? (
        <CodeChoices
          form={form}
          name="groups"
          label={say('groups')}
          hint={say('groupsHint')}
          list="field-group"
          only={GRANTABLE.filter((group) => open.has(group))}
        />
      ) : null}
      <Actions>{ready ? <Button type="submit">{say('look')}</Button> : null}</Actions>
    </form>
  );
}

/** Who may receive a case: bordering regions first, then all others. */
function useReceivers(): readonly { value: string; label: string }[] {
  const { organisations } = useDirectory();
  const { data: me } = useMe();
  const codes = useCodes();
  const near = neighboursOf(me?.data.region ?? '');
  const distance = (region: string): number => (near.includes(region) ? 0 : 1);
  return organisations
    .filter((one) => one.organisation !== me?.data.organisation && RECEIVERS.includes(one.kind))
    .sort((a, b) => distance(a.region) - distance(b.region) || a.region.localeCompare(b.region))
    .map((one) => ({ value: one.organisation, label: `${codes.label('region', one.region)} – ${one.designation ?? '…'}` }));
}

function Bases(props: {
  readonly handle: string;
  readonly assessment: readonly ConsentLine[];
  readonly assistance: readonly ConsentLine[];
}): ReactNode {
  const { handle, assessment, assistance } = props;
  const say = useText(referStrings);
  const codes = useCodes();
  const missing = [...(assessment.length === 0 ? [say('noAssessment')] : []), ...(assistance.length === 0 ? [say('noPurpose')] : [])];
  return (
    <Notice tone={missing.length > 0 ? 'warn' : 'plain'} title={say('consents')}>
      <ul>
        {[...assessment, ...assistance].map((one) => (
          <li key={one.handle}>
            {codes.label('purpose', one.purpose)}: {one.groups.map((group) => codes.label('field-group', group)).join(', ')}
          </li>
        ))}
        {missing.map((words) => (
          <li key={words}>
            <strong>{words}</strong>
          </li>
        ))}
      </ul>
      {missing.length > 0 ? (
        <ButtonLink to="/casi/$handle" params={{ handle }} search={{ parte: 'consensi' }} kind="second">
          {say('toConsents')}
        </ButtonLink>
      ) : null}
    </Notice>
  );
}
