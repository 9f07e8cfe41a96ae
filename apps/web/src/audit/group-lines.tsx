import type { ReactNode } from 'react';
import { codesOf, type FieldGroup, type ShownGroup, textOf } from '../cases/answers';
import { useCodes } from '../text/codes';
import { useText } from '../text/strings';
import { Place } from '../ui/place';
import { Table } from '../ui/table';
import { auditStrings } from './strings';

const LISTS: Readonly<Record<string, string>> = { needs: 'need', indicators: 'indicator' };
const HIDDEN = ['view', 'revealable', 'codename'];

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
        { title: say('replay.sees'), cell: ([, shown]) => label('view', shown.view) },
        { title: say('replay.recorded'), cell: ([, shown]) => <Content of={shown} /> },
      ]}
    />
  );
}

function Content({ of }: { readonly of: ShownGroup }): ReactNode {
  const say = useText(auditStrings);
  const { label } = useCodes();
  const parts = Object.entries(of).flatMap(([field, value]): ReactNode[] => {
    if (HIDDEN.includes(field) || value === null || value === false) return [];
    if (field === 'comune') return [<Place key={field} of={textOf(value)} />];
    if (field === 'province') return [label('province', textOf(value))];
    if (value === true) return [field === 'recorded' ? say('replay.recorded') : field];
    const codes = codesOf(value).map((code) => label(LISTS[field] ?? '', code));
    if (codes.length > 0) return [codes.join(', ')];
    return typeof value === 'string' ? [value] : [];
  });
  return parts.length === 0 ? '–' : parts.map((part, n) => <span key={n}>{n === 0 ? part : <>; {part}</>}</span>);
}
