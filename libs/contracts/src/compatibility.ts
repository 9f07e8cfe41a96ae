import type { Contract } from './contract';
import { type JsonSchema, schemaOf } from './json-schema';

/** What a release promised: message type → schema of its data. Kept in `released.json`. */
export type Released = Readonly<Record<string, JsonSchema>>;

const TYPE = /^raccordo\.([^.]+)\.([^.]+)\.v(\d+)$/;

/**
 * Where contracts break what was promised, in words that say what to do. Services are not exchanged at the same moment, and topics keep their
 * events for ever: a consumer of the last release must be able to read what this one publishes, and this one what the last has published.
 * New events and new optional fields are fine.
 */
export function breaksOf(released: Released, contracts: readonly Contract[]): string[] {
  return Object.entries(released).flatMap(([type, promised]) => {
    const [, context = '', name = '', number = ''] = TYPE.exec(type) ?? [];
    const declared = contracts.find((each) => each.context === context)?.events[name];
    const [what, promisedVersion] = [`${context} ${name}`, Number(number)];
    if (!declared) return [`${what}: is published no more, but consumers of the last release wait for it. Publish it again.`];
    if (declared.version < promisedVersion) return [`${what}: version ${declared.version} was left behind. Never go back.`];
    if (declared.version === promisedVersion) {
      const differences = differencesOf(promised, schemaOf(declared.fields), '');
      const advice = `Make the new field optional, or declare version(${promisedVersion + 1}, …) with an upcaster from ${promisedVersion}.`;
      return differences.map((difference) => `${what}${difference}. ${advice}`);
    }
    const missing = range(promisedVersion, declared.version).filter((version) => !declared.upcasters?.[version]);
    return missing.map(
      (version) => `${what}: version ${version} is still in the topic and has no upcaster. Add { ${version}: (data) => … }.`,
    );
  });
}

const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, n) => from + n);

function differencesOf(was: JsonSchema, is: JsonSchema, at: string): string[] {
  if (was.type !== is.type) return [`${at}: was ${was.type}, is ${is.type}`];
  const forms = (['pattern', 'format', 'minimum', 'minLength', 'maxLength'] as const).filter((form) => was[form] !== is[form]);
  const words = wordDifferences(was.enum, is.enum, at);
  const own = forms.slice(0, 1).map((form) => `${at}: ${form} was ${was[form] ?? 'free'}, is ${is[form] ?? 'free'}`);
  return [
    ...(words.length > 0 ? words : own),
    ...(was.items && is.items ? differencesOf(was.items, is.items, `${at}/*`) : []),
    ...fieldDifferences(was, is, at),
  ];
}

function wordDifferences(was: readonly string[] | undefined, is: readonly string[] | undefined, at: string): string[] {
  if (!was && !is) return [];
  if (!was || !is) return [`${at}: ${was ? 'was' : 'is'} a closed list of words, ${was ? 'is' : 'was'} an open one`];
  const gone = was.filter((word) => !is.includes(word)).map((word) => `${at}: may no longer be ${word}, which older events hold`);
  const added = is
    .filter((word) => !was.includes(word))
    .map((word) => `${at}: may be ${word}, which consumers of the last release do not know`);
  return [...gone, ...added];
}

function fieldDifferences(was: JsonSchema, is: JsonSchema, at: string): string[] {
  const [before, after] = [was.properties ?? {}, is.properties ?? {}];
  const must = (schema: JsonSchema, name: string): boolean => schema.required?.includes(name) ?? false;
  return Object.keys({ ...before, ...after }).flatMap((name) => {
    const [old, now, where] = [before[name], after[name], `${at}/${name}`];
    if (old && !now) return [`${where}: is gone, and consumers of the last release read it`];
    if (!old && now) return must(is, name) ? [`${where}: is new and required, and older events lack it`] : [];
    if (must(was, name) !== must(is, name))
      return [
        must(is, name)
          ? `${where}: is now required, and older events may lack it`
          : `${where}: is now optional, and consumers of the last release count on it`,
      ];
    return old && now ? differencesOf(old, now, where) : [];
  });
}
