import italy from '@svg-maps/italy';
import type { ReactNode } from 'react';
import { useText } from '../../text/strings';
import { mapStrings } from './strings';

/** Ours for each region of the drawing, and the point farthest inside its border: there the number stands. */
const REGIONS: Readonly<Record<string, readonly [slug: string, x: number, y: number]>> = {
  abruzzo: ['abruzzo', 374, 355],
  'aosta-valley': ['valle-d-aosta', 33, 103],
  apulia: ['puglia', 456, 399],
  basilicata: ['basilicata', 492, 473],
  calabria: ['calabria', 510, 551],
  campania: ['campania', 417, 432],
  'emilia-romagna': ['emilia-romagna', 231, 186],
  'friuli-venezia-giulia': ['friuli-venezia-giulia', 325, 70],
  lazio: ['lazio', 326, 386],
  liguria: ['liguria', 63, 229],
  lombardy: ['lombardia', 162, 106],
  marche: ['marche', 342, 279],
  molise: ['molise', 409, 394],
  piedmont: ['piemonte', 60, 155],
  sardinia: ['sardegna', 126, 470],
  sicily: ['sicilia', 401, 664],
  'trentino-south-tyrol': ['trentino-alto-adige', 235, 54],
  tuscany: ['toscana', 238, 267],
  umbria: ['umbria', 298, 298],
  veneto: ['veneto', 260, 121],
};

const CLASSES = ['none', 'few', 'some', 'many'] as const;
const classOf = (count: number): (typeof CLASSES)[number] => (count === 0 ? 'none' : count === 1 ? 'few' : count < 4 ? 'some' : 'many');

/** A choropleth of the regions with the number written in each: the table beside it says the same. */
export function RegionMap({ counts }: { readonly counts: ReadonlyMap<string, number> }): ReactNode {
  const say = useText(mapStrings);
  const numbered = italy.locations.flatMap(({ id }) => {
    const [slug = '', x = 0, y = 0] = REGIONS[id] ?? [];
    const count = counts.get(slug) ?? 0;
    return count > 0 ? [{ id, x, y, count }] : [];
  });
  return (
    <figure className="rc-map">
      <svg viewBox={italy.viewBox} role="img" aria-label={say('map.label')}>
        {italy.locations.map(({ id, path }) => (
          <path key={id} d={path} className={`rc-map-${classOf(counts.get(REGIONS[id]?.[0] ?? '') ?? 0)}`} />
        ))}
        {numbered.map(({ id, x, y, count }) => (
          <g key={id}>
            <circle cx={x} cy={y} r={19} className="rc-map-disc" />
            <text x={x} y={y} className="rc-map-number">
              {count}
            </text>
          </g>
        ))}
      </svg>
      <figcaption>
        <ul className="rc-map-legend" aria-hidden="true">
          {CLASSES.map((one) => (
            <li key={one}>
              <span className={`rc-map-key rc-map-key-${one}`} /> {say(`map.legend.${one}`)}
            </li>
          ))}
        </ul>
        <p className="rc-soft">
          {say('map.credit')}{' '}
          <a href="https://creativecommons.org/licenses/by/4.0/deed.it" rel="noreferrer">
            CC BY 4.0
          </a>
        </p>
      </figcaption>
    </figure>
  );
}
