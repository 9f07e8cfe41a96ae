import * as fc from 'fast-check';
import { json, numberOf, position } from './storable';

describe('the text of an event', () => {
  it('comes back as it was', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.jsonValue(), (text, value) => {
        const event = { text: text.replaceAll('\0', ''), value: JSON.parse(JSON.stringify(value).replaceAll('\\u0000', '')) as unknown };
        fc.pre(JSON.stringify(event).isWellFormed() && !/\\ud[89a-f]/.test(JSON.stringify(event)));
        expect(JSON.parse(json(event))).toEqual(event);
      }),
      { seed: 20261123 },
    );
  });

  it.each(['a\u0000', '\ud800', 'x\udc00y', '\\\u0000'])('is refused where it holds what no store keeps (%j)', (text) => {
    expect(() => json({ text })).toThrow('cannot be stored');
    expect(() => json({ [text]: 1 })).toThrow('cannot be stored');
  });

  it.each(['\\u0000', '\\\\u0000', '\\ud800', '𝄞', 'u0000', '\u0001'])('is kept where it only looks so (%j)', (text) => {
    expect(JSON.parse(json({ text }))).toEqual({ text });
  });
});

describe('a position', () => {
  it('is ordered as text as its number is', () => {
    const number = fc.bigInt({ min: 0n, max: 9_999_999_999_999_999n });
    fc.assert(
      fc.property(number, number, (a, b) => {
        expect(position(a) < position(b)).toBe(a < b);
        expect(BigInt(numberOf(position(a)))).toBe(a);
      }),
      { seed: 20261123 },
    );
  });

  it('that is none is refused', () => {
    for (const text of ['', '1', '00000000000000001', '000000000000000x', '-000000000000001']) expect(() => numberOf(text)).toThrow();
  });
});
