import { type ReactNode, useId, useState } from 'react';
import { useText } from '../../text/strings';
import { Notice } from '../../ui/notice';
import { type OwnSheet, readOwnSheet, UnusableFile } from './sheet-file';
import { importStrings } from './strings';

interface Props {
  readonly sheet: OwnSheet | undefined;
  readonly onSheet: (sheet: OwnSheet) => void;
}

/** Step 1. A file that cannot be used says why, and the one before it stays. */
export function FilePart({ sheet, onSheet }: Props): ReactNode {
  const say = useText(importStrings);
  const id = useId();
  const [wrong, setWrong] = useState<UnusableFile['why']>();
  const read = async (file: File | undefined): Promise<void> => {
    if (!file) return;
    try {
      setWrong(undefined);
      onSheet(await readOwnSheet(file));
    } catch (error) {
      setWrong(error instanceof UnusableFile ? error.why : 'unreadable');
    }
  };
  return (
    <section className="rc-card" aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>{say('file.title')}</h2>
      <p>{say('stays')}</p>
      {wrong === undefined ? null : <Notice tone="danger" title={say(`file.faults.${wrong}`)} urgent />}
      <div className="rc-field">
        <label htmlFor={id}>{say('file.label')}</label>
        <p id={`${id}-hint`} className="rc-field-hint">
          {say('file.hint')}
        </p>
        <input
          id={id}
          type="file"
          accept=".csv,.tsv,.txt,.xlsx"
          className="rc-input"
          aria-describedby={`${id}-hint`}
          onChange={(event) => {
            const field = event.currentTarget;
            // Chosen again after it was corrected, the same file is read anew.
            void read(field.files?.[0]).finally(() => (field.value = ''));
          }}
        />
        <p role="status">{sheet ? say('file.read', { name: sheet.name, rows: sheet.rows.length, columns: sheet.columns.length }) : ''}</p>
      </div>
    </section>
  );
}
