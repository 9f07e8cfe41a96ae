import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { QueryOf } from '../api/client';
import { get } from '../api/client';
import { ApiProblem } from '../api/problem';
import { useMe } from '../session/session';
import { useCodes } from '../text/codes';
import { useDates } from '../text/dates';
import { useText } from '../text/strings';
import { Facts, Notice } from '../ui/notice';
import { Pick } from '../ui/pick';
import { Shown } from '../ui/screen';
import type { Replay, TrailCut } from './answers';
import { GroupLines } from './group-lines';
import { Handle } from './handle';
import type { ReplayPlace } from './routes';
import { auditStrings } from './strings';
import { WhoCouldSee } from './who-could-see';

type Place = ReplayPlace & { readonly caso: string };

/** First where the log stood, then what the case was there. Subjects that were erased since answer to nothing: the event before is tried. */
async function replay({ caso, punto, istante, gruppo, chi }: Place, region: string, signal: AbortSignal): Promise<Replay> {
  const where = punto === undefined ? { time: istante } : { index: punto };
  const query = { ...where, log: `cases@${region}` } as QueryOf<'/api/audit/cut'>;
  const { data: cut } = await get<TrailCut, '/api/audit/cut'>('/api/audit/cut', { query, purpose: 'audit', signal });
  const log = cut.logs[0];
  let missing: unknown = new ApiProblem(404, 'case.not-found', '');
  for (const { stream, revision } of log ? [log.last, ...log.before] : []) {
    try {
      const asked = { stream, revision, at: cut.at, ...(gruppo ? { group: gruppo } : {}), ...(chi ? { actor: chi } : {}) };
      const options = {
        params: { handle: caso },
        query: asked as QueryOf<'/api/cases/{handle}/replay'>,
        purpose: 'audit' as const,
        signal,
      };
      return (await get<Replay, '/api/cases/{handle}/replay'>('/api/cases/{handle}/replay', options)).data;
    } catch (error) {
      if (!(error instanceof ApiProblem) || error.status !== 404) throw error;
      missing = error;
    }
  }
  throw missing;
}

export function Replayed({ place }: { readonly place: Place }): ReactNode {
  const say = useText(auditStrings);
  const { data: me } = useMe();
  const region = place.caso.split('.')[0] ?? me?.data.region ?? '';
  const then = useQuery({
    queryKey: ['replay', place],
    queryFn: ({ signal }) => replay(place, region, signal),
    // The past does not change; looking again would only be another entry.
    staleTime: Infinity,
    retry: (failed, error) => error instanceof ApiProblem && error.status === 503 && failed < 5,
  });
  return (
    <Shown of={then} words={{ 'case.not-found': say('replay.before'), 'entry.not-found': say('replay.before') }}>
      {(data) => <Then place={place} then={data} />}
    </Shown>
  );
}

function Then({ place, then }: { readonly place: Place; readonly then: Replay }): ReactNode {
  const say = useText(auditStrings);
  const codes = useCodes();
  const { instant } = useDates();
  const navigate = useNavigate();
  return (
    <>
      <section className="rc-card" aria-labelledby="then">
        <h2 id="then">{say('replay.then')}</h2>
        {place.chi === undefined ? null : (
          <Notice title={say('replay.viewing')}>
            <p>
              <Handle of={place.chi} />{' '}
              <Link to="/ricostruzione" search={{ ...place, chi: undefined }}>
                {say('replay.asYou')}
              </Link>
            </p>
          </Notice>
        )}
        <Facts
          of={[
            [say('replay.at'), instant(then.at)],
            [say('replay.phase'), codes.label('phase', then.phase)],
          ]}
        />
        <GroupLines groups={then.view.groups} />
      </section>
      <section aria-labelledby="who">
        <h2 id="who">{say('replay.who')}</h2>
        <Pick
          label={say('replay.group')}
          any={say('replay.anyGroup')}
          value={place.gruppo}
          choices={codes.of('field-group')}
          onPick={(gruppo) => void navigate({ to: '/ricostruzione', search: { ...place, gruppo } })}
        />
        <WhoCouldSee place={place} people={then.couldSee} />
      </section>
    </>
  );
}
