import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { BodyOf } from '../api/client';
import { useChange, useRead } from '../api/query';
import { useDates } from '../text/dates';
import { useText } from '../text/strings';
import { Actions, Button } from '../ui/button';
import { CodeSelect } from '../ui/code-fields';
import { ErrorSummary } from '../ui/error-summary';
import { useServerForm } from '../ui/form';
import { Notice } from '../ui/notice';
import { ProblemNotice } from '../ui/problem';
import { Screen, Shown } from '../ui/screen';
import { AtLeast } from '../ui/step-up';
import type { Delivery } from './answers';
import { DeliveryBadge } from './delivery-badge';
import { CompanyShown } from './company-shown';
import { deliveryRoute } from './routes';
import { deliveryStrings } from './strings';
import { ToldFacts } from './told-facts';
import { useDeliveryProblems, useAlertWords } from './words';

const READ_AGAIN = ['/api/deliveries/{handle}', '/api/deliveries'] as const;

/** One alert as this recipient was told it. */
export function DeliveryScreen(): ReactNode {
  const say = useText(deliveryStrings);
  const { day } = useDates();
  const { handle } = deliveryRoute.useParams();
  const delivery = useRead<Delivery>('/api/deliveries/{handle}', { params: { handle }, lively: true });
  return (
    <Screen title={say('read.title')} neutral={say('mine.neutral')} aside={<Link to="/mie-allerte">{say('mine.back')}</Link>}>
      <AtLeast level={2}>
        <Shown of={delivery}>
          {({ data, etag }) => (
            <>
              <div className="rc-card">
                <div className="rc-head">
                  <h2>{data.codename}</h2>
                  <DeliveryBadge status={data.status} />
                </div>
                <p className="rc-soft">
                  {say('mine.due')} {day(data.due)}
                </p>
                <ToldFacts told={data.content} />
              </div>
              <CompanyShown delivery={data} />
              <Reaction delivery={data} etag={etag} />
            </>
          )}
        </Shown>
      </AtLeast>
    </Screen>
  );
}

interface Props {
  readonly delivery: Delivery;
  readonly etag: string | undefined;
}

/** First read, then answered: a code and nothing else. */
function Reaction({ delivery, etag }: Props): ReactNode {
  const say = useText(deliveryStrings);
  const { codes } = useAlertWords();
  const { status, outcome } = delivery;
  if (status === 'Delivered') return <Acknowledge delivery={delivery} etag={etag} />;
  if (status === 'Acknowledged') return <AnswerForm delivery={delivery} etag={etag} />;
  if (status === 'Answered') {
    return <Notice tone="good" title={say('read.answered', { outcome: codes.label('alert-outcome', outcome) })} />;
  }
  return <Notice tone="warn" title={say('read.over')} />;
}

function Acknowledge({ delivery: { handle }, etag }: Props): ReactNode {
  const say = useText(deliveryStrings);
  const acknowledge = useChange('/api/deliveries/{handle}/acknowledgement', READ_AGAIN);
  return (
    <>
      <ProblemNotice error={acknowledge.error} words={useDeliveryProblems()} />
      <Actions>
        <Button busy={acknowledge.isPending} onClick={() => acknowledge.mutate({ params: { handle }, etag })}>
          {say('read.acknowledge')}
        </Button>
      </Actions>
    </>
  );
}

function AnswerForm({ delivery: { handle }, etag }: Props): ReactNode {
  const say = useText(deliveryStrings);
  const answer = useChange('/api/deliveries/{handle}/answer', READ_AGAIN);
  const server = useServerForm<{ outcome: string }>({ outcome: '' }, async (values) => {
    await answer.mutateAsync({ params: { handle }, etag, body: values as BodyOf<'/api/deliveries/{handle}/answer'> });
  });
  return (
    <form noValidate onSubmit={server.submit} className="rc-card">
      <h2>{say('read.answer')}</h2>
      <ErrorSummary of={server} words={useDeliveryProblems()} />
      <CodeSelect form={server.form} name="outcome" label={say('read.outcome')} hint={say('read.outcomeHint')} list="alert-outcome" />
      <Actions>
        <Button type="submit" busy={server.busy}>
          {say('read.send')}
        </Button>
      </Actions>
    </form>
  );
}
