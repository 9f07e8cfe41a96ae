import type { RecordedEvent } from '@platform/kernel';
import type { CaseEvent } from './case';
import { contentOf } from './case-content';

const recorded = (event: object): RecordedEvent & CaseEvent => event as RecordedEvent & CaseEvent;
const at = { stream: 'case-1', log: 'cases@umbria', meta: { at: '2031-03-14T12:00:00.000Z' } };
const opened = recorded({ ...at, type: 'CaseOpened', data: { language: 'fr', urgent: false, ageBand: 'adult', refs: [] } });
const needs = (urgent: boolean): RecordedEvent & CaseEvent => recorded({ ...at, type: 'NeedsRecorded', data: { needs: 1, urgent } });
const sealed = () => () => Promise.resolve({ needs: ['legal'] });

describe('what a case holds', () => {
  it('is as urgent as the needs recorded last say, for all who may see that it exists', async () => {
    expect((await contentOf([opened, needs(true)], [], sealed)).REF?.content).toMatchObject({ urgent: true, language: 'fr' });
    expect((await contentOf([opened, needs(true), needs(false)], [], sealed)).REF?.content).toMatchObject({ urgent: false });
  });

  it('says what is needed only in its own group', async () => {
    const content = await contentOf([opened, needs(true)], [], sealed);
    expect(content.NEED?.content).toEqual({ needs: ['legal'] });
    expect(content.REF?.content).not.toHaveProperty('needs');
  });

  it('is in the phase the last step led to, which stands with the plan', async () => {
    const step = (type: string, data: object = {}): RecordedEvent & CaseEvent => recorded({ ...at, type, data });
    const suspended = step('CaseSuspended', { fromPhase: 'Proximity', reason: 'asked_to_pause' });
    const path = [opened, step('ProximityProgrammeOpened'), suspended, step('CaseResumed', { toPhase: 'Proximity' })];
    const phases = path.map(async (_, n) => (await contentOf(path.slice(0, n + 1), [], sealed)).PLAN?.content);
    expect(await Promise.all(phases)).toEqual(['Emersion', 'Proximity', 'Suspended', 'Proximity'].map((phase) => ({ phase })));
    expect((await contentOf([...path, needs(true)], [], sealed)).PLAN?.content).toEqual({ phase: 'Proximity' });
  });

  it('is what was said of each document, as long as it can be read, and that it was withdrawn', async () => {
    const said = { kind: 'residence_permit', received: '2031-02-01', keeper: 'organisation-7' };
    const document = { group: 'LEG', number: 1, registerRef: 'vault:umbria:a' };
    const kept = recorded({ ...at, type: 'DocumentReferenceRecorded', data: document });
    const gone = recorded({ ...at, type: 'DocumentReferenceWithdrawn', data: { group: 'LEG', number: 1, reason: 'other' } });
    const readable = () => () => Promise.resolve(said);
    const erased = () => () => Promise.resolve(undefined);
    expect((await contentOf([opened, kept], [], readable)).LEG).toEqual({ content: {}, refs: {}, documents: [{ ...said, ...document }] });
    expect((await contentOf([opened, kept, gone], [], readable)).LEG?.documents).toEqual([
      { ...said, ...document, withdrawn: { reason: 'other', on: '2031-03-14' } },
    ]);
    expect((await contentOf([opened, kept, gone], [], erased)).LEG?.documents ?? []).toEqual([]);
  });

  it('was identified preliminarily on a day, and what that rests on lies in the vault', async () => {
    const said = (data: object): RecordedEvent & CaseEvent =>
      recorded({ ...at, type: 'PreliminaryIdentificationCompleted', data: { assessment: 1, ...data } });
    expect((await contentOf([opened, said({})], [], sealed)).EXP).toMatchObject({ content: { preliminary: '2031-03-14' }, refs: {} });
    const account = 'vault:umbria:a';
    expect((await contentOf([opened, said({ accountRef: account })], [], sealed)).EXP?.refs).toEqual({ account });
  });

  it('has the strategy of its intake with the plan, as the last one says, beside the phase', async () => {
    const strategy = (n: number): RecordedEvent & CaseEvent => {
      const ref = (part: string): string => `vault:umbria:${part}${n}`;
      const refs = { territoryRef: ref('t'), specificsRef: ref('s'), resourcesRef: ref('r'), obstaclesRef: ref('o') };
      return recorded({ ...at, type: 'IntakeStrategyRecorded', data: refs });
    };
    const { PLAN } = await contentOf([opened, strategy(1), strategy(2)], [], sealed);
    expect(PLAN?.content).toEqual({ phase: 'Emersion' });
    expect(Object.values(PLAN?.refs ?? {})).toEqual(['vault:umbria:t2', 'vault:umbria:s2', 'vault:umbria:r2', 'vault:umbria:o2']);
  });
});
