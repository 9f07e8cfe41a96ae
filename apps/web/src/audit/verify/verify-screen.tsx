import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { fetchFile, saveFile } from '../../api/download';
import { useRead } from '../../api/query';
import { useDates } from '../../text/dates';
import { useText } from '../../text/strings';
import { Actions, Button } from '../../ui/button';
import { Facts } from '../../ui/notice';
import { ProblemNotice } from '../../ui/problem';
import { Screen, Shown } from '../../ui/screen';
import { useStepUp } from '../../ui/step-up';
import type { Checkpoint } from '../answers';
import { Handle } from '../handle';
import { CopyCheck } from './copy-check';
import { verifyStrings } from './strings';

/** The signed point of now, the whole trail to take away, and a place to try a copy. */
export function VerifyScreen(): ReactNode {
  const say = useText(verifyStrings);
  const point = useRead<Checkpoint>('/api/audit/checkpoint', { purpose: 'audit' });
  return (
    <Screen title={say('verify.title')} neutral={say('verify.neutral')}>
      <p>{say('verify.intro')}</p>
      <Shown of={point}>{({ data }) => <Point point={data} />}</Shown>
      <Bundle />
      <CopyCheck />
    </Screen>
  );
}

function Point({ point }: { readonly point: Checkpoint }): ReactNode {
  const say = useText(verifyStrings);
  const { instant } = useDates();
  const { log, size, signedAt, vkey, note } = point;
  return (
    <section className="rc-card" aria-labelledby="checkpoint">
      <h2 id="checkpoint">{say('verify.checkpoint')}</h2>
      <Facts
        of={[
          [say('verify.log'), <Handle of={log} />],
          [say('verify.size'), size],
          [say('verify.signed'), instant(signedAt)],
          [say('verify.key'), <Handle of={vkey} />],
        ]}
      />
      <pre className="rc-raw" tabIndex={0} aria-label={say('verify.checkpoint')}>
        {note}
      </pre>
      <p>{say('verify.saveHint')}</p>
      <p className="rc-soft">{say('verify.single')}</p>
      <Actions>
        <Button kind="second" onClick={() => saveFile(new Blob([note], { type: 'text/plain' }), `${log}-${size}.checkpoint`)}>
          {say('verify.save')}
        </Button>
      </Actions>
    </section>
  );
}

function Bundle(): ReactNode {
  const say = useText(verifyStrings);
  const stepUp = useStepUp(3);
  const load = useMutation({
    mutationFn: async () => saveFile(await fetchFile('/api/audit/bundle', 'audit'), 'audit.bundle'),
  });
  return (
    <section className="rc-card" aria-labelledby="bundle">
      <h2 id="bundle">{say('verify.bundle')}</h2>
      <p>{say('verify.bundleText')}</p>
      <ProblemNotice error={load.error} />
      {stepUp.dialog}
      <Actions>
        <Button busy={load.isPending} onClick={stepUp.before(() => load.mutate())}>
          {say('verify.download')}
        </Button>
      </Actions>
      <h3>{say('verify.how')}</h3>
      <p>{say('verify.howText')}</p>
      <pre className="rc-raw" tabIndex={0} aria-label={say('verify.how')}>
        node verify.mjs audit.bundle --outside audit.checkpoint --vkey chiave.txt
      </pre>
      <p>
        {say('verify.howMeaning')} <code>node tools/verify/build.mjs</code>
      </p>
    </section>
  );
}
