import type { ReactNode } from 'react';
import { useMe } from '../session/session';
import { useCodes } from '../text/codes';
import { today, useDates } from '../text/dates';
import { useText } from '../text/strings';
import { Badge } from '../ui/notice';
import { Place } from '../ui/place';
import type { Dynamic } from './answers';
import { daysLeft } from './lasting';
import { territoryStrings } from './strings';

export function DynamicBadge({ of: { status } }: { readonly of: Pick<Dynamic, 'status'> }): ReactNode {
  const say = useText(territoryStrings);
  return <Badge tone={status === 'Corroborated' ? 'good' : status === 'Observed' ? 'brand' : 'plain'}>{say(`statuses.${status}`)}</Badge>;
}

/** As finely as the server told it: comune, border zone, province, or the region alone. */
export function DynamicPlace({ of: { comune, zone, province, territory } }: { readonly of: Dynamic }): ReactNode {
  const say = useText(territoryStrings);
  const codes = useCodes();
  if (comune) return <Place of={comune} />;
  if (zone) return `${say('zone')} (${codes.label('region', territory)})`;
  return province ? say('province', { name: codes.label('province', province) }) : codes.label('region', territory);
}

/** Until when it stands, and how soon that is. */
export function Until({ of: { to, status } }: { readonly of: Dynamic }): ReactNode {
  const say = useText(territoryStrings);
  const { day } = useDates();
  const left = status === 'Stale' ? undefined : daysLeft(to, today());
  return (
    <>
      {day(to)} {left === undefined ? null : <Badge tone="warn">{left === 0 ? say('lastDay') : say('days', { count: left })}</Badge>}
    </>
  );
}

/** A region's people; one's own organisation is told that it was it. */
export function useWitness(): (region: string, ours: boolean) => string {
  const say = useText(territoryStrings);
  const codes = useCodes();
  const own = useMe().data?.data.region;
  return (of, ours) => say(ours && of === own ? 'your' : 'somebody', { region: codes.label('region', of) });
}
