import type { ReactNode } from 'react';
import { useCodes } from '../text/codes';
import { useText } from '../text/strings';
import { Badge } from '../ui/notice';
import { Place } from '../ui/place';
import type { CompanyView } from './answers';
import { companyStrings } from './strings';

type State = Pick<CompanyView, 'status' | 'disputed'>;

export function CompanyBadge({ of: { status, disputed } }: { readonly of: State }): ReactNode {
  const say = useText(companyStrings);
  return (
    <>
      <Badge tone={status === 'Involved' || status === 'Archived' ? 'plain' : status === 'Reported' ? 'warn' : 'brand'}>
        {say(`statuses.${status}`)}
      </Badge>{' '}
      {disputed ? <Badge tone="danger">{say('disputed')}</Badge> : null}
    </>
  );
}

/** Where it stands, as finely as the server told it. */
export function CompanyPlace({ of: { comune, province } }: { readonly of: CompanyView }): ReactNode {
  const say = useText(companyStrings);
  const codes = useCodes();
  if (comune) return <Place of={comune} />;
  return province ? say('province', { name: codes.label('province', province) }) : '–';
}
