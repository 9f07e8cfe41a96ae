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
});
