import { invalid } from '@platform/kernel';
import type { AuditReceipt } from '@platform/auditing';
import type { Vault, VaultGroup } from '../vault';

/** What a call to a vault may be made of. */
type Shape = 'text' | 'texts' | 'value' | 'receipt';
type Text = string;
type Texts = readonly string[];

interface Call {
  readonly shapes: readonly Shape[];
  readonly run: (vault: Vault, given: never[]) => Promise<unknown>;
}
const call = <A extends readonly unknown[]>(shapes: readonly Shape[], run: (vault: Vault, ...given: A) => Promise<unknown>): Call => ({
  shapes,
  run: (vault, given) => run(vault, ...(given as unknown as A)),
});

/** Everything that can be asked of a vault over the wire, and what each question is made of. Maps travel as their entries. */
export const VAULT_CALLS = {
  put: call<[Text, VaultGroup, Text, Text]>(['text', 'text', 'text', 'text'], (vault, ...given) => vault.put(...given)),
  note: call<[Text, Text]>(['text', 'text'], (vault, ...given) => vault.note(...given)),
  describe: call<[Texts]>(['texts'], (vault, ...given) => vault.describe(...given)),
  reveal: call<[Texts, AuditReceipt]>(['texts', 'receipt'], async (vault, ...given) => [...(await vault.reveal(...given))]),
  keep: call<[Texts]>(['texts'], (vault, ...given) => vault.keep(...given)),
  handleFor: call<[Text, Text]>(['text', 'text'], (vault, ...given) => vault.handleFor(...given)),
  handlesFor: call<[Texts, Text]>(['texts', 'text'], async (vault, ...given) => [...(await vault.handlesFor(...given))]),
  resolve: call<[Text, Text]>(['text', 'text'], (vault, ...given) => vault.resolve(...given)),
  resolveCodename: call<[Text, Text]>(['text', 'text'], (vault, ...given) => vault.resolveCodename(...given)),
  seal: call<[Text, Text, unknown]>(['text', 'text', 'value'], (vault, ...given) => vault.seal(...given)),
  open: call<[Text, Text, Text]>(['text', 'text', 'text'], (vault, ...given) => vault.open(...given)),
  label: call<[Text, Text]>(['text', 'text'], (vault, ...given) => vault.label(...given)),
  claim: call<[Text, Text, Text]>(['text', 'text', 'text'], (vault, ...given) => vault.claim(...given)),
  shred: call<[Text, [Text, Text]]>(['text', 'texts'], (vault, ...given) => vault.shred(...given)),
  isShredded: call<[Text]>(['text'], (vault, ...given) => vault.isShredded(...given)),
} satisfies Record<string, Call>;

export type VaultCall = keyof typeof VAULT_CALLS;
export const isVaultCall = (name: string): name is VaultCall => Object.hasOwn(VAULT_CALLS, name);

const isText = (value: unknown): value is string => typeof value === 'string';
const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
const FITS: Readonly<Record<Shape, (value: unknown) => boolean>> = {
  text: isText,
  texts: (value) => Array.isArray(value) && value.every(isText),
  value: (value) => value !== undefined,
  receipt: (value) => isObject(value) && isText(value.producer) && isText(value.sha256) && isObject(value.body),
};

/** @throws DomainError `vault.malformed-call` (400), which never holds a value */
export function runCall(vault: Vault, name: VaultCall, given: unknown): Promise<unknown> {
  const { shapes, run }: Call = VAULT_CALLS[name];
  const fits = Array.isArray(given) && given.length === shapes.length && shapes.every((shape, n) => FITS[shape](given[n]));
  if (!fits) throw invalid('vault.malformed-call', '/given', 'The vault was asked something that is no question.');
  return run(vault, given as never[]);
}
