import { type ReactNode, useState } from 'react';
import { useChange } from '../api/query';
import { ApiProblem } from '../api/problem';
import { rolesOf, useMe } from '../session/session';
import { useText } from '../text/strings';
import { Actions, Button } from '../ui/button';
import { ErrorSummary } from '../ui/error-summary';
import { Select } from '../ui/fields';
import { useServerForm } from '../ui/form';
import { Notice } from '../ui/notice';
import { ProblemNotice } from '../ui/problem';
import type { Alert } from './answers';
import { IssueForm } from './issue-form';
import { alertStrings } from './strings';
import { useAlertProblems } from './problems';

interface Props {
  readonly alert: Alert;
  readonly etag: string | undefined;
}
const READ_AGAIN = ['/api/alerts/{handle}', '/api/alerts', '/api/alerts/{handle}/previews', '/api/alerts/{handle}/deliveries'] as const;

/** What can be done with an alert as it stands now, and by this person. */
export function AlertSteps(props: Props): ReactNode {
  const { status } = props.alert;
  if (status === 'Drafted') return <Screening {...props} />;
  if (status === 'Held') return <HeldSteps {...props} />;
  if (status === 'Screened') return <IssueForm {...props} />;
  return status === 'Issued' ? <Ending {...props} /> : null;
}

const useCoordinates = (): boolean => rolesOf(useMe().data?.data).includes('coordinator');

function Screening({ alert: { handle }, etag }: Props): ReactNode {
  const say = useText(alertStrings);
  const words = useAlertProblems();
  const screen = useChange('/api/alerts/{handle}/screening', READ_AGAIN);
  const hold = useChange('/api/alerts/{handle}/hold', READ_AGAIN);
  const params = { handle };
  const tooFew = screen.error instanceof ApiProblem && screen.error.code === 'alert.cohort-too-small';
  const server = useServerForm<{ risk: string }>({ risk: '' }, async ({ risk }) => {
    if (risk === 'yes') await hold.mutateAsync({ params, etag, body: { reason: 'retaliation_risk' } });
    else await screen.mutateAsync({ params, etag, body: { retaliationRisk: false } });
  });
  const answers = (['no', 'yes'] as const).map((value) => ({ value, label: say(`screen.${value}`) }));
  return (
    <form noValidate onSubmit={server.submit} className="rc-card">
      <h2>{say('screen.title')}</h2>
      {tooFew ? (
        <Notice tone="warn" title={say('screen.held')} urgent>
          <p>{say('screen.nextHeld')}</p>
          <Actions>
            <Button busy={hold.isPending} onClick={() => hold.mutate({ params, etag, body: { reason: 'cohort_too_small' } })}>
              {say('screen.hold')}
            </Button>
          </Actions>
        </Notice>
      ) : (
        <ErrorSummary of={server} words={words} />
      )}
      <Select form={server.form} name="risk" label={say('screen.ask')} choices={answers} />
      <ProblemNotice error={tooFew ? hold.error : null} words={words} />
      <Actions>
        <Button type="submit" busy={server.busy} kind={tooFew ? 'second' : 'first'}>
          {say('screen.go')}
        </Button>
      </Actions>
    </form>
  );
}

function HeldSteps({ alert: { handle, heldFor, cohort, subject, area }, etag }: Props): ReactNode {
  const say = useText(alertStrings);
  const words = useAlertProblems();
  const coordinates = useCoordinates();
  const release = useChange('/api/alerts/{handle}/release', READ_AGAIN);
  const reject = useChange('/api/alerts/{handle}/rejection', READ_AGAIN);
  const go = (reason: 'new_evidence' | 'wider_area' | 'risk_assessed'): void =>
    release.mutate({ params: { handle }, etag, body: { reason } });
  const small = heldFor === 'cohort_too_small';
  return (
    <section className="rc-card" aria-labelledby="held">
      <h2 id="held">{say('release.title')}</h2>
      <ProblemNotice error={release.error ?? reject.error} words={words} />
      {small && !cohort.enough ? <p>{say('release.waiting')}</p> : null}
      <Actions>
        {small && cohort.enough ? <Button onClick={() => go('new_evidence')}>{say('release.new_evidence')}</Button> : null}
        {subject.kind === 'territory' && area === 'comune' ? (
          <Button kind="second" onClick={() => go('wider_area')}>
            {say('release.wider_area')}
          </Button>
        ) : null}
        {heldFor === 'retaliation_risk' ? <Button onClick={() => go('risk_assessed')}>{say('release.risk_assessed')}</Button> : null}
        {coordinates ? (
          <Button kind="danger" busy={reject.isPending} onClick={() => reject.mutate({ params: { handle }, etag })}>
            {say('release.reject')}
          </Button>
        ) : null}
      </Actions>
    </section>
  );
}

const REASONS = ['error', 'dispute', 'safety', 'evidence_lost'] as const;

function Ending({ alert: { handle }, etag }: Props): ReactNode {
  const say = useText(alertStrings);
  const words = useAlertProblems();
  const coordinates = useCoordinates();
  const [withdrawing, setWithdrawing] = useState(false);
  const close = useChange('/api/alerts/{handle}/closure', READ_AGAIN);
  const withdraw = useChange('/api/alerts/{handle}/withdrawal', READ_AGAIN);
  const server = useServerForm<{ reason: string }>({ reason: '' }, async ({ reason }) => {
    await withdraw.mutateAsync({ params: { handle }, etag, body: { reason: reason as 'error' } });
  });
  const reasons = REASONS.map((value) => ({ value, label: say(`end.reasons.${value}`) }));
  return (
    <section className="rc-card" aria-labelledby="end">
      <h2 id="end">{say('end.title')}</h2>
      <ProblemNotice error={close.error} words={words} />
      <p>{say('end.closeHint')}</p>
      <Actions>
        <Button kind="second" busy={close.isPending} onClick={() => close.mutate({ params: { handle }, etag })}>
          {say('end.close')}
        </Button>
        {coordinates ? (
          <Button kind="second" aria-expanded={withdrawing} onClick={() => setWithdrawing(!withdrawing)}>
            {say('end.withdraw')}
          </Button>
        ) : null}
      </Actions>
      {withdrawing ? (
        <form noValidate onSubmit={server.submit}>
          <p>{say('end.withdrawText')}</p>
          <ErrorSummary of={server} words={words} />
          <Select form={server.form} name="reason" label={say('end.reason')} choices={reasons} />
          <Actions>
            <Button type="submit" kind="danger" busy={server.busy}>
              {say('end.go')}
            </Button>
          </Actions>
        </form>
      ) : null}
    </section>
  );
}
