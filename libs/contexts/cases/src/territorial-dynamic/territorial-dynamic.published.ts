import { casesContract, publish, type Published } from '@contracts';
import type { RecordedEvent } from '@platform/kernel';
import type { Observed, TerritorialDynamicEvent } from './territorial-dynamic';

/** What happens where and when; the organisations that saw it stay inside the data of the region's own log. */
export function publishTerritorialDynamic(event: RecordedEvent): Published | undefined {
  const stored = event as unknown as TerritorialDynamicEvent;
  const dynamic = { dynamic: event.stream, ...seen(stored.data) };
  switch (stored.type) {
    case 'DynamicObserved':
    case 'DynamicExpired':
      return publish(casesContract, stored.type, event, dynamic);
    case 'DynamicCorroborated':
      return publish(casesContract, 'DynamicCorroborated', event, { ...dynamic, by: stored.data.by });
    default:
      return undefined;
  }
}

const seen = ({ region, comune, zone, from, to, pattern }: Observed): Observed => ({
  ...{ region, from, to, pattern },
  ...(comune === undefined ? {} : { comune }),
  ...(zone === undefined ? {} : { zone }),
});
