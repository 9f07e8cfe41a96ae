import { controlDigit } from '@platform/codes';
import { idsOf } from '../base-world';
import type { PersonaKey } from '../personas';
import { LANGUAGES } from './case-plan';
import { type Deed, dayOf, daysFrom } from './deed';
import { demoWorld, STARTING_REGION } from './demo-world';
import type { Dice } from './dice';
import { TERRITORIES } from './territory';

export const OUTINGS = 12;
const BORDER: Readonly<Record<'karim' | 'omar', readonly string[]>> = {
  karim: ['054013', '054044', '054011', '054032'],
  omar: ['051034', '051001', '051024'],
};
const PATTERNS = ['seasonal_peak', 'new_labour_camp', 'transport_by_gangmaster', 'wage_decline', 'housing_removal', 'online_recruitment'];

/** Twelve days of outreach at the border of Umbria and Toscana: later ones from both sides, the last one three weeks ago. */
export function outingPlan(today: string, dice: Dice): Deed[] {
  return Array.from({ length: OUTINGS }, (_, n) => {
    const who = n % 3 === 2 && n > 7 ? ('omar' as const) : ('karim' as const);
    // Umbria's first cases are opened from the first eight: each lies before its case.
    const at = daysFrom(today, 6 / 24 - (n < 8 ? 427 - 25 * n : 200 - (n - 8) * 60));
    return Array.from({ length: 4 + dice.below(3) }, (_, m): Deed => ({
      ...{ at, lane: `outing-${n}-${m}`, who, path: '/api/contacts' },
      body: {
        ...{ on: dayOf(at), comune: dice.pick(BORDER[who]), channel: dice.pick(['field_camp', 'street', 'workplace_gate']) },
        ...{ language: dice.pick(LANGUAGES), met: dice.pick(['approached_by_team', 'brought_by_peer', 'came_by_themself']) },
        needs: dice.chance(0.4) ? ['food_and_material_aid'] : [],
        offered: dice.some(['legal_advice', 'rights_information', 'material_aid'], 1 + dice.below(2)),
      },
      learns: { [`outing-${n}-${m}`]: 'handle' },
    }));
  }).flat();
}

/** Fourteen companies, met before the cases that name them; some reported, two of those by a second organisation, one that replies. */
export function companyPlan(today: string, dice: Dice): Deed[] {
  let serial = 100;
  return TERRITORIES.flatMap((territory) =>
    Array.from({ length: territory.companies }, (_, n): Deed[] => {
      const name = `company-${territory.region}-${n}`;
      const ten = `9999999${++serial}`;
      const company = { vat: `${ten}${controlDigit(ten)}`, name: `Azienda Esempio ${serial - 100} Inventata` };
      const body = { ...company, sector: dice.pick(['A', 'C', 'F', 'H', 'I']), comune: dice.pick(territory.comuni) };
      const at = daysFrom(today, -territory.since - 2);
      const meets = (who: PersonaKey, as: string, when: string): Deed => ({
        ...{ at: when, lane: name, who, path: '/api/companies', body, learns: { [as]: 'handle' }, changes: as },
      });
      const says = (who: PersonaKey, as: string, days: number, part: string, words: object): Deed => ({
        ...{ at: daysFrom(at, days), lane: name, who, path: `/api/companies/{${as}}/${part}`, body: words },
        ...{ changes: as, versionAt: `/api/companies/{${as}}` },
      });
      const deeds = [meets(territory.lead, name, at)];
      if (n === 1) deeds.push(says(territory.lead, name, 60, 'report', { indicators: ['EX01', 'EX02', 'CD14'] }));
      const second = territory.region === 'umbria' ? 'rita' : territory.region === 'emilia-romagna' ? 'zoe' : undefined;
      if (n === 1 && second) {
        const other = `${name}-${second}`;
        deeds.push(meets(second, other, daysFrom(at, 75)), says(second, other, 76, 'corroboration', { indicators: ['603bis-1', 'EX04'] }));
      }
      if (n === 1 && territory.region === 'umbria') {
        const reply = { reply: 'L’azienda inventata risponde: i turni di esempio sono regolari.' };
        deeds.push(says('giulia', name, 90, 'dispute', reply));
      }
      return deeds;
    }).flat(),
  );
}

