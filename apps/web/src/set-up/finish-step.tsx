import { type ReactNode, useState } from 'react';
import { useText } from '../text/strings';
import { Actions, Button } from '../ui/button';
import { ProblemNotice } from '../ui/problem';
import { finishSetUp } from './progress';
import { setUpStrings } from './strings';

/** Step 5: what to do with the spreadsheets there are, and the end. */
export function FinishStep({ token, onFinished }: { readonly token: string; readonly onFinished: () => void }): ReactNode {
  const say = useText(setUpStrings);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>();
  const finish = (): void => {
    setBusy(true);
    setProblem(undefined);
    void finishSetUp(token)
      .then(onFinished)
      .catch((error: unknown) => setProblem(error))
      .finally(() => setBusy(false));
  };
  return (
    <div className="rc-card">
      <p>{say('import.text')}</p>
      <p>{say('import.who')}</p>
      <p>{say('import.how')}</p>
      <p>{say('import.later')}</p>
      <ProblemNotice error={problem} words={{ 'setup.unfinished': say('import.unfinished') }} />
      <p>{say('import.end')}</p>
      <Actions>
        <Button busy={busy} onClick={finish}>
          {say('import.finish')}
        </Button>
      </Actions>
    </div>
  );
}
