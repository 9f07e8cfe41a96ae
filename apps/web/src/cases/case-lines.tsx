import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useCodes } from '../text/codes';
import { useDates } from '../text/dates';
import { useText } from '../text/strings';
import { Badge } from '../ui/notice';
import { Place } from '../ui/place';
import { Table } from '../ui/table';
import { type CaseListItem, codesOf, textOf } from './answers';
import { caseStrings } from './strings';

interface Props {
  readonly caption: string;
  /** A heading above says it already. */
  readonly headed?: boolean;
  readonly items: readonly CaseListItem[];
}

/** Cases in a list: only what the caller may see of each, which differs from line to line. */
export function CaseLines({ items, ...named }: Props): ReactNode {
  const say = useText(caseStrings);
  const codes = useCodes();
  const { day } = useDates();
  return (
    <Table
      {...named}
      rows={items}
      keyOf={({ handle }) => handle}
      columns={[
        {
          title: say('line.codename'),
          cell: ({ handle, codename, groups }) => (
            <>
              <Link to="/casi/$handle" params={{ handle }}>
                {codename}
              </Link>{' '}
              {groups.REF?.urgent === true ? <Badge tone="danger">{say('line.urgent')}</Badge> : null}
            </>
          ),
        },
        {
          title: say('line.needs'),
          cell: ({ groups }) =>
            codesOf(groups.NEED?.needs)
              .map((need) => codes.label('need', need))
              .join(', ') || '–',
        },
        { title: say('line.where'), cell: ({ groups }) => <Place of={textOf(groups.TERR?.comune)} band={textOf(groups.TERR?.province)} /> },
        { title: say('line.signs'), cell: ({ groups }) => signs(groups.EXP?.indicators, (band) => say('line.recorded', { band })) },
        { title: say('line.updated'), cell: ({ updatedOn }) => day(updatedOn) },
      ]}
    />
  );
}

/** A list of codes, or a band of their number: whichever this caller is shown. */
const signs = (indicators: unknown, say: (band: string) => string): string => {
  const count = codesOf(indicators).length;
  return count > 0 ? say(String(count)) : textOf(indicators) ? say(String(indicators)) : '–';
};
