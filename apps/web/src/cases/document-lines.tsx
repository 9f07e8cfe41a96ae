import type { ReactNode } from 'react';
import { useDirectory } from '../people/directory';
import { useCodes } from '../text/codes';
import { useDates } from '../text/dates';
import { useText } from '../text/strings';
import { Actions } from '../ui/button';
import { Badge } from '../ui/notice';
import { type Column, Table } from '../ui/table';
import type { DocumentLine } from './answers';
import { documentStrings } from './documents-strings';

interface Props {
  readonly lines: readonly DocumentLine[];
  /** What can be done with one that still counts. Absent: it is only told. */
  readonly acts?: (line: DocumentLine) => ReactNode;
}

/** What each document is and who keeps it. */
export function DocumentLines({ lines, acts }: Props): ReactNode {
  const say = useText(documentStrings);
  const codes = useCodes();
  const directory = useDirectory();
  const { day } = useDates();
  const told: readonly Column<DocumentLine>[] = [
    {
      title: say('documents.kind'),
      cell: ({ reference, kind, withdrawn }) => (
        <>
          {codes.label('document-kind', kind)} <span className="rc-soft">{reference}</span>{' '}
          {withdrawn ? (
            <>
              <Badge tone="warn">{say('documents.withdrawn')}</Badge>{' '}
              {say('documents.withdrawnWhy', { reason: codes.label('document-withdrawal', withdrawn.reason), day: day(withdrawn.on) })}
            </>
          ) : null}
        </>
      ),
    },
    { title: say('documents.group'), cell: ({ reference }) => codes.label('field-group', reference.split('-')[0]) },
    { title: say('documents.dated'), cell: ({ dated }) => (dated ? day(dated) : say('documents.undated')) },
    { title: say('documents.received'), cell: ({ received }) => day(received) },
    { title: say('documents.keeper'), cell: ({ keeper }) => directory.name(keeper) },
  ];
  const doing: readonly Column<DocumentLine>[] = acts
    ? [{ title: say('documents.acts'), cell: (line) => (line.withdrawn ? '–' : <Actions>{acts(line)}</Actions>) }]
    : [];
  return (
    <Table caption={say('documents.caption')} headed rows={lines} keyOf={({ reference }) => reference} columns={[...told, ...doing]} />
  );
}
