import { createHash } from 'node:crypto';
import { idsOf } from '../base-world';
import { type Deed, dayOf, daysFrom } from './deed';
import { demoWorld } from './demo-world';
import type { Dice } from './dice';
import { caseKey, TERRITORIES, type Territory } from './territory';

const GIVEN = ['Ginepro', 'Corallo', 'Cannella', 'Basilico', 'Mirtillo', 'Cobalto', 'Timo', 'Alabastro', 'Sesamo', 'Nespolo', 'Opale'];
const FAMILY = [
  'Pettirosso',
  'Cardellino',
  'Upupa',
  'Fringuello',
  'Airone',
  'Ghiandaia',
  'Pavoncella',
  'Calandra',
  'Codirosso',
  'Strolaga',
];
export const LANGUAGES = ['fr', 'ar', 'bn', 'en', 'pa', 'ur', 'ro', 'sq', 'wo'];
const EXPLOITATION = [
  'EX01',
  'EX02',
  'EX04',
  'EX05',
  'EX06',
  'DR02',
  'DR03',
  'DR05',
  'CR04',
  'CR10',
  'RV02',
  'RV03',
  'RV06',
  'CD01',
  'CD14',
];
const ARTICLE = ['603bis-1', '603bis-2', '603bis-3', '603bis-4', 'state_of_need', 'agg-1'];
const NEEDS = [
  'legal',
  'housing',
  'italian_language',
  'residence_permit',
  'wages_owed',
  'decent_work',
  'health',
  'psychological',
  'training',
];
const MONTH = 30;
const INVENTED_FILE = createHash('sha256').update('DATI INVENTATI').digest('hex');

/** What the scenes of referrals count on: these cases stay open, whatever the dice say. */
export const STAYS_OPEN = 8;

/** The cases of one region, opened evenly since it began, each as far along as its age allows. */
export function casePlan(today: string, dice: Dice): Deed[] {
  return TERRITORIES.flatMap((territory) =>
    Array.from({ length: territory.cases }, (_, n) => {
      const age = Math.round(territory.since - (n * (territory.since - 12)) / territory.cases - dice.below(6));
      return oneCase(territory, n, daysFrom(today, -age), age, dice);
    }).flat(),
  );
}

function oneCase(territory: Territory, n: number, opened: string, age: number, dice: Dice): Deed[] {
  const name = caseKey(territory.region, n);
  const who = territory.lead;
  const path = `/api/cases/{${name}}`;
  const at = daysFrom(opened, (8 + dice.below(9)) / 24);
  const writes = (when: string, part: string, body: object = {}): Deed => ({
    ...{ at: when, lane: name, who, path: `${path}/${part}`, body, changes: name, versionAt: path },
  });
  const [urgent, zone] = [dice.chance(0.2), dice.pick(territory.comuni)];
  const deeds: Deed[] = [
    {
      ...{ at, lane: name, who, path: '/api/cases' },
      body: {
        team: idsOf(demoWorld()).teams[territory.team],
        ...{ ageBand: dice.chance(0.9) ? 'adult' : 'unknown', language: dice.pick(LANGUAGES), urgent },
        // Umbria's first cases grew out of the outings at the border.
        ...(territory.region === 'umbria' && n >= 2 && n < 8 ? { contact: `{outing-${n}-0}` } : {}),
        person: [
          { group: 'ID', field: 'given_name', value: dice.pick(GIVEN) },
          { group: 'ID', field: 'family_name', value: dice.pick(FAMILY) },
          { group: 'CON', field: 'phone', value: `+39 000 ${1000000 + dice.below(9000000)}` },
        ],
      },
      learns: { [name]: 'handle', [`${name}.codename`]: 'codename' },
      changes: name,
    },
    writes(at, 'indicators', { list: 'ilo_delphi', indicators: dice.some(EXPLOITATION, 3 + dice.below(5)) }),
    writes(at, 'needs', { needs: dice.some(NEEDS, 1 + dice.below(4)), urgent }),
  ];
  if (dice.chance(0.8)) deeds.push(writes(at, 'work-zone', { comune: zone, from: dayOf(daysFrom(at, -60 - dice.below(200))) }));
  if (n > 0 && dice.chance(0.7))
    deeds.push(writes(at, 'companies', { company: `{company-${territory.region}-${n % territory.companies}}` }));
  if (n % 3 === 0) deeds.push(...documents(writes, at, n, idsOf(demoWorld()).organisations[territory.organisation] ?? ''));
  if (dice.chance(0.5)) deeds.push(writes(daysFrom(at, 2), 'indicators', { list: 'art_603bis', indicators: dice.some(ARTICLE, 3) }));
  return [...deeds, ...onward(writes, at, age, n, dice)].filter((deed) => deed.at < daysFrom(opened, age));
}

