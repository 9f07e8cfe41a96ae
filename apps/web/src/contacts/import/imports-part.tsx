import { type ReactNode, useState } from 'react';
import { useRead } from '../../api/query';
import { useColleagues } from '../../people/directory';
import { useDates } from '../../text/dates';
import { useText } from '../../text/strings';
import { Notice } from '../../ui/notice';
import { Shown } from '../../ui/screen';
import { Table } from '../../ui/table';
import type { SheetImport, Undone } from '../answers';
import { importStrings } from './strings';
import { UndoButton, useUndoneWords } from './undo-button';

/** Imports that may still be undone: one's own, and those of the organisation for whoever coordinates. */
export function ImportsPart(): ReactNode {
  const say = useText(importStrings);
  const { instant } = useDates();
  const colleagues = useColleagues();
  const words = useUndoneWords();
  const [undone, setUndone] = useState<Undone>();
  const imports = useRead<{ items: readonly SheetImport[] }>('/api/contacts/imports', { lively: true });
  const who = ({ own, member }: SheetImport): string => (own ? say('imports.you') : (colleagues.name(member) ?? '–'));
  const standing = ({ recorded, withdrawn }: SheetImport): number => recorded - withdrawn;
  return (
    <section aria-labelledby="imports">
      <h2 id="imports">{say('imports.title')}</h2>
      <p>{say('imports.text')}</p>
      {undone ? <Notice tone="good" title={words(undone)} urgent /> : null}
      <Shown of={imports}>
        {({ data: { items } }) =>
          items.length === 0 ? (
            <p>{say('imports.none')}</p>
          ) : (
            <Table
              caption={say('imports.title')}
              rows={items}
              keyOf={(one) => one.import}
              columns={[
                { title: say('imports.at'), cell: ({ at }) => instant(at) },
                { title: say('imports.who'), cell: who },
                { title: say('imports.standing'), cell: standing },
                { title: say('imports.until'), cell: ({ undoUntil }) => instant(undoUntil) },
                {
                  title: say('imports.next'),
                  cell: (one) =>
                    standing(one) > one.inUse ? (
                      <UndoButton of={one.import} label={say('imports.undo')} onDone={setUndone} />
                    ) : (
                      say(standing(one) === 0 ? 'imports.undone' : 'imports.inUse')
                    ),
                },
              ]}
            />
          )
        }
      </Shown>
    </section>
  );
}
