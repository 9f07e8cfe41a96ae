import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useRead } from '../api/query';
import { rolesOf, useMe } from '../session/session';
import { useCodes } from '../text/codes';
import { useDates } from '../text/dates';
import { useText } from '../text/strings';
import { Act } from '../ui/acts';
import { Actions, ButtonLink } from '../ui/button';
import { Facts } from '../ui/notice';
import type { Versioned } from '../ui/record-form';
import { Screen, Shown } from '../ui/screen';
import { type Dynamic, observes } from './answers';
import { DynamicBadge, DynamicPlace, Until, useWitness } from './dynamic-parts';
import './refusals';
import { dynamicRoute } from './routes';
import { territoryStrings } from './strings';

const REFRESH = ['/api/dynamics', '/api/dynamics/{handle}'] as const;
const theirs = (now: unknown): ReactNode => <DynamicBadge of={now as Dynamic} />;

/** One dynamic: what, where, since and until when, who has seen it, and what a reader may still do. */
export function DynamicScreen(): ReactNode {
  const say = useText(territoryStrings);
  const { handle } = dynamicRoute.useParams();
  const read = useRead<Dynamic>('/api/dynamics/{handle}', { params: { handle }, lively: true });
  return (
    <Screen title={say('one.title')} neutral={say('neutral')} aside={<Link to="/territorio">{say('back')}</Link>}>
      <Shown of={read}>
        {({ data, etag }) => (
          <>
            <What of={data} />
            <Next of={data} record={{ path: '/api/dynamics/{handle}', params: { handle }, etag }} />
          </>
        )}
      </Shown>
    </Screen>
  );
}

function What({ of }: { readonly of: Dynamic }): ReactNode {
  const say = useText(territoryStrings);
  const codes = useCodes();
  const { day } = useDates();
  const witness = useWitness();
  const { pattern, from, region, corroboratedBy, ours } = of;
  return (
    <>
      <Facts
        of={[
          [say('pattern'), codes.label('territorial-pattern', pattern)],
          [say('where'), <DynamicPlace key="where" of={of} />],
          [say('status'), <DynamicBadge key="status" of={of} />],
          [say('from'), day(from)],
          [say('to'), <Until key="to" of={of} />],
          [say('seenBy'), witness(region, ours)],
          [say('confirmedBy'), corroboratedBy === null ? say('nobody') : witness(corroboratedBy, ours)],
        ]}
      />
      <p className="rc-soft">{say('one.whoSays')}</p>
    </>
  );
}

/** What it means that it ends, and the one act there is: somebody of another region has seen it, too. */
function Next({ of, record }: { readonly of: Dynamic; readonly record: Versioned }): ReactNode {
  const say = useText(territoryStrings);
  const { day } = useDates();
  const { data: me } = useMe();
  const records = observes(rolesOf(me?.data));
  if (of.status === 'Stale')
    return (
      <>
        <p>{say(records ? 'one.over' : 'one.overToRead', { day: day(of.to) })}</p>
        {records ? (
          <Actions>
            <ButtonLink to="/territorio/nuova">{say('one.again')}</ButtonLink>
          </Actions>
        ) : null}
      </>
    );
  return (
    <>
      <p>{say('one.stands', { day: day(of.to) })}</p>
      <section aria-labelledby="confirm" className="rc-card">
        <h2 id="confirm">{say('one.confirmTitle')}</h2>
        {of.status === 'Corroborated' ? (
          <p>{say('one.confirmed')}</p>
        ) : !records ? (
          <p>{say('one.readOnly')}</p>
        ) : of.region === me?.data.region ? (
          <p>{say('one.ownRegion')}</p>
        ) : (
          <>
            <p>{say('one.confirmText')}</p>
            <Act
              path="/api/dynamics/{handle}/corroboration"
              record={record}
              refresh={REFRESH}
              level={2}
              label={say('one.confirm')}
              theirs={theirs}
            />
          </>
        )}
      </section>
    </>
  );
}
