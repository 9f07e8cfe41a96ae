import { contract, field, publishedContracts, upToDate, UnknownVersion, v1, version } from './index';

const contracts = [
  contract('cases', {
    NeedMet: v1({ case: field.ref('case') }),
    NeedFound: version(
      3,
      { cases: field.list(field.ref('case')), urgent: field.flag() },
      { 1: ({ case: of }) => ({ case: of, urgent: false }), 2: ({ case: of, urgent }) => ({ cases: [of], urgent }) },
    ),
  }),
];
const message = (type: string, data: object) => ({ id: '1', type, revision: 4, data });

describe('a published event of an older version', () => {
  it('reaches its handler in the form of today, step by step', () => {
    expect(upToDate(message('raccordo.cases.NeedFound.v1', { case: 'c' }), contracts)).toEqual(
      message('raccordo.cases.NeedFound.v3', { cases: ['c'], urgent: false }),
    );
    expect(upToDate(message('raccordo.cases.NeedFound.v2', { case: 'c', urgent: true }), contracts).data).toEqual({
      cases: ['c'],
      urgent: true,
    });
  });

  it('is left as it was published', () => {
    const old = message('raccordo.cases.NeedFound.v1', { case: 'c' });
    upToDate(old, contracts);
    expect(old).toEqual(message('raccordo.cases.NeedFound.v1', { case: 'c' }));
  });
});

describe('a published event', () => {
  it('of today comes as it is, with fields this release does not know', () => {
    const today = message('raccordo.cases.NeedMet.v1', { case: 'c', later: 7 });
    expect(upToDate(today, contracts)).toBe(today);
  });

  it.each(['raccordo.cases.NeedLost.v1', 'raccordo.elsewhere.NeedMet.v9', 'something else'])(
    'that no contract speaks of comes as it is: %s',
    (type) => {
      const other = message(type, {});
      expect(upToDate(other, contracts)).toBe(other);
    },
  );

  it('of a later version is not guessed at', () => {
    expect(() => upToDate(message('raccordo.cases.NeedMet.v2', {}), contracts)).toThrow(UnknownVersion);
    expect(() => upToDate(message('raccordo.cases.NeedFound.v0', {}), contracts)).toThrow(UnknownVersion);
  });

  it('has an upcaster from every version before its own', () => {
    const missing = publishedContracts.flatMap(({ events }) =>
      Object.entries(events).flatMap(([name, one]) =>
        Array.from({ length: one.version - 1 }, (_, n) => n + 1)
          .filter((n) => !one.upcasters?.[n])
          .map((n) => `${name} ${n}`),
      ),
    );
    expect(missing).toEqual([]);
  });
});
