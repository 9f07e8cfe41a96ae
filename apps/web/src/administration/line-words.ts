import { useActs } from '../audit/acts';
import { useCodes } from '../text/codes';
import { useText } from '../text/strings';
import { administrationStrings } from './strings';

/** A line of the difference names its place (`kind.trade_union.COMP`, `command.CloseCase.coordinator.custodian-team`): in words where there are any. */
export function useLineWords(): (cell: string) => string {
  const say = useText(administrationStrings);
  const { label } = useCodes();
  const acts = useActs();
  const LISTS = ['field-group', 'role', 'purpose', 'phase', 'discipline', 'organisation-kind'];
  const word = (code: string): string => LISTS.map((list) => label(list, code)).find((one) => one !== code) ?? code;
  return (cell) => {
    const [table = '', of = '', ...rest] = cell.split('.');
    const tail = rest.map(word).join(' · ');
    const head =
      table === 'kind'
        ? say('line.kind', { of: label('organisation-kind', of) })
        : table === 'relation'
          ? say('line.relation', { of })
          : table === 'limit'
            ? say('line.limit', { of: label('field-group', of) })
            : table === 'command'
              ? say('line.command', { of: `${acts.name(of)}${acts.name(of) === of ? '' : ` (${of})`}` })
              : say('line.seal');
    return tail === '' ? head : `${head}: ${tail}`;
  };
}
