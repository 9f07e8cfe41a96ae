import type { ReactNode } from 'react';
import { useText } from '../text/strings';
import { Badge } from '../ui/notice';
import type { DeliveryStatus } from './answers';
import { deliveryStrings } from './strings';

export function DeliveryBadge({ status }: { readonly status: DeliveryStatus }): ReactNode {
  const say = useText(deliveryStrings);
  return <Badge tone={status === 'Delivered' ? 'warn' : status === 'Answered' ? 'good' : 'plain'}>{say(`delivery.${status}`)}</Badge>;
}
