import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useRead } from '../api/query';
import { useDates } from '../text/dates';
import { useText } from '../text/strings';
import { Facts, Notice } from '../ui/notice';
import { Place } from '../ui/place';
import { Screen, Shown } from '../ui/screen';
import { AtLeast } from '../ui/step-up';
import { AlertSteps } from './alert-steps';
import type { Alert } from './answers';
import { AlertBadge } from './alert-badge';
import { Deliveries } from './deliveries';
import { Previews } from './previews';
import { alertRoute } from './routes';
import { deliveryStrings } from '../deliveries/strings';
import { alertStrings } from './strings';
import { useAlertWords } from '../deliveries/words';

const NOT_ISSUED = ['Drafted', 'Held', 'Screened'];

/** One alert as its issuer sees it, from the draft to the answers of those who were told. */
export function AlertScreen(): ReactNode {
  const say = useText(alertStrings);
  const { handle } = alertRoute.useParams();
  const alert = useRead<Alert>('/api/alerts/{handle}', { params: { handle }, lively: true });
  return (
    <Screen title={say('one.title')} neutral={say('neutral')} aside={<Link to="/allerte">{say('list.title')}</Link>}>
      <AtLeast level={2}>
        <Shown of={alert}>
          {({ data, etag }) => (
            <>
              <Content alert={data} />
              <AlertSteps alert={data} etag={etag} />
              {NOT_ISSUED.includes(data.status) ? <Previews handle={handle} /> : <Deliveries handle={handle} />}
            </>
          )}
        </Shown>
      </AtLeast>
    </Screen>
  );
}

function Content({ alert }: { readonly alert: Alert }): ReactNode {
  const say = useText(alertStrings);
  const told = useText(deliveryStrings);
  const words = useAlertWords();
  const { day } = useDates();
  const { subject, comune, area, sector, patterns, indicators, period, expires, heldFor, status } = alert;
  return (
    <div className="rc-card">
      <div className="rc-head">
        <h2>{alert.codename}</h2>
        <AlertBadge status={status} />
      </div>
      {status === 'Held' && heldFor ? <Notice tone="warn" title={say(`one.heldFor.${heldFor}`)} /> : null}
      <Facts
        of={[
          [say('one.about'), subject.company ? `${told('subject.company')}: ${subject.company.codename}` : told(`subject.${subject.kind}`)],
          [
            say('one.where'),
            <>
              <Place of={comune} />, {say(`area.${area}`)}
            </>,
          ],
          [say('one.sector'), words.codes.label('sector', sector)],
          [say('one.period'), `${day(period.from)} – ${day(period.to)}`],
          [say('one.expires'), day(expires)],
          [say('one.patterns'), words.patterns(patterns)],
          [say('one.indicators'), words.indicators(indicators)],
          [say('one.cohort'), <Cohort alert={alert} />],
        ]}
      />
    </div>
  );
}

/** Enough or not, in words: below the threshold no number is told, not even to whoever asks. */
function Cohort({ alert: { cohort, subject } }: { readonly alert: Alert }): ReactNode {
  const say = useText(alertStrings);
  const { band } = useAlertWords();
  if (!cohort.enough) return say('one.tooFew');
  const workers = band(cohort.workers);
  return subject.kind === 'company'
    ? say('one.enoughCompany', { workers })
    : say('one.enough', { workers, companies: band(cohort.companies) });
}
