import { type ReactNode, useState } from 'react';
import { useFragment } from '../accounts/fragment';
import { signInAddress } from '../session/session';
import { useDemo } from '../shell/demo';
import { useText } from '../text/strings';
import { Actions, Button } from '../ui/button';
import { TextField } from '../ui/fields';
import { useServerForm } from '../ui/form';
import { Notice } from '../ui/notice';
import { Screen, Shown } from '../ui/screen';
import { AdministratorStep } from './administrator-step';
import { FinishStep } from './finish-step';
import { GroundStep } from './ground-step';
import { KeysStep } from './keys-step';
import { MailStep } from './mail-step';
import { type Progress, type Step, STEPS, useProgress } from './progress';
import { setUpStrings } from './strings';

/** *Inizia davvero*: five steps, one at a time, resumed where they stopped. */
export function SetUpScreen(): ReactNode {
  const say = useText(setUpStrings);
  const given = useFragment();
  const [typed, setTyped] = useState('');
  const token = given || typed;
  const progress = useProgress(token);
  const { data: demo } = useDemo();
  const [finished, setFinished] = useState(false);
  return (
    <Screen title={say('title')} neutral={say('neutral')}>
      {demo?.demo ? <Notice tone="warn" title={say('demo')} /> : null}
      {finished ? (
        <Notice tone="good" title={say('finished')} urgent>
          <a href={signInAddress('/')}>{say('enter')}</a>
        </Notice>
      ) : token === '' || progress.error ? (
        <TokenForm wrong={progress.error !== null} onToken={setTyped} open={progress.data?.open ?? true} />
      ) : (
        <Shown of={progress}>{(data) => <Steps token={token} progress={data} onFinished={() => setFinished(true)} />}</Shown>
      )}
    </Screen>
  );
}

const currentOf = (progress: Progress): Step => STEPS.find((step) => step === 'import' || progress[step] !== true) ?? 'import';

function Steps({
  token,
  progress,
  onFinished,
}: {
  readonly token: string;
  readonly progress: Progress;
  readonly onFinished: () => void;
}): ReactNode {
  const say = useText(setUpStrings);
  /** The colleagues of step 2 come after the administrator is there; somebody has to say that nobody is left. */
  const [peopleDone, setPeopleDone] = useState(progress.keys === true || progress.mail === true);
  const reached = currentOf(progress);
  const current = reached !== 'organisation' && reached !== 'administrator' && !peopleDone ? 'administrator' : reached;
  return (
    <>
      <p className="rc-no-print">{say('intro')}</p>
      <ol className="rc-steps rc-no-print" aria-label={say('steps')}>
        {STEPS.map((step, n) => (
          <li key={step} aria-current={step === current ? 'step' : undefined} className={progress[step as 'keys'] ? 'rc-step-done' : ''}>
            {say('step', { n: n + 1 })} – {say(`${step}.title`)}
            {step !== current && STEPS.indexOf(step) < STEPS.indexOf(current) ? ` – ${say('done')}` : ''}
          </li>
        ))}
      </ol>
      <h2 className="rc-no-print">{say(`${current}.title`)}</h2>
      {current === 'organisation' ? <GroundStep token={token} /> : null}
      {current === 'administrator' ? (
        <AdministratorStep token={token} enrolled={progress.administrator === true} onNobodyElse={() => setPeopleDone(true)} />
      ) : null}
      {current === 'keys' ? <KeysStep token={token} region={progress.region ?? ''} /> : null}
      {current === 'mail' ? <MailStep token={token} post={progress.post === true} /> : null}
      {current === 'import' ? <FinishStep token={token} onFinished={onFinished} /> : null}
    </>
  );
}

function TokenForm({
  wrong,
  open,
  onToken,
}: {
  readonly wrong: boolean;
  readonly open: boolean;
  readonly onToken: (token: string) => void;
}): ReactNode {
  const say = useText(setUpStrings);
  const server = useServerForm({ token: '' }, ({ token }) => Promise.resolve(onToken(token.trim())));
  if (!open && !wrong) return <Notice title={say('closed')} />;
  return (
    <form noValidate onSubmit={server.submit} className="rc-card">
      {wrong ? <Notice tone="danger" title={say('wrongToken')} urgent /> : null}
      <p>{say('tokenText')}</p>
      <TextField {...{ form: server.form, name: 'token', label: say('token'), hint: say('tokenHint') }} />
      <Actions>
        <Button type="submit" busy={server.busy}>
          {say('begin')}
        </Button>
      </Actions>
    </form>
  );
}
