import { Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import type { BodyOf } from '../api/client';
import { useChange, useRead } from '../api/query';
import { useText } from '../text/strings';
import { Actions, Button } from '../ui/button';
import { ErrorSummary } from '../ui/error-summary';
import { Select } from '../ui/fields';
import { useServerForm } from '../ui/form';
import { Badge } from '../ui/notice';
import { ProblemNotice } from '../ui/problem';
import { Screen, Shown } from '../ui/screen';
import { AtLeast, useStepUp } from '../ui/step-up';
import type { Policy } from './answers';
import { PolicyLines } from './policy-lines';
import { useAdministrationProblems } from './problems';
import { policyRoute } from './routes';
import { administrationStrings } from './strings';

const READ_AGAIN = ['/api/policies', '/api/policies/{policy}'] as const;
const REASONS = ['too_wide', 'too_narrow', 'mistaken', 'withdrawn_by_proposer', 'overtaken'] as const;

/** One policy and what it changes, line by line: whatever widens is signed by itself. */
export function PolicyScreen(): ReactNode {
  const say = useText(administrationStrings);
  const { policy } = policyRoute.useParams();
  const read = useRead<Policy>('/api/policies/{policy}', { params: { policy } });
  return (
    <Screen
      title={say('policy.title', { number: read.data?.data.number ?? '' })}
      neutral={say('neutral')}
      aside={<Link to="/politiche">{say('policy.back')}</Link>}
    >
      <AtLeast level={3}>
        <Shown of={read}>{({ data, etag }) => <Difference key={data.status} policy={data} etag={etag} />}</Shown>
      </AtLeast>
    </Screen>
  );
}

interface Props {
  readonly policy: Policy;
  readonly etag: string | undefined;
}

function Difference({ policy, etag }: Props): ReactNode {
  const say = useText(administrationStrings);
  const [signed, setSigned] = useState<ReadonlySet<string>>(new Set());
  const widening = policy.lines.filter(({ direction }) => direction === 'WIDENS');
  const toggle = (cell: string): void =>
    setSigned((now) => new Set(now.has(cell) ? [...now].filter((one) => one !== cell) : [...now, cell]));
  return (
    <>
      <p>
        <Badge tone={policy.status === 'InForce' ? 'good' : 'plain'}>{say(`policies.status.${policy.status}`)}</Badge>{' '}
        <code className="rc-handle">{policy.hash}</code>
      </p>
      <section aria-labelledby="difference">
        <h2 id="difference">{say('policy.difference')}</h2>
        {policy.lines.length === 0 ? <p>{say('policy.none')}</p> : null}
        <PolicyLines lines={policy.lines} signed={signed} onSign={policy.status === 'Proposed' ? toggle : undefined} />
      </section>
      {policy.status === 'Proposed' ? (
        <>
          <p>{say('policy.signedOf', { count: signed.size, of: widening.length })}</p>
          <Decision policy={policy} etag={etag} signed={signed} />
        </>
      ) : null}
    </>
  );
}

function Decision({ policy: { policy, hash }, etag, signed }: Props & { readonly signed: ReadonlySet<string> }): ReactNode {
  const say = useText(administrationStrings);
  const words = useAdministrationProblems();
  const stepUp = useStepUp(3);
  const activate = useChange('/api/policies/{policy}/activation', READ_AGAIN);
  const refuse = useChange('/api/policies/{policy}/refusal', READ_AGAIN);
  const server = useServerForm({ reason: '' }, async ({ reason }) => {
    await refuse.mutateAsync({ params: { policy }, etag, body: { reason } as BodyOf<'/api/policies/{policy}/refusal'> });
  });
  return (
    <>
      <ProblemNotice error={activate.error} words={words} />
      {stepUp.dialog}
      <Actions>
        <Button
          busy={activate.isPending}
          onClick={stepUp.before(() => activate.mutate({ params: { policy }, etag, body: { hash, signed: [...signed] } }))}
        >
          {say('policy.activate')}
        </Button>
      </Actions>
      <form noValidate onSubmit={server.submit} className="rc-card">
        <h2>{say('policy.refuse')}</h2>
        <ErrorSummary of={server} words={words} />
        <Select
          form={server.form}
          name="reason"
          label={say('policy.reason')}
          choices={REASONS.map((value) => ({ value, label: say(`policy.reasons.${value}`) }))}
        />
        <Actions>
          <Button type="submit" kind="second" busy={server.busy}>
            {say('policy.refuseGo')}
          </Button>
        </Actions>
      </form>
    </>
  );
}
