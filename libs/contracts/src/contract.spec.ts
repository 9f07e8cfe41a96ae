import type { RecordedEvent } from '@platform/kernel';
import * as contracts from './index';
import { contract, eventNameOf, field, isContract, personLikePaths, publish, stored, v1 } from './index';

const uuid = '0193a5b0-0000-7000-8000-000000000001';
const recorded = (data: object): RecordedEvent => ({
  id: uuid,
  type: 'OutingPlanned',
  schema: 1,
  data,
  meta: {
    ...{
      at: '2031-03-14T12:00:00.000Z',
      actor: `member-${uuid}`,
      organisation: `organisation-${uuid}`,
      region: 'umbria',
      role: 'coordinator',
    },
    ...{
      session: 's',
      acr: 2,
      purpose: 'joint_outing',
      request: 'r',
      causation: null,
      correlation: 'c',
      command: 'PlanOuting',
      commandId: 'i',
    },
    ...{ commandHash: 'h', policy: 'p', reasons: ['r1'], facts: [], cases: [] },
  },
  stream: `jointOuting-${uuid}`,
  revision: 3,
  log: 'regions@umbria',
  position: '0000000000000007',
});
const outings = contract('outings', { OutingPlanned: v1({ zone: field.ref('borderZone') }) });

describe('a published event', () => {
  it('carries type, subject, revision and region of its source, and the declared data', () => {
    expect(publish(outings, 'OutingPlanned', recorded({}), { zone: `borderZone-${uuid}` })).toEqual({
      ...{ id: uuid, type: 'raccordo.outings.OutingPlanned.v1', subject: `jointOuting-${uuid}`, revision: 3, region: 'umbria' },
      ...{ time: '2031-03-14T12:00:00.000Z', actor: `member-${uuid}`, organisation: `organisation-${uuid}`, correlation: 'c' },
      data: { zone: `borderZone-${uuid}` },
    });
    expect(eventNameOf('raccordo.outings.OutingPlanned.v1')).toBe('OutingPlanned');
  });

  it('does not leave with a field its contract does not declare', () => {
    const more = { zone: `borderZone-${uuid}`, plan: 'x' };
    expect(() => publish(outings, 'OutingPlanned', recorded({}), more)).toThrow('breaks its contract: /plan: not declared');
  });

  it('does not leave with a value of another form, and the error does not repeat it', () => {
    const error = (() => {
      try {
        return publish(outings, 'OutingPlanned', recorded({}), { zone: 'via Garibaldi 3' });
      } catch (thrown) {
        return String(thrown);
      }
    })();
    expect(error).toContain('/zone: not id of a borderZone');
    expect(error).not.toContain('Garibaldi');
  });
});

describe('every contract', () => {
  const all = Object.values<unknown>(contracts).filter(isContract);

  it('is found by this spec', () => expect(all.map(({ context }) => context)).toContain('regions'));

  it.each(all)('of $context promises no value about a person', ({ events }) => expect(personLikePaths(events)).toEqual([]));

  it.each(all)('of $context names its topic after the context', ({ context, topic }) => expect(topic).toBe(`${context}.events.v1`));

  it('with a person-like key would be reported', () => {
    const careless = stored({
      PersonMet: v1({
        firstName: field.code(),
        work: field.record({ street_address: field.code() }),
        people: field.list(field.record({ dob: field.day() })),
      }),
      NoteTaken: v1({ noteRef: field.vaultRef(), email: field.vaultRef(), language: field.code(), codename: field.code() }),
    });
    expect(personLikePaths(careless)).toEqual(['PersonMet.firstName', 'PersonMet.work.street_address', 'PersonMet.people.dob']);
  });

  it('never uses one event name for two contexts', () => {
    const names = all.flatMap(({ events }) => Object.keys(events));
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
  });
});