/** Where some papers are kept, one with the fingerprint of a file that says that it is invented; one recorded twice and withdrawn. */
function documents(writes: (at: string, part: string, body?: object) => Deed, at: string, n: number, keeper: string): Deed[] {
  const after = (days: number): string => daysFrom(at, days);
  const kept = (days: number, kind: string, register: string, more: object = {}): Deed =>
    writes(after(days), 'documents', { kind, received: dayOf(after(days)), keeper, register, ...more });
  return [
    kept(12, 'residence_permit', `PROT-2026/${1000 + n}`, { dated: dayOf(after(3)), fingerprint: INVENTED_FILE }),
    kept(15, 'payslip', `BP.${100 + n}`, { dated: dayOf(after(-40)) }),
    kept(16, 'payslip', `BP.${100 + n}`, { dated: dayOf(after(-40)) }),
    writes(after(16), 'documents/EXP-2/withdrawal', { reason: 'recorded_twice' }),
  ];
}

/** The way of a case with time: identification, strategy, proximity or first assistance, and for some the end. */
function onward(writes: (at: string, part: string, body?: object) => Deed, at: string, age: number, n: number, dice: Dice): Deed[] {
  const deeds: Deed[] = [];
  const after = (days: number): string => daysFrom(at, days);
  if (dice.chance(0.85)) deeds.push(writes(after(5), 'preliminary-identification', { account: 'Racconto inventato, per esempio.' }));
  if (dice.chance(0.4)) {
    const words = {
      territory: 'Territorio di esempio.',
      specifics: 'Nessun dato vero.',
      resources: 'Rete inventata.',
      obstacles: 'Lingua.',
    };
    deeds.push(writes(after(9), 'intake-strategy', words));
  }
  if (age > MONTH)
    deeds.push(dice.chance(0.5) ? writes(after(20), 'proximity-programme') : writes(after(20), 'first-assistance', { ageBand: 'adult' }));
  if (age > MONTH && dice.chance(0.4)) deeds.push(writes(after(22), 'safety', { status: dice.pick(['no_known_threat', 'at_risk']) }));
  if (age > 2 * MONTH && dice.chance(0.3)) {
    const outcome = {
      on: dayOf(after(44)),
      decidedBy: dice.pick(['police', 'ngo', 'non_police_government']),
      outcome: dice.pick(['possible', 'actual']),
    };
    deeds.push(writes(after(45), 'formal-identification', outcome));
  }
  if (age > 4 * MONTH && n < STAYS_OPEN && dice.chance(0.2)) {
    deeds.push(writes(after(70), 'suspension', { reason: 'person_unreachable' }), writes(after(85), 'resumption'));
  }
  if (n === STAYS_OPEN + 1 && age > 2 * MONTH) deeds.push(writes(after(50), 'suspension', { reason: 'asked_to_pause' }));
  else if (n >= STAYS_OPEN && age > 2 * MONTH && dice.chance(0.8)) {
    deeds.push(writes(after(58), 'closure', { reason: dice.pick(['autonomy_reached', 'transferred', 'person_withdrew', 'unreachable']) }));
  }
  return deeds;
}
