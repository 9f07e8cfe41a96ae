import type { ReactNode } from 'react';
import { useText } from '../text/strings';
import { Badge, type Tone } from '../ui/notice';
import { consentStrings } from './consent-strings';

const TONE: Readonly<Record<string, Tone>> = { Given: 'good', Asked: 'warn', Refused: 'danger', Withdrawn: 'danger' };
type Status = keyof typeof consentStrings.it.consents.statuses;

export function ConsentStatus({ status }: { readonly status: string | undefined }): ReactNode {
  const page = useText(consentStrings);
  return status === undefined ? '–' : <Badge tone={TONE[status] ?? 'plain'}>{page(`consents.statuses.${status as Status}`)}</Badge>;
}
