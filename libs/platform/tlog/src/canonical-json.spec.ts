import * as fc from 'fast-check';
import { canonicalBytes, canonicalJson, NotCanonical, parseCanonical } from './canonical-json';

const parsed = (json: string) => canonicalJson(JSON.parse(json));

describe('canonical JSON', () => {
  it('writes the sample of RFC 8785 §3.2 as the RFC does', () => {
    const sample = String.raw`{
      "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
      "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
      "literals": [null, true, false]
    }`;
    expect(parsed(sample)).toBe(
      String.raw`{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}`,
    );
  });

  it('sorts keys by UTF-16 code units, as in RFC 8785 §3.2.3', () => {
    const sample = String.raw`{"\u20ac":"Euro Sign","\r":"Carriage Return","\ufb33":"Hebrew Letter Dalet With Dagesh","1":"One","\ud83d\ude00":"Emoji: Grinning Face","\u0080":"Control","\u00f6":"Latin Small Letter O With Diaeresis"}`;
    const order = [...parsed(sample).matchAll(/:"([^"]+)"/g)].map((match) => match[1]);
    expect(order).toEqual([
      'Carriage Return',
      'One',
      'Control',
      'Latin Small Letter O With Diaeresis',
      'Euro Sign',
      'Emoji: Grinning Face',
      'Hebrew Letter Dalet With Dagesh',
    ]);
  });

  it.each([
    ['0000000000000000', '0'],
    ['8000000000000000', '0'],
    ['0000000000000001', '5e-324'],
    ['8000000000000001', '-5e-324'],
    ['7fefffffffffffff', '1.7976931348623157e+308'],
    ['ffefffffffffffff', '-1.7976931348623157e+308'],
    ['4340000000000000', '9007199254740992'],
    ['c340000000000000', '-9007199254740992'],
    ['4430000000000000', '295147905179352830000'],
    ['44b52d02c7e14af5', '9.999999999999997e+22'],
    ['44b52d02c7e14af6', '1e+23'],
    ['44b52d02c7e14af7', '1.0000000000000001e+23'],
    ['444b1ae4d6e2ef4e', '999999999999999700000'],
    ['444b1ae4d6e2ef4f', '999999999999999900000'],
    ['444b1ae4d6e2ef50', '1e+21'],
    ['3eb0c6f7a0b5ed8c', '9.999999999999997e-7'],
    ['3eb0c6f7a0b5ed8d', '0.000001'],
    ['41b3de4355555553', '333333333.3333332'],
    ['41b3de4355555557', '333333333.33333343'],
    ['becbf647612f3696', '-0.0000033333333333333333'],
    ['43143ff3c1cb0959', '1424953923781206.2'],
  ])('writes the double %s as %s (RFC 8785, appendix B)', (bits, expected) => {
    expect(canonicalJson(Buffer.from(bits, 'hex').readDoubleBE(0))).toBe(expected);
  });

  it.each([
    ['NaN', NaN],
    ['infinity', -Infinity],
    ['a lone high surrogate', 'a\ud800'],
    ['a lone low surrogate', '\udc00a'],
    ['a lone surrogate in a key', { '\ud800': 1 }],
    ['bigint', 1n],
    ['undefined', undefined],
    ['undefined in an array', [undefined]],
    ['a function', () => 1],
    ['a symbol', Symbol('x')],
    ['a date', new Date(0)],
    ['a map', new Map()],
    ['bytes', Buffer.from('x')],
  ])('refuses %s', (_name, value) => {
    expect(() => canonicalJson(value)).toThrow(NotCanonical);
  });

  it('leaves undefined members out and keeps a key called __proto__', () => {
    expect(canonicalJson({ b: undefined, a: 1 })).toBe('{"a":1}');
    expect(parsed('{"__proto__":1,"a":2}')).toBe('{"__proto__":1,"a":2}');
  });

  it('is a fixed point, and does not depend on the order in which keys were set', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = canonicalJson(value);
        expect(canonicalJson(JSON.parse(text))).toBe(text);
        expect(parseCanonical(canonicalBytes(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
      { seed: 8785, numRuns: 500 },
    );
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.integer(), { maxKeys: 8 }), (record) => {
        expect(canonicalJson(Object.fromEntries(Object.entries(record).reverse()))).toBe(canonicalJson(record));
      }),
      { seed: 8785, numRuns: 300 },
    );
  });

  it.each([
    ['white space', '{"a": 1}'],
    ['a trailing newline', '{"a":1}\n'],
    ['another key order', '{"b":1,"a":1}'],
    ['a doubled key', '{"a":1,"a":1}'],
    ['another spelling of a number', '{"a":1.0}'],
    ['another spelling of a character', String.raw`{"a":"\u0041"}`],
    ['an escaped slash', String.raw`{"a":"\/"}`],
    ['a byte order mark', '\ufeff{"a":1}'],
    ['no JSON', 'a'],
    ['nothing', ''],
  ])('is not read back from %s', (_name, text) => {
    expect(() => parseCanonical(Buffer.from(text))).toThrow(NotCanonical);
    expect(parseCanonical(Buffer.from('{"a":1}'))).toEqual({ a: 1 });
  });

  it('is not read back from bytes that are not UTF-8', () => {
    expect(() => parseCanonical(Buffer.from([0x22, 0xc3, 0x28, 0x22]))).toThrow(NotCanonical);
  });
});
