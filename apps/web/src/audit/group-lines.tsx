import type { ReactNode } from 'react';
import { codesOf, type FieldGroup, type ShownGroup, textOf } from '../cases/answers';
import { pageStrings } from '../cases/page-strings';
import { caseStrings } from '../cases/strings';
import { useCodes, useSpokenLanguages } from '../text/codes';
import { useDates } from '../text/dates';
import { useText } from '../text/strings';
import { Place } from '../ui/place';
import { Table } from '../ui/table';
import { auditStrings } from './strings';

const LISTS: Readonly<Record<string, readonly string[]>> = {
  region: ['region'],
  needs: ['need'],
  indicators: ['indicator', 'forced-labour-indicator'],
  exploitation: ['exploitation-type'],
  outcome: ['identification-outcome'],
  decidedBy: ['identification-authority'],
};
const HIDDEN = ['view', 'revealable', 'codename'];
const DAY = /^\d{4}-\d\d-\d\d$/;

type Ages = typeof caseStrings.it.new.ages;
type Indications = typeof pageStrings.it.page.indications;

/** What a view shows of each group: codes and coarse places, never a value of the vault. */
export function GroupLines({ groups }: { readonly groups: Readonly<Partial<Record<FieldGroup, ShownGroup>>> }): ReactNode {
  const say = useText(auditStrings);
  const { label } = useCodes();
  const rows = Object.entries(groups);
  if (rows.length === 0) return <p>{say('replay.nothing')}</p>;
  return (
    <Table
      caption={say('replay.then')}
      rows={rows}
      keyOf={([group]) => group}
      columns={[
        { title: say('trail.groups'), cell: ([group]) => label('field-group', group) },
        { title: say('replay.how'), cell: ([, shown]) => label('view', shown.view) },
        { title: say('replay.content'), cell: ([, shown]) => <Content of={shown} /> },
      ]}
    />
  );
}

function Content({ of }: { readonly of: ShownGroup }): ReactNode {
  const say = useText(auditStrings);
  const cases = useText(caseStrings);
  const page = useText(pageStrings);
  const { label } = useCodes();
  const { name } = useSpokenLanguages();
  const { day } = useDates();
  const inWords = (field: string, code: string): string => {
    if (field === 'language') return name(code);
    if (field === 'ageBand') return code in caseStrings.it.new.ages ? cases(`new.ages.${code as keyof Ages}`) : code;
    if (field === 'indication' && code in pageStrings.it.page.indications) return page(`page.indications.${code as keyof Indications}`);
    if (DAY.test(code)) return day(code);
    return (LISTS[field] ?? []).map((list) => label(list, code)).find((words) => words !== code) ?? code;
  };
  const parts = Object.entries(of).flatMap(([field, value]): ReactNode[] => {
    if (HIDDEN.includes(field) || value === null || value === false) return [];
    if (field === 'comune') return [<Place key={field} of={textOf(value)} />];
    if (field === 'province') return [label('province', textOf(value))];
    if (value === true) return [field === 'recorded' ? say('replay.recorded') : field === 'urgent' ? cases('line.urgent') : field];
    const codes = codesOf(value).map((code) => inWords(field, code));
    if (codes.length > 0) return [codes.join(', ')];
    return typeof value === 'string' && value !== '' ? [inWords(field, value)] : [];
  });
  return parts.length === 0 ? '–' : parts.map((part, n) => <span key={n}>{n === 0 ? part : <>; {part}</>}</span>);
}
