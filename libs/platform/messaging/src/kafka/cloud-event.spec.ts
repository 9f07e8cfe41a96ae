import type { IHeaders } from 'kafkajs';
import { someMessage } from '../../test/some-messages';
import { digestOfRecord, fromRecord, toRecord } from './cloud-event';

const message = { ...someMessage('case-1', 7), type: 'raccordo.cases.CaseClosed.v1', data: { reason: 'emersion' } };
const record = (over: IHeaders = {}, value: string | null = JSON.stringify(message.data)) => {
  const { headers } = toRecord(message);
  const kept = Object.entries({ ...headers, ...over }).filter(([, text]) => text !== undefined);
  return { offset: '41', headers: Object.fromEntries(kept), value: value === null ? null : Buffer.from(value) };
};

describe('a message on Kafka', () => {
  it('is a CloudEvent in binary mode, keyed by its stream', () => {
    expect(toRecord(message)).toEqual({
      key: 'case-1',
      value: '{"reason":"emersion"}',
      headers: {
        ...{ ce_specversion: '1.0', ce_id: message.id, ce_type: 'raccordo.cases.CaseClosed.v1', ce_source: '/raccordo/cases/umbria' },
        ...{ ce_subject: 'case-1', ce_partitionkey: 'case-1', ce_time: message.time, ce_revision: '7', ce_region: 'umbria' },
        ...{ ce_actor: 'member-1', ce_organisation: 'organisation-1', ce_correlation: 'r1', 'content-type': 'application/json' },
      },
    });
  });

  it('names its attributes as CloudEvents allow: lower-case letters and digits, at most 20', () => {
    const names = Object.keys(toRecord(message).headers ?? {}).filter((name) => name !== 'content-type');
    expect(names.filter((name) => !/^ce_[a-z0-9]{1,20}$/.test(name))).toEqual([]);
  });

  it('comes back as it was', () => {
    expect(fromRecord('cases.events.v1', 0, record())).toEqual(message);
  });

  it.each([
    ['without an id', { ce_id: undefined }, undefined],
    ['with two types', { ce_type: ['a', 'b'] }, undefined],
    ['of another version of CloudEvents', { ce_specversion: '2.0' }, undefined],
    ['with a revision that is no number', { ce_revision: '7a' }, undefined],
    ['without data', {}, null],
    ['with data that are no JSON', {}, '{"name":"Rosa'],
    ['with data that are no object', {}, '7'],
  ])('%s is not read, and the error says where it lies and quotes nothing', (_, headers, value) => {
    const reading = (): unknown => fromRecord('cases.events.v1', 3, record(headers, value));
    expect(reading).toThrow('cases.events.v1 partition 3 offset 41 is no CloudEvent of ours');
    expect(reading).not.toThrow('Rosa');
  });
});

describe('the digest of a record', () => {
  const bytes = (text: string): Buffer => Buffer.from(text);
  const one = { key: bytes('case-1'), value: bytes('x'), headers: { a: 'b', c: ['d', bytes('e')] } };

  it('is the same for the same record, however its headers come', () => {
    expect(digestOfRecord({ ...one, headers: { c: [bytes('d'), 'e'], a: bytes('b') } })).toBe(digestOfRecord(one));
  });

  it.each([
    ['another key', { key: bytes('case-2') }],
    ['no key', { key: null }],
    ['an empty value', { value: bytes('') }],
    ['no value', { value: null }],
    ['a header less', { headers: { a: 'b', c: ['d'] } }],
    ['one header instead of two', { headers: { a: 'b', c: 'de' } }],
    ['bytes moved from the key to the value', { key: bytes('case-'), value: bytes('1x') }],
    ['bytes moved from a header to its name', { headers: { ab: '', c: ['d', bytes('e')] } }],
  ])('is another one for %s', (_, over) => {
    expect(digestOfRecord({ ...one, ...over })).not.toBe(digestOfRecord(one));
  });
});