/** What is seen to happen in places: of each region one season that is over and one that goes on, and two at the border. */
export function dynamicPlan(today: string, dice: Dice): Deed[] {
  const other: Readonly<Record<string, PersonaKey>> = { umbria: 'nora', toscana: 'giulia' };
  const ofRegions = TERRITORIES.flatMap((territory, n) =>
    [0, 1].flatMap((m): Deed[] => {
      const at = daysFrom(today, -territory.since / (m + 2) + n);
      const [from, to] = [dayOf(daysFrom(at, -10 - n)), dayOf(daysFrom(at, m === 1 ? 400 : 60))];
      const body = { comune: dice.pick(territory.comuni), from, to, pattern: dice.pick(PATTERNS) };
      const second = m === 1 ? other[territory.region] : undefined;
      return seenBy(territory.lead, `dynamic-${territory.region}-${m}`, at, body, second);
    }),
  );
  return [...ofRegions, ...borderDynamics(today)];
}

/** One is about to end, and one lies in Umbria, was seen from Toscana, and is confirmed from where it lies. */
function borderDynamics(today: string): Deed[] {
  const days = (from: number, to: number) => ({ from: dayOf(daysFrom(today, from)), to: dayOf(daysFrom(today, to)) });
  const ending = { comune: '054013', ...days(-45, 5), pattern: 'transport_by_gangmaster' };
  const across = { comune: '054011', ...days(-20, 60), pattern: 'housing_removal' };
  return [
    ...seenBy('karim', 'dynamic-ending', daysFrom(today, -40), ending),
    ...seenBy('omar', 'dynamic-across', daysFrom(today, -12), across, 'giulia'),
  ];
}

/** Somebody sees it, and a day later somebody of a second region confirms it. */
function seenBy(
  who: PersonaKey,
  name: string,
  at: string,
  body: { from: string; to: string; pattern: string },
  second?: PersonaKey,
): Deed[] {
  const seen: Deed = { at, lane: name, who, path: '/api/dynamics', body, learns: { [name]: 'handle' }, changes: name };
  if (second === undefined) return [seen];
  const theirs = `${name}-confirmed`;
  const fits = { from: body.from, to: body.to, pattern: body.pattern };
  const find: Deed = { at: daysFrom(at, 1), lane: name, who: second, path: '/api/dynamics', finds: { name: theirs, fits } };
  return [seen, find, { ...find, path: `/api/dynamics/{${theirs}}/corroboration`, body: {}, changes: theirs, finds: undefined }];
}

/** The network itself: a region that begins, an agreement of two projects, meetings of the teams. */
export function networkPlan(today: string): Deed[] {
  const { organisations, teams, members } = idsOf(demoWorld());
  const [piemonte, lombardia] = [organisations['progetto-piemonte'], organisations['progetto-lombardia']];
  const drafted = daysFrom(today, -140);
  const agreement = (who: PersonaKey, days: number, part: string, acr: 2 | 3 = 2): Deed => ({
    ...{ at: daysFrom(drafted, days), lane: 'agreement', who, path: `/api/agreements/{agreement}/${part}`, body: {} },
    ...{ changes: 'agreement', versionAt: '/api/agreements/{agreement}', acr },
  });
  const meeting = (days: number): Deed => ({
    ...{ at: daysFrom(today, -days), lane: 'meeting', who: 'ivo', path: `/api/teams/${teams['equipe-appennino']}/meetings` },
    ...{ changes: 'appennino', versionAt: `/api/teams/${teams['equipe-appennino']}` },
    body: {
      ...{ heldOn: dayOf(daysFrom(today, -days)), attendees: [members.ivo, members.nora], decisions: ['tasks_assigned'] },
      minutes: 'Verbale di esempio: nessuna persona vera.',
    },
  });
  return [
    { at: daysFrom(today, -45), lane: STARTING_REGION, who: 'piero', path: '/api/regions', body: { region: STARTING_REGION }, acr: 3 },
    {
      ...{ at: drafted, lane: 'agreement', who: 'gina', path: '/api/agreements', learns: { agreement: 'agreement' }, changes: 'agreement' },
      body: {
        parties: [
          { organisation: piemonte, region: 'piemonte' },
          { organisation: lombardia, region: 'lombardia' },
        ],
        scope: ['direct_assistance', 'joint_case'],
        caps: [{ from: piemonte, to: lombardia, groups: ['ID', 'CON', 'NEED'] }],
        expiresAt: daysFrom(today, 365),
      },
    },
    agreement('gina', 3, 'negotiation'),
    agreement('gina', 10, 'signatures', 3),
    agreement('luca', 14, 'signatures', 3),
    agreement('luca', 15, 'activation'),
    ...[150, 95, 40].map(meeting),
  ];
}
