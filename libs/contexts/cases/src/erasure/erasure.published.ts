import { casesContract, publish, type Published } from '@contracts';
import type { RecordedEvent } from '@platform/kernel';
import type { ErasureEvent } from './erasure';

/** That somebody asked stays inside; that nothing may be kept any more does not. */
export function publishErasure(event: RecordedEvent): Published | undefined {
  const stored = event as unknown as ErasureEvent;
  return stored.type === 'SubjectErased' ? publish(casesContract, 'SubjectErased', event, { subject: stored.data.subject }) : undefined;
}
