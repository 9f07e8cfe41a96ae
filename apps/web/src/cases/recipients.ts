import { useDirectory } from '../people/directory';
import { useMe } from '../session/session';

/** Kinds of organisation that never reach a case: nobody need ask for a consent towards them. */
const NEVER = ['labour_inspectorate', 'national_inspectorate', 'trade_union', 'employers_association', 'company', 'prefettura', 'region'];

/** Organisations but one's own, and interregional teams, that data of a case may be opened to. */
export function useRecipients(): { value: string; label: string }[] {
  const directory = useDirectory();
  const { data: me } = useMe();
  return [
    ...directory.organisations
      .filter((one) => one.organisation !== me?.data.organisation && !NEVER.includes(one.kind))
      .map((one) => ({ value: one.organisation, label: one.designation ?? '…' })),
    ...directory.teams.filter(({ kind }) => kind === 'interregional').map(({ team, designation }) => ({ value: team, label: designation })),
  ];
}
