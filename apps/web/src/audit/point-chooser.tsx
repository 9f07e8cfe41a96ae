import { useNavigate } from '@tanstack/react-router';
import { type ReactNode, useId, useState } from 'react';
import { useRead } from '../api/query';
import { useDates } from '../text/dates';
import { useText } from '../text/strings';
import { Actions, Button } from '../ui/button';
import { Shown } from '../ui/screen';
import { useActs } from './acts';
import type { ShownEntry, TrailPage } from './answers';
import type { ReplayPlace } from './routes';
import { auditStrings } from './strings';

type Place = ReplayPlace & { readonly caso: string };
const MOST = 200;

/** The slider moves among the entries about the case; only the button asks. Every look is an entry, so none is made by dragging past. */
export function PointChooser({ place }: { readonly place: Place }): ReactNode {
  const entries = useRead<TrailPage, '/api/audit/entries'>('/api/audit/entries', {
    query: { case: place.caso, limit: MOST },
    purpose: 'audit',
  });
  const say = useText(auditStrings);
  return (
    <Shown of={entries}>
      {({ data }) =>
        data.entries.length === 0 ? <p>{say('replay.noEntries')}</p> : <Slider place={place} points={[...data.entries].reverse()} />
      }
    </Shown>
  );
}

function Slider({ place, points }: { readonly place: Place; readonly points: readonly ShownEntry[] }): ReactNode {
  const say = useText(auditStrings);
  const { name } = useActs();
  const { instant } = useDates();
  const navigate = useNavigate();
  const slider = useId();
  const time = useId();
  const wanted = points.findLastIndex(({ index }) => place.punto !== undefined && index <= place.punto);
  const [at, setAt] = useState(wanted < 0 ? points.length - 1 : wanted);
  const [moment, setMoment] = useState(place.istante?.slice(0, 16) ?? '');
  const point = points[at];
  const words = point
    ? say('replay.pointOf', { index: point.index, act: name(point.entry.body.act), when: instant(point.entry.body.at) })
    : '';
  const go = (change: Pick<ReplayPlace, 'punto' | 'istante'>): void =>
    void navigate({ to: '/ricostruzione', search: { caso: place.caso, gruppo: place.gruppo, ...change } });
  return (
    <section className="rc-card" aria-labelledby="point">
      <h2 id="point">{say('replay.points')}</h2>
      <label htmlFor={slider}>{words}</label>
      <input
        id={slider}
        type="range"
        className="rc-range"
        min={0}
        max={points.length - 1}
        value={at}
        aria-valuetext={words}
        onChange={(event) => setAt(Number(event.target.value))}
      />
      <Actions>
        <Button kind="second" onClick={() => setAt(Math.max(0, at - 1))}>
          {say('replay.earlier')}
        </Button>
        <Button kind="second" onClick={() => setAt(Math.min(points.length - 1, at + 1))}>
          {say('replay.later')}
        </Button>
        <Button onClick={() => point && go({ punto: point.index })}>{say('replay.go')}</Button>
      </Actions>
      <div className="rc-field">
        <label htmlFor={time}>{say('replay.time')}</label>
        <input id={time} type="datetime-local" className="rc-input" value={moment} onChange={(event) => setMoment(event.target.value)} />
        <Actions>
          <Button kind="second" onClick={() => moment !== '' && go({ istante: new Date(moment).toISOString() })}>
            {say('replay.timeGo')}
          </Button>
        </Actions>
      </div>
    </section>
  );
}
