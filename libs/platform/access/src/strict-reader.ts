import { isWord } from './words';

/** The policy document says something it may not say. Thrown when it is loaded, so that a service never starts on it. */
export class FaultyPolicy extends Error {
  override readonly name = 'FaultyPolicy';
  constructor(
    readonly where: string,
    problem: string,
  ) {
    super(`${where}: ${problem}`);
  }
}

/** One value of the document with its place in it. Every accessor refuses what it does not know. */
export class Node {
  constructor(
    readonly where: string,
    readonly value: unknown,
  ) {}

  fault(problem: string): FaultyPolicy {
    return new FaultyPolicy(this.where, problem);
  }

  /** A mapping with all of the required keys and none but the optional ones. */
  mapping<K extends string, O extends string = never>(
    required: readonly K[],
    optional: readonly O[] = [],
  ): Record<K, Node> & Partial<Record<O, Node>> {
    const entries = this.entries();
    const known: readonly string[] = [...required, ...optional];
    for (const [key] of entries) if (!known.includes(key)) throw this.fault(`unknown word "${key}"`);
    for (const key of required) if (!entries.some(([name]) => name === key)) throw this.fault(`"${key}" is missing`);
    return Object.fromEntries(entries) as Record<K, Node> & Partial<Record<O, Node>>;
  }

  entries(): readonly (readonly [string, Node])[] {
    const { value } = this;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw this.fault('a mapping is expected');
    return Object.entries(value).map(([key, inner]) => [key, new Node(`${this.where}.${key}`, inner)] as const);
  }

  list(): readonly Node[] {
    if (!Array.isArray(this.value)) throw this.fault('a list is expected');
    return this.value.map((inner: unknown, n) => new Node(`${this.where}[${n}]`, inner));
  }

  text(): string {
    if (typeof this.value !== 'string' || this.value.trim() === '') throw this.fault('a text is expected');
    return this.value;
  }

  matching(pattern: RegExp): string {
    const text = this.text();
    if (!pattern.test(text)) throw this.fault(`"${text}" has not the form ${String(pattern)}`);
    return text;
  }

  integer(least: number, most: number): number {
    const { value } = this;
    if (typeof value !== 'number' || !Number.isInteger(value) || value < least || value > most) {
      throw this.fault(`a whole number from ${least} to ${most} is expected`);
    }
    return value;
  }

  flag(): boolean {
    if (typeof this.value !== 'boolean') throw this.fault('true or false is expected');
    return this.value;
  }

  word<W extends string>(words: readonly W[]): W {
    if (!isWord(words, this.value)) throw this.fault(`unknown word "${String(this.value)}"`);
    return this.value;
  }

  /** A list of words, none of them twice. */
  words<W extends string>(words: readonly W[]): readonly W[] {
    const found = this.list().map((node) => node.word(words));
    if (new Set(found).size !== found.length) throw this.fault('a word stands twice');
    return found;
  }
}
