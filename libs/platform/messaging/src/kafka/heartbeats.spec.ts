import { beatOf, Beats, heartbeatTopicOf, isHeartbeatTopic, readBeat } from './heartbeats';

const at = (second: number): string => `2026-03-01T09:00:${String(second).padStart(2, '0')}.000Z`;

describe('a heartbeat on Kafka', () => {
  let beats: Beats;
  beforeEach(() => {
    beats = new Beats();
  });

  it('is due once every partition is taken to where it ended then', () => {
    beats.hear({ at: at(1), ends: { 0: '5', 2: '7' } });
    expect([beats.due, beats.missing]).toEqual([undefined, ['0', '2']]);
    beats.reached(0, 5n);
    beats.reached(2, 6n);
    expect([beats.due, beats.missing]).toEqual([undefined, ['2']]);
    beats.reached('2', 9n);
    expect(beats.due).toBe(at(1));
  });

  it('of a topic that holds nothing is due at once', () => {
    beats.hear({ at: at(1), ends: {} });
    expect(beats.due).toBe(at(1));
  });

  it('is the newest one that may be told, and told once', () => {
    for (const second of [1, 2, 3]) beats.hear({ at: at(second), ends: { 0: String(second * 10) } });
    beats.reached(0, 25n);
    expect(beats.due).toBe(at(2));
    beats.told(at(2));
    expect(beats.due).toBeUndefined();
    beats.reached(0, 30n);
    expect(beats.due).toBe(at(3));
  });

  it('that is older than one heard before is passed over', () => {
    beats.hear({ at: at(5), ends: { 0: '9' } });
    beats.hear({ at: at(4), ends: {} });
    expect(beats.due).toBeUndefined();
    beats.reached(0, 9n);
    beats.told(at(5));
    beats.hear({ at: at(5), ends: {} });
    expect(beats.due).toBeUndefined();
  });

  it('never takes a place back', () => {
    beats.hear({ at: at(1), ends: { 0: '5' } });
    beats.reached(0, 5n);
    beats.reached(0, 2n);
    expect(beats.due).toBe(at(1));
  });

  it('reaches a group that is far behind and goes on, however many come after it', () => {
    const told: string[] = [];
    for (let second = 1; second < 60; second++)
      for (let n = 0; n < 10; n++) {
        const moment = `2026-03-01T09:00:${String(second).padStart(2, '0')}.${n}00Z`;
        beats.hear({ at: moment, ends: { 0: String(second * 1000 + n * 100) } });
        beats.reached(0, BigInt((second * 1000 + n * 100) / 2)); // half as fast as what is published
        if (beats.due) told.push(beats.due);
        if (beats.due) beats.told(beats.due);
      }
    expect(told.length).toBeGreaterThan(10);
    expect(told).toEqual([...told].sort());
    expect(told.at(-1)?.slice(0, 18) ?? '').toBe('2026-03-01T09:00:2');
  });

  it('says where each partition ended that holds anything', () => {
    const partitions = [
      { partition: 0, low: '0', high: '12' },
      { partition: 1, low: '0', high: '0' },
      { partition: 2, low: '7', high: '7' },
    ];
    expect(beatOf(at(1), partitions, new Map())).toEqual({ at: at(1), ends: { 0: '12' } });
  });

  it('never ends before what was acknowledged, even if a leader that was cut off says so', () => {
    const partitions = [
      { partition: 0, low: '0', high: '12' },
      { partition: 1, low: '0', high: '0' },
      { partition: 2, low: '0', high: '9' },
    ];
    const acknowledged = new Map([
      [0, 15n],
      [1, 2n],
      [2, 8n],
    ]);
    expect(beatOf(at(1), partitions, acknowledged).ends).toEqual({ 0: '15', 1: '2', 2: '9' });
  });

  it('has a topic of its own beside the events', () => {
    expect(heartbeatTopicOf('cases.events.v1')).toBe('cases.heartbeats.v1');
    expect([isHeartbeatTopic('cases.heartbeats.v1'), isHeartbeatTopic('cases.events.v1')]).toEqual([true, false]);
    expect(() => heartbeatTopicOf('cases')).toThrow('no topic of events');
  });

  it('that cannot be read is told by nobody', () => {
    expect(readBeat(Buffer.from(JSON.stringify({ at: at(1), ends: { 0: '4' } })))).toEqual({ at: at(1), ends: { 0: '4' } });
    for (const text of ['', '{', '{}', '{"at":1,"ends":{}}', '{"at":"x","ends":null}']) expect(readBeat(Buffer.from(text))).toBeUndefined();
    expect(readBeat(null)).toBeUndefined();
  });
});
