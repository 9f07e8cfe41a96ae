import type { ReactNode } from 'react';
import { useText } from '../text/strings';
import { Badge, type Tone } from '../ui/notice';
import type { AlertStatus } from './answers';
import { alertStrings } from './strings';

const TONES: Readonly<Partial<Record<AlertStatus, Tone>>> = { Held: 'warn', Issued: 'good', Screened: 'brand', Withdrawn: 'danger' };

export function AlertBadge({ status }: { readonly status: AlertStatus }): ReactNode {
  const say = useText(alertStrings);
  return <Badge tone={TONES[status] ?? 'plain'}>{say(`status.${status}`)}</Badge>;
}
