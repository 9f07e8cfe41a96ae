import { type ReactNode, useState } from 'react';
import { useLanguage } from '../text/language';
import { useText } from '../text/strings';
import { Actions, Button } from '../ui/button';
import { ErrorSummary } from '../ui/error-summary';
import { TextField } from '../ui/fields';
import { useServerForm } from '../ui/form';
import { Notice } from '../ui/notice';
import { ProblemNotice } from '../ui/problem';
import { ITALIAN_REGIONS } from './choices';
import { useStep } from './progress';
import { RecoverySheet } from './recovery-sheet';
import { setUpStrings } from './strings';

export interface KeySheet {
  readonly words: readonly string[];
  readonly file: string;
  readonly fingerprint: string;
  readonly at: string;
  readonly regions: readonly string[];
  readonly attempt: string;
  readonly ask: readonly number[];
}
type Stage = 'write' | 'confirm';

/** Step 3: the region keys leave the house under eight words, which are seen once. */
export function KeysStep({ token, region }: { readonly token: string; readonly region: string }): ReactNode {
  const say = useText(setUpStrings);
  const language = useLanguage();
  const step = useStep(token);
  const [sheet, setSheet] = useState<KeySheet>();
  const [stage, setStage] = useState<Stage>('write');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>();
  const begin = (): void => {
    setBusy(true);
    setProblem(undefined);
    void step<KeySheet, '/api/setup/keys'>('/api/setup/keys', { language })
      .then(({ data }) => {
        setSheet(data);
        setStage('write');
      })
      .catch((error: unknown) => setProblem(error))
      .finally(() => setBusy(false));
  };
  if (!sheet) {
    return (
      <div className="rc-card">
        <p>{say('keys.text', { region: ITALIAN_REGIONS.find(({ value }) => value === region)?.label ?? region })}</p>
        <p>{say('keys.ready')}</p>
        <ProblemNotice error={problem} />
        <Actions>
          <Button busy={busy} onClick={begin}>
            {say('keys.begin')}
          </Button>
        </Actions>
      </div>
    );
  }
  if (stage === 'confirm')
    return <Confirm token={token} sheet={sheet} onBack={() => setStage('write')} onAnew={() => setSheet(undefined)} />;
  return <Write sheet={sheet} onWritten={() => setStage('confirm')} />;
}

function Write({ sheet, onWritten }: { readonly sheet: KeySheet; readonly onWritten: () => void }): ReactNode {
  const say = useText(setUpStrings);
  const [kept, setKept] = useState(false);
  const keep = (): void => {
    const bytes = Uint8Array.from(atob(sheet.file), (letter) => letter.charCodeAt(0));
    const address = URL.createObjectURL(new Blob([bytes], { type: 'application/octet-stream' }));
    const link = document.createElement('a');
    Object.assign(link, { href: address, download: fileNameOf(sheet) });
    link.click();
    // The browser may still be reading it.
    setTimeout(() => URL.revokeObjectURL(address), 60_000);
    setKept(true);
  };
  return (
    <>
      <section className="rc-card rc-no-print" aria-labelledby="words">
        <h3 id="words">{say('keys.words')}</h3>
        <p>{say('keys.wordsText')}</p>
        <ol className="rc-words">
          {sheet.words.map((word, n) => (
            <li key={n}>{word}</li>
          ))}
        </ol>
        <Actions>
          <Button onClick={() => window.print()}>{say('keys.print')}</Button>
          <Button kind="second" onClick={keep}>
            {say('keys.keep')}
          </Button>
        </Actions>
        <p role="status">{kept ? say('keys.kept') : ''}</p>
      </section>
      <RecoverySheet sheet={sheet} file={fileNameOf(sheet)} />
      <div className="rc-no-print">
        {kept ? null : <Notice tone="warn" title={say('keys.keepFirst')} />}
        <Actions>
          <Button onClick={onWritten} disabled={!kept}>
            {say('keys.written')}
          </Button>
        </Actions>
      </div>
    </>
  );
}

const WORDS = ['first', 'second', 'third'] as const;
const fileNameOf = ({ at }: KeySheet): string => `chiavi-${at.slice(0, 10)}.raccordo`;

interface ConfirmProps {
  readonly token: string;
  readonly sheet: KeySheet;
  readonly onBack: () => void;
  readonly onAnew: () => void;
}

/** Some of the words come back: from the paper, for the screen does not show them any more. */
function Confirm({ token, sheet, onBack, onAnew }: ConfirmProps): ReactNode {
  const say = useText(setUpStrings);
  const step = useStep(token);
  const server = useServerForm(
    { first: '', second: '', third: '' },
    ({ first, second, third }) =>
      step('/api/setup/keys/confirmation', {
        attempt: sheet.attempt,
        words: [first, second, third].map((word) => word.trim().toLowerCase()),
      }),
    // Which of the three is wrong, nobody is told.
    () => 'first',
  );
  const { form } = server;
  return (
    <form noValidate onSubmit={server.submit} className="rc-card">
      <p>{say('keys.confirmText')}</p>
      <ErrorSummary of={server} words={{ 'setup.ceremony-over': say('keys.over') }} />
      {sheet.ask.map((n, i) => (
        <TextField key={n} {...{ form, name: WORDS[i] ?? 'first', label: say('keys.word', { n }) }} maxLength={20} />
      ))}
      <Actions>
        <Button type="submit" busy={server.busy}>
          {say('keys.confirm')}
        </Button>
        <Button kind="second" onClick={onBack}>
          {say('keys.back')}
        </Button>
        <Button kind="second" onClick={onAnew}>
          {say('keys.anew')}
        </Button>
      </Actions>
    </form>
  );
}
