import { findComune, isPartitaIva } from '@platform/codes';
import { type Deed, daysFrom } from './deed';
import { ACTIVE_REGIONS, demoWorld, demoWorldPlan, STARTING_REGION } from './demo-world';
import { baseWorld, idsOf } from '../base-world';
import { Dice } from './dice';
import { OUTINGS } from './ground-plan';
import { BEGINS, demoPlan } from './plan';
import { ENDS, SCENES } from './referral-plan';

const TODAY = '2026-06-01T00:00:00.000Z';
const plan = demoPlan(TODAY);
const to = (path: RegExp): Deed[] => plan.filter((deed) => path.test(deed.path) && !deed.finds);
const needed = (deed: Deed): string[] =>
  [...`${deed.path}${JSON.stringify(deed.body ?? {})}`.matchAll(/\{([a-z][\w.@-]*)\}/g)].map(([, name]) => name ?? '');

describe('the plan of the invented data', () => {
  it('is the same twice for the same day, and leads up to another day otherwise', () => {
    expect(demoPlan(TODAY)).toEqual(plan);
    expect(demoPlan('2026-06-02T00:00:00.000Z')).not.toEqual(plan);
  });

  it('lies between the beginning of the network and today, in its order', () => {
    const times = plan.map(({ at }) => at);
    expect(times).toEqual([...times].sort());
    expect((times[0] ?? '') > daysFrom(TODAY, -BEGINS)).toBe(true);
    expect((times.at(-1) ?? '') < TODAY).toBe(true);
    // Fourteen months, give or take the days of a month.
    expect(Date.parse(TODAY) - Date.parse(times[0] ?? '')).toBeGreaterThan(13.5 * 30 * 86_400_000);
  });

  it('names nothing that was not learned before, and nothing twice', () => {
    const learned = new Set<string>();
    for (const deed of plan) {
      expect([deed.path, needed(deed).filter((name) => !learned.has(name))]).toEqual([deed.path, []]);
      for (const name of [...Object.keys(deed.learns ?? {}), ...(deed.finds ? [deed.finds.name] : [])]) {
        expect([name, learned.has(name)]).toEqual([name, false]);
        learned.add(name);
      }
    }
  });

  it('never lets two lanes of one instant touch the same thing', () => {
    const lanes = new Map<string, string>();
    for (const deed of plan)
      for (const name of [...needed(deed), ...Object.keys(deed.learns ?? {})]) {
        const key = `${deed.at} ${name}`;
        const born = Object.hasOwn(deed.learns ?? {}, name);
        if (born || lanes.has(key)) expect([key, lanes.get(key) ?? deed.lane]).toEqual([key, deed.lane]);
        if (born) lanes.set(key, deed.lane);
      }
  });

  it('has sixty cases in five regions, fourteen companies and twelve outings at the border', () => {
    expect(to(/^\/api\/cases$/)).toHaveLength(60);
    expect(new Set(to(/^\/api\/cases$/).map(({ lane }) => lane.replace(/-\d+$/, '')))).toEqual(new Set(ACTIVE_REGIONS));
    const companies = to(/^\/api\/companies$/).map(({ body }) => (body as { vat: string }).vat);
    expect(new Set(companies).size).toBe(14);
    expect(companies.every(isPartitaIva)).toBe(true);
    expect(new Set(to(/^\/api\/contacts$/).map(({ body }) => (body as { on: string }).on)).size).toBe(OUTINGS);
  });

  it('has dynamics that are over, that two regions saw, that end within a week, and that lie over the border', () => {
    const seen = to(/^\/api\/dynamics$/).map(({ who, body }) => ({ who, ...(body as { comune: string; from: string; to: string }) }));
    const ends = (from: number, until: number): number =>
      seen.filter((one) => one.to >= daysFrom(TODAY, from).slice(0, 10) && one.to < daysFrom(TODAY, until).slice(0, 10)).length;
    expect([seen.length, ends(-BEGINS, 0), ends(0, 7), ends(7, 500)]).toEqual([12, 5, 1, 6]);
    expect(to(/^\/api\/dynamics\/.*\/corroboration$/).map(({ who }) => who)).toEqual(['nora', 'giulia', 'giulia']);
    expect(seen.filter(({ who, comune }) => who === 'omar' && findComune(comune)?.region === 'umbria')).toHaveLength(1);
    // Nobody sees what is still to come.
    expect(to(/^\/api\/dynamics$/).filter(({ at, body }) => (body as { from: string }).from > at.slice(0, 10))).toEqual([]);
  });

  it('brings referrals to every state there is', () => {
    expect(new Set(SCENES.map(({ end }) => end))).toEqual(new Set(ENDS));
    expect(new Set(SCENES.map((one) => `${one.from}-${one.case}`)).size).toBe(SCENES.length);
    expect(to(/^\/api\/referrals$/)).toHaveLength(SCENES.length);
  });

  it('has an offer and an emergency that fall due within two days of today, wherever in the day one looks', () => {
    const hoursAfterToday = (at: string, hours: number): number => (Date.parse(at) - Date.parse(TODAY)) / 3_600_000 + hours;
    const urgent = SCENES.find(({ end }) => end === 'urgent');
    const due = hoursAfterToday(daysFrom(TODAY, -(urgent?.ago ?? 0)), 72);
    const review = hoursAfterToday(to(/^\/api\/break-glass$/)[0]?.at ?? '', 72);
    for (const hours of [due, review]) expect([hours > 24, hours < 48]).toEqual([true, true]);
  });

  it('holds a withdrawn and a refused consent, requests nobody answered, and one person forgotten', () => {
    const answers = (how: string): number => to(new RegExp(`^/api/consents/.*/${how}$`)).length;
    expect([answers('withdrawal'), answers('refusal')]).toEqual([1, 5]);
    expect(to(/\/consents$/).length - answers('giving') - answers('refusal')).toBe(5);
    expect(to(/\/approval$/).map(({ who }) => who)).toEqual(['dora']);
  });

  it('uses municipalities that exist and telephone numbers that do not', () => {
    const comuni = plan.flatMap(({ body }) => (body as { comune?: string } | undefined)?.comune ?? []);
    expect(comuni.length).toBeGreaterThan(100);
    expect(comuni.filter((comune) => !findComune(comune))).toEqual([]);
    const phones = [...JSON.stringify(plan).matchAll(/\+39[ \d]+/g)].map(([phone]) => phone);
    expect(phones.filter((phone) => !phone.startsWith('+39 000 '))).toEqual([]);
  });
});

