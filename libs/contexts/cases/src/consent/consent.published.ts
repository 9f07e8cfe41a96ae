import { casesContract, publish, type Published } from '@contracts';
import type { RecordedEvent } from '@platform/kernel';
import type { ConsentEvent, ConsentScope } from './consent';

/** Who may rely on a consent learns that it was given and that it ended. That somebody was asked stays inside. */
export function publishConsent(event: RecordedEvent): Published | undefined {
  const stored = event as unknown as ConsentEvent;
  const consent = { consent: event.stream, ...scopeOf(stored.data) };
  switch (stored.type) {
    case 'ConsentGiven':
    case 'ConsentRefused':
    case 'ConsentExpired':
      return publish(casesContract, stored.type, event, consent);
    case 'ConsentWithdrawn':
      return publish(casesContract, 'ConsentWithdrawn', event, { ...consent, reason: stored.data.reason });
    default:
      return undefined;
  }
}

const scopeOf = ({ case: of, recipient, purpose, groups, expires }: ConsentScope): ConsentScope => ({
  ...{ case: of, recipient, purpose, groups, expires },
});
