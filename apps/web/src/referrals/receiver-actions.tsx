import type { ReactNode } from 'react';
import type { BodyOf } from '../api/client';
import { useColleagues, useDirectory } from '../people/directory';
import { useMe } from '../session/session';
import { useText } from '../text/strings';
import { CodeSelect } from '../ui/code-fields';
import { Select } from '../ui/fields';
import { Card, Notice } from '../ui/notice';
import { RecordForm, type Versioned } from '../ui/record-form';
import { type DialogAct, DialogActs } from '../ui/acts';
import { Act, REFERRAL_PATHS } from './actions';
import type { ReferralView, Terms } from './answers';
import { ReasonForm } from './reason-form';
import { asItStands } from './referral-parts';
import { referralStrings } from './strings';

interface Props {
  readonly view: ReferralView;
  readonly record: Versioned;
}

/** What the receiving side can do next, by where the referral stands. */
export function ReceiverActions({ view, record }: Props): ReactNode {
  const say = useText(referralStrings);
  const reason = (
    key: string,
    words: 'decline' | 'giveBack',
    path: '/api/referrals/{handle}/decline' | '/api/referrals/{handle}/return',
    list: string,
  ): DialogAct => ({
    key,
    label: say(`answer.${words}`),
    title: say(`answer.${words}Title`),
    kind: 'danger',
    form: (onDone) => <ReasonForm path={path} list={list} record={record} submit={say(`answer.${words}`)} onDone={onDone} />,
  });
  const redirect: DialogAct = {
    key: 'redirect',
    label: say('answer.redirect'),
    title: say('answer.redirectTitle'),
    kind: 'second',
    form: (onDone) => <RedirectForm record={record} onDone={onDone} />,
  };
  switch (view.status) {
    case 'Offered':
      return (
        <Card label={say('answer.title')}>
          <p>{say('openSummaryText')}</p>
          <Act path="/api/referrals/{handle}/summary" record={record} label={say('openSummary')} purpose="referral_assessment" />
          <DialogActs acts={[reason('decline', 'decline', '/api/referrals/{handle}/decline', 'referral-decline'), redirect]} />
        </Card>
      );
    case 'UnderReview': {
      const { terms } = view;
      if (!terms) return <Notice title={say('colleague')} />;
      const accept: DialogAct = {
        key: 'accept',
        label: say('answer.accept'),
        title: say('answer.acceptTitle'),
        kind: 'first',
        form: (onDone) => <AcceptForm terms={terms} record={record} onDone={onDone} />,
      };
      return (
        <Card label={say('answer.title')}>
          <DialogActs acts={[accept, reason('decline', 'decline', '/api/referrals/{handle}/decline', 'referral-decline'), redirect]} />
        </Card>
      );
    }
    case 'Accepted':
    case 'InService':
      return (
        <Card label={say('answer.title')}>
          {view.status === 'Accepted' ? <Act path="/api/referrals/{handle}/service" record={record} label={say('answer.start')} /> : null}
          <DialogActs
            acts={[
              {
                key: 'outcome',
                label: say('answer.outcome'),
                title: say('answer.outcomeTitle'),
                kind: view.status === 'InService' ? 'first' : 'second',
                form: (onDone) => <OutcomeForm record={record} onDone={onDone} />,
              },
              reason('return', 'giveBack', '/api/referrals/{handle}/return', 'referral-return'),
            ]}
          />
        </Card>
      );
    default:
      return null;
  }
}

interface FormProps {
  readonly record: Versioned;
  readonly onDone: () => void;
}

/** Names who will read what is granted, and nobody else: or the team that opens its own case. */
function AcceptForm({ terms, record, onDone }: FormProps & { readonly terms: Terms }): ReactNode {
  const say = useText(referralStrings);
  const { data: me } = useMe();
  const colleagues = useColleagues();
  const teams = (me?.data.teams ?? [])
    .filter(({ kind }) => kind !== 'interregional')
    .map(({ team, designation }) => ({ value: team, label: designation }));
  return (
    <RecordForm<'/api/referrals/{handle}/acceptance', { responsible: string; team: string }>
      path="/api/referrals/{handle}/acceptance"
      params={record.params}
      record={record}
      initial={{ responsible: me?.data.member ?? '', team: '' }}
      body={({ responsible, team }) => ({ responsible, mode: terms.mode, ...(terms.mode === 'joint' ? { team } : {}) })}
      refresh={REFERRAL_PATHS}
      submit={say('answer.accept')}
      yours={() => <p>{say('answer.accept')}</p>}
      theirs={asItStands}
      onDone={onDone}
    >
      {(form) => (
        <>
          <p>{say(`modes.${terms.mode}`)}</p>
          <Select
            form={form}
            name="responsible"
            label={say('answer.responsible')}
            hint={say('answer.responsibleHint')}
            choices={colleagues.items.map(({ member, name }) => ({ value: member, label: name ?? '…' }))}
          />
          {terms.mode === 'joint' ? <Select form={form} name="team" label={say('answer.team')} choices={teams} /> : null}
        </>
      )}
    </RecordForm>
  );
}

function RedirectForm({ record, onDone }: FormProps): ReactNode {
  const say = useText(referralStrings);
  const { organisations } = useDirectory();
  return (
    <RecordForm<'/api/referrals/{handle}/redirect-proposal', { to: string }>
      path="/api/referrals/{handle}/redirect-proposal"
      params={record.params}
      record={record}
      initial={{ to: '' }}
      body={(values) => values}
      refresh={REFERRAL_PATHS}
      submit={say('answer.redirect')}
      yours={() => <p>{say('answer.redirect')}</p>}
      theirs={asItStands}
      onDone={onDone}
    >
      {(form) => (
        <Select
          form={form}
          name="to"
          label={say('answer.to')}
          choices={organisations.map((one) => ({ value: one.organisation, label: one.designation ?? '…' }))}
        />
      )}
    </RecordForm>
  );
}

function OutcomeForm({ record, onDone }: FormProps): ReactNode {
  const say = useText(referralStrings);
  return (
    <RecordForm<'/api/referrals/{handle}/outcome', { outcome: string }>
      path="/api/referrals/{handle}/outcome"
      params={record.params}
      record={record}
      initial={{ outcome: '' }}
      body={(values) => values as BodyOf<'/api/referrals/{handle}/outcome'>}
      refresh={REFERRAL_PATHS}
      submit={say('answer.outcome')}
      yours={() => <p>{say('answer.outcome')}</p>}
      theirs={asItStands}
      onDone={onDone}
    >
      {(form) => <CodeSelect form={form} name="outcome" label={say('answer.outcomeTitle')} list="service-outcome" />}
    </RecordForm>
  );
}
