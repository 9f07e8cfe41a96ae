import { useActs } from '../audit/acts';
import { useCodes } from '../text/codes';
import { useText } from '../text/strings';
import type { DiffLine } from './answers';
import { lineStrings } from './line-strings';

type Words = typeof lineStrings.it;
/** Parts of a place that name a code of a list. */
const LISTS: Readonly<Record<string, string>> = { for: 'purpose', purpose: 'purpose', phase: 'phase', by: 'organisation-kind' };
const CONDITIONAL = /^(\w+)-if-(\w+)-else-(\w+)$/;

/** A difference in words. A line names its place by its table, what it is about, and where in it: `command.CloseCase.coordinator.custodian-team`. */
export function useLineWords() {
  const say = useText(lineStrings);
  const { label } = useCodes();
  const acts = useActs();
  const standing = (code: string): string => (code in lineStrings.it.standing ? say(`standing.${code as keyof Words['standing']}`) : code);
  const isPart = (code: string): code is keyof Words['part'] => code in lineStrings.it.part;
  const part = (code: string): string => (isPart(code) ? say(`part.${code}`) : code);

  function about(line: DiffLine): string {
    const [table = '', of = ''] = line.cell.split('.');
    if (table === 'command') return say('table.command', { of: acts.name(of) });
    if (table === 'kind') return say('table.kind', { of: label('organisation-kind', of) });
    if (table === 'relation') return say('table.relation', { of: standing(of) });
    return table === 'limit' ? say('table.limit', { of: label('field-group', of) }) : say('table.seal');
  }
  function where({ cell }: DiffLine): string {
    const rest = cell.split('.').slice(cell.startsWith('seal.') ? 1 : 2);
    const [first = '', second] = rest;
    if (second === undefined) return isPart(first) ? part(first) : label(/^[A-Z]+$/.test(first) ? 'field-group' : 'discipline', first);
    if (first === 'may') return `${part(first)} ${standing(second)}`;
    if (first === 'unbound') return `${part(first)} ${part(second)}`;
    const list = LISTS[first];
    return list === undefined ? `${label('role', first)}, ${standing(second)}` : `${part(first)}: ${label(list, second)}`;
  }
  function value(word: string): string {
    const [, show, when, otherwise] = CONDITIONAL.exec(word) ?? [];
    if (show && when && otherwise) {
      const condition = when in lineStrings.it.when ? say(`when.${when as keyof Words['when']}`) : when;
      return say('otherwise', { show: value(show), when: condition, otherwise: value(otherwise) });
    }
    return word in lineStrings.it.value ? say(`value.${word as keyof Words['value']}`) : label('view', word).toLowerCase();
  }
  return {
    /** What a line is about: lines of one subject stand together. */
    about,
    /** The line itself, below what it is about. */
    change: (line: DiffLine): string => say('change', { what: where(line), before: value(line.before), after: value(line.after) }),
  };
}
