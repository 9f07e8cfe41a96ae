import type { ReactNode } from 'react';
import { useRead } from '../api/query';
import { useText } from '../text/strings';
import { Screen, Shown } from '../ui/screen';
import { AtLeast } from '../ui/step-up';
import type { Items, OwnGlass } from './answers';
import { OpenForm } from './open-form';
import { OwnAccess } from './own-access';
import { emergencyStrings } from './strings';

/** Opening one field group in an emergency, and what of one's own is open or awaits its review. */
export function EmergencyScreen(): ReactNode {
  const say = useText(emergencyStrings);
  const own = useRead<Items<OwnGlass>>('/api/break-glass/own', { lively: true });
  return (
    <Screen title={say('title')} neutral={say('neutral')}>
      <p>{say('intro')}</p>
      <p>{say('never')}</p>
      <AtLeast level={2}>
        <section aria-labelledby="own">
          <h2 id="own">{say('own.title')}</h2>
          <Shown of={own}>
            {({ data }) =>
              data.items.length === 0 ? <p>{say('own.none')}</p> : data.items.map((glass) => <OwnAccess key={glass.handle} glass={glass} />)
            }
          </Shown>
        </section>
        <OpenForm />
      </AtLeast>
    </Screen>
  );
}