describe('the world of the invented data', () => {
  it('says of every organisation and team that it is an example', () => {
    const { organisations, teams } = demoWorld();
    expect([...organisations, ...teams].filter(({ designation }) => !designation.includes('Esempio'))).toEqual([]);
  });

  it('holds the story’s world, so that the story can be told in it', () => {
    const [large, small] = [idsOf(demoWorld()), idsOf(baseWorld())];
    expect(large).toMatchObject(small);
  });

  it('keeps the story’s people of Toscana out of its cases, and knows everybody who acts', () => {
    expect(plan.filter(({ who }) => who === 'elena' || who === 'bruno')).toEqual([]);
    const known = new Set(demoWorld().members.map(({ key }) => key));
    expect(demoWorldPlan().people.filter((who) => !known.has(who))).toEqual([]);
    expect([...new Set(plan.map(({ who }) => who))].filter((who) => !demoWorldPlan().people.includes(who))).toEqual([]);
  });

  it('leaves the sixth region to begin', () => {
    expect(demoWorld().regions.map(({ region }) => region)).not.toContain(STARTING_REGION);
    expect(to(/^\/api\/regions$/).map(({ body }) => body)).toEqual([{ region: STARTING_REGION }]);
  });
});

describe('dice', () => {
  it('fall the same way for the same seed', () => {
    const thrown = (seed: number): number[] => {
      const dice = new Dice(seed);
      return Array.from({ length: 20 }, () => dice.below(6));
    };
    expect(thrown(7)).toEqual(thrown(7));
    expect(thrown(7)).not.toEqual(thrown(8));
    expect([...thrown(7), ...thrown(8)].every((one) => one >= 0 && one < 6)).toBe(true);
  });

  it('pick different ones, in order', () => {
    const picked = new Dice(1).some(['a', 'b', 'c', 'd'], 3);
    expect(picked).toEqual([...new Set(picked)].sort());
    expect(picked).toHaveLength(3);
  });
});
