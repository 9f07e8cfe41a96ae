import { type ReactNode, useState } from 'react';
import type { BodyOf } from '../api/client';
import { useChange } from '../api/query';
import { useDates } from '../text/dates';
import { useText } from '../text/strings';
import { Actions, Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { ErrorSummary } from '../ui/error-summary';
import { LongText, Select } from '../ui/fields';
import { useServerForm } from '../ui/form';
import { Facts } from '../ui/notice';
import { ProblemNotice } from '../ui/problem';
import { useStepUp } from '../ui/step-up';
import { DUTIES, type Erasure } from './answers';
import type { Said } from './erasures-screen';
import { useProtectionProblems } from './problems';
import { protectionStrings } from './strings';

const READ_AGAIN = ['/api/erasures'] as const;
type Kind = keyof typeof protectionStrings.it.erasure.subject;

interface Props {
  readonly erasure: Erasure;
  readonly onDone: (said: Said) => void;
}

/** One request: approved at the strongest sign-in and after a second thought, or refused by naming a duty. */
export function ErasureCard({ erasure, onDone }: Props): ReactNode {
  const say = useText(protectionStrings);
  const { instant } = useDates();
  const words = useProtectionProblems();
  const [step, setStep] = useState<'sure' | 'refuse'>();
  const stepUp = useStepUp(3);
  const approve = useChange('/api/erasures/{handle}/approval', READ_AGAIN);
  const { handle, etag, subject, ground, requestedAt } = erasure;
  const kind: Kind = subject.kind in protectionStrings.it.erasure.subject ? (subject.kind as Kind) : 'other';
  // Said also where the list, read again, has this one no longer by then.
  const go = (): void =>
    void approve
      .mutateAsync({ params: { handle }, etag })
      .then(
        () => onDone('approved'),
        () => undefined,
      )
      .finally(() => setStep(undefined));
  return (
    <article className="rc-card">
      <h2>
        {say(`erasure.subject.${kind}`)} {subject.codename ?? ''}
      </h2>
      <Facts
        of={[
          [say('erasure.groundTitle'), say(`erasure.ground.${ground}`)],
          [say('erasure.asked'), instant(requestedAt)],
        ]}
      />
      <ProblemNotice error={approve.error} words={words} />
      {stepUp.dialog}
      <Actions>
        <Button kind="danger" onClick={stepUp.before(() => setStep('sure'))}>
          {say('erasure.approve')}
        </Button>
        <Button kind="second" aria-expanded={step === 'refuse'} onClick={() => setStep(step === 'refuse' ? undefined : 'refuse')}>
          {say('erasure.refuse')}
        </Button>
      </Actions>
      <Dialog title={say('erasure.approve')} open={step === 'sure'} onClose={() => setStep(undefined)}>
        <p>{say('erasure.sure')}</p>
        <Actions>
          <Button kind="danger" busy={approve.isPending} onClick={go}>
            {say('erasure.sureGo')}
          </Button>
        </Actions>
      </Dialog>
      {step === 'refuse' ? <RefusalForm erasure={erasure} onDone={onDone} /> : null}
    </article>
  );
}

function RefusalForm({ erasure: { handle, etag }, onDone }: Props): ReactNode {
  const say = useText(protectionStrings);
  const refuse = useChange('/api/erasures/{handle}/refusal', READ_AGAIN);
  const server = useServerForm({ duty: '', account: '' }, async ({ duty, account }) => {
    const body = { duty, ...(account === '' ? {} : { account }) } as BodyOf<'/api/erasures/{handle}/refusal'>;
    await refuse.mutateAsync({ params: { handle }, etag, body });
    onDone('refused');
  });
  return (
    <form noValidate onSubmit={server.submit}>
      <ErrorSummary of={server} words={useProtectionProblems()} />
      <Select
        form={server.form}
        name="duty"
        label={say('erasure.duty')}
        choices={DUTIES.map((value) => ({ value, label: say(`erasure.duties.${value}`) }))}
      />
      <LongText form={server.form} name="account" label={say('erasure.account')} maxLength={2000} optional />
      <Actions>
        <Button type="submit" busy={server.busy}>
          {say('erasure.refuseGo')}
        </Button>
      </Actions>
    </form>
  );
}
