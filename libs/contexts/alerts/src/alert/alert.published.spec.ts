import { alertsContract, eventNameOf } from '@contracts';
import type { RecordedEvent } from '@platform/kernel';
import * as example from './alert-examples';
import { publishedAlert } from './alert.published';

const recorded = (stream: string, { type, data }: { type: string; data: object }): RecordedEvent => ({
  ...{ id: '00000000-0000-8000-8000-000000000001', type, schema: 1, data, stream, revision: 2, log: 'alerts@umbria', position: '7' },
  meta: {
    ...{ at: example.DRAFTED_AT, actor: example.inspector.member, organisation: example.INSPECTORATE, region: 'umbria', role: 'inspector' },
    ...{ session: 's', acr: 2, purpose: 'direct_assistance', request: 'r', causation: null, correlation: 'c', command: 'C' },
    ...{ commandId: 'i', commandHash: 'h', policy: 'p', reasons: ['r'], facts: [], cases: [] },
  },
});
const answered = { type: 'AlertAnswered', data: { alert: example.ALERT, outcome: 'inspection_planned' } };

describe('what leaves the alerts context', () => {
  const { issued, closed, withdrawn, expired, ...inside } = example.told;

  it.each([issued, closed, withdrawn, expired])('of $type names the subject', (event) => {
    const message = publishedAlert(recorded(example.ALERT, event));
    expect(eventNameOf(message?.type ?? '')).toBe(event.type);
    expect(message?.data).toMatchObject({ alert: example.ALERT, subject: 'company', dossier: example.DOSSIER });
  });

  it('of an answer is the outcome and not who answered', () => {
    const message = publishedAlert(recorded(example.DELIVERY, answered));
    expect(message?.data).toEqual({ alert: example.ALERT, outcome: 'inspection_planned' });
    expect(JSON.stringify(message)).not.toContain(example.INSPECTORATE);
    expect(JSON.stringify(message)).not.toContain(example.inspector.member);
  });

  it.each(Object.values(inside))('is nothing of $type', (event) => expect(publishedAlert(recorded(example.ALERT, event))).toBeUndefined());

  it('never tells the place, the cohort or whom an alert reaches', () => {
    expect(JSON.stringify(publishedAlert(recorded(example.ALERT, issued)))).not.toMatch(
      /054039|cohort|workers|audience|labour_inspectorate/,
    );
  });

  it('publishes what the contract lists, and no more', () => {
    const names = [issued, closed, withdrawn, expired, answered].map(({ type }) => type).sort();
    expect(Object.keys(alertsContract.events).sort()).toEqual(names);
  });
});
