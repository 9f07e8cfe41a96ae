/** The value has no canonical form (not finite, lone surrogate, not plain JSON) or the bytes are not in it. Names no content. */
export class NotCanonical extends Error {
  override readonly name = 'NotCanonical';
}

const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;
/** Printable ASCII without quote and backslash: what nearly every key and code of ours is, and needs no escaping. */
const NEEDS_NO_ESCAPE = /^[\x20\x21\x23-\x5b\x5d-\x7e]*$/;

function text(value: string): string {
  if (NEEDS_NO_ESCAPE.test(value)) return `"${value}"`;
  if (LONE_SURROGATE.test(value)) throw new NotCanonical('a string holds a lone surrogate');
  return JSON.stringify(value);
}

function object(value: object): string {
  const prototype: unknown = Object.getPrototypeOf(value);
  // A Date, a Map or a class instance would silently lose its meaning. The name is compared too: specs run in another realm than Node's own objects.
  if (prototype !== null && (prototype as { constructor?: { name?: string } }).constructor?.name !== 'Object') {
    throw new NotCanonical('only plain objects have a canonical form');
  }
  // The default sort compares UTF-16 code units, as RFC 8785 §3.2.3 asks.
  const members: string[] = [];
  for (const key of Object.keys(value).sort()) {
    const member = (value as Record<string, unknown>)[key];
    if (member !== undefined) members.push(`${text(key)}:${canonicalJson(member)}`);
  }
  return `{${members.join(',')}}`;
}

/**
 * RFC 8785 canonical JSON: one text for one value, so that it can be hashed and signed. Properties that are `undefined` are left out, as in JSON.
 * @throws NotCanonical for NaN and infinities, lone surrogates, bigint, functions, `undefined` in arrays, and objects that are not plain
 */
export function canonicalJson(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return text(value);
    case 'boolean':
      return value ? 'true' : 'false';
    case 'number':
      if (!Number.isFinite(value)) throw new NotCanonical('a number is not finite');
      return String(value); // also turns -0 into 0
    case 'object':
      if (value === null) return 'null';
      return Array.isArray(value) ? `[${Array.from(value, canonicalJson).join(',')}]` : object(value);
    default:
      throw new NotCanonical(`${typeof value} has no canonical form`);
  }
}

/** The UTF-8 bytes of `canonicalJson(value)`. */
export const canonicalBytes = (value: unknown): Buffer => Buffer.from(canonicalJson(value), 'utf8');

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Reads bytes that claim to be canonical and believes nothing: white space, doubled keys, `1.0`, another key order or bad UTF-8 are refused.
 * @throws NotCanonical
 */
export function parseCanonical(bytes: Uint8Array): unknown {
  let value: unknown;
  let read: string;
  try {
    read = utf8.decode(bytes);
    value = JSON.parse(read);
  } catch {
    throw new NotCanonical('not JSON in UTF-8');
  }
  if (canonicalJson(value) !== read) throw new NotCanonical('JSON, but not in canonical form');
  return value;
}
