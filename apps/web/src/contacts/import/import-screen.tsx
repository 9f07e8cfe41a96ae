import { type ReactNode, useState } from 'react';
import { useText } from '../../text/strings';
import { ProblemNotice } from '../../ui/problem';
import { Screen } from '../../ui/screen';
import { AtLeast } from '../../ui/step-up';
import type { Columns, Field } from './columns';
import { ColumnsForm, columnsOf, type Values, valuesOf } from './columns-form';
import { FilePart } from './file-part';
import { ImportsPart } from './imports-part';
import { RecordingPart } from './recording-part';
import { ResultPart } from './result-part';
import type { OwnSheet } from './sheet-file';
import { importStrings } from './strings';
import { TrialPart } from './trial-part';
import { useRecording } from './use-recording';
import { useTrial } from './use-trial';
import { WordsPart } from './words-part';

export function ImportScreen(): ReactNode {
  const say = useText(importStrings);
  return (
    <Screen title={say('title')} neutral={say('neutral')}>
      <p>{say('intro')}</p>
      <AtLeast level={2}>
        <Steps />
      </AtLeast>
    </Screen>
  );
}

/** Steps below each other: what was chosen above stays to be seen and corrected, until the rows are on their way. */
function Steps(): ReactNode {
  const [sheet, setSheet] = useState<OwnSheet>();
  const [values, setValues] = useState<Values>();
  const [words, setWords] = useState<Columns['words']>({});
  const [stale, setStale] = useState(false);
  const [problem, setProblem] = useState<unknown>();
  const { trial, guess, run, forget } = useTrial();
  const recording = useRecording(sheet, trial);
  const { progress } = recording;

  const begin = async (next: OwnSheet): Promise<void> => {
    setProblem(undefined);
    try {
      // The same columns as before, as in a sheet that was corrected: what was said of them holds.
      const same = sheet !== undefined && values !== undefined && sheet.columns.join('\n') === next.columns.join('\n');
      const begun = same ? values : valuesOf(await guess(next));
      forget();
      setValues(begun);
      setSheet(next);
    } catch (error) {
      setProblem(error);
    }
  };
  const tryIt = async (of: OwnSheet, chosen: Values): Promise<void> => {
    setValues(chosen);
    await run(of, columnsOf(chosen, words));
    setStale(false);
  };
  const mean = (field: Field, word: string, meaning: string | undefined): void => {
    const others = Object.entries(words[field] ?? {}).filter(([one]) => one !== word);
    setWords({ ...words, [field]: Object.fromEntries(meaning === undefined ? others : [...others, [word, meaning]]) });
    setStale(true);
  };
  const another = (): void => {
    forget();
    recording.forget();
    setSheet(undefined);
    setWords({});
  };

  if (sheet && trial && progress?.state === 'done') {
    const left = trial.good.slice(progress.done).map(({ row }) => ({ row, field: '', code: 'row.left' }));
    const refused = [...trial.faults, ...progress.refused, ...left].sort((a, b) => a.row - b.row);
    return (
      <ResultPart {...{ sheet, columns: trial.columns, recorded: progress.recorded, made: progress.import, refused, onAnother: another }} />
    );
  }
  if (sheet && trial && progress) return <RecordingPart progress={progress} of={recording} />;
  return (
    <>
      <FilePart sheet={sheet} onSheet={(next) => void begin(next)} />
      <ProblemNotice error={problem} />
      {sheet && values ? (
        <ColumnsForm
          key={sheet.digest}
          sheet={sheet}
          initial={values}
          tried={trial !== undefined}
          onChange={() => setStale(true)}
          onTry={(chosen) => tryIt(sheet, chosen)}
        />
      ) : null}
      {sheet && trial ? (
        <TrialPart sheet={sheet} trial={trial} stale={stale} onRecord={recording.run}>
          <WordsPart sheet={sheet} trial={trial} words={words} onWord={mean} />
        </TrialPart>
      ) : null}
      <ImportsPart />
    </>
  );
}
