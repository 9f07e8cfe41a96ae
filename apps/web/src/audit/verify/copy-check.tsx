import { useMutation } from '@tanstack/react-query';
import { type ReactNode, useId, useState } from 'react';
import { useText } from '../../text/strings';
import { Actions, Button } from '../../ui/button';
import { Facts, Notice } from '../../ui/notice';
import { Table } from '../../ui/table';
import { Handle } from '../handle';
import { verifyStrings } from './strings';
import { type Verification, verifyBundle } from './verifier';

interface Asked {
  readonly file: File;
  readonly outside: string;
  readonly vkey: string;
}

/** A copy is tried in this browser. What it says about itself is not believed: only what the person brings from elsewhere is. */
export function CopyCheck(): ReactNode {
  const say = useText(verifyStrings);
  const [file, setFile] = useState<File>();
  const [outside, setOutside] = useState('');
  const [vkey, setVkey] = useState('');
  const [share, setShare] = useState(0);
  const ids = { file: useId(), outside: useId(), vkey: useId() };
  const check = useMutation({
    mutationFn: ({ file: copy, outside: note, vkey: key }: Asked) =>
      verifyBundle(copy, { ...(note === '' ? {} : { outsideCheckpoint: note }), ...(key === '' ? {} : { vkey: key }) }, setShare),
  });
  return (
    <section className="rc-card" aria-labelledby="copy">
      <h2 id="copy">{say('verify.drop')}</h2>
      <p>{say('verify.dropText')}</p>
      <div
        className="rc-field rc-drop"
        onDragOver={(event) => event.preventDefault()}
        onDrop={(event) => {
          event.preventDefault();
          setFile(event.dataTransfer.files[0]);
        }}
      >
        <label htmlFor={ids.file}>{say('verify.file')}</label>
        <input id={ids.file} type="file" className="rc-input" onChange={(event) => setFile(event.target.files?.[0])} />
        {file === undefined ? null : <p className="rc-soft">{file.name}</p>}
      </div>
      <div className="rc-field">
        <label htmlFor={ids.outside}>{say('verify.outside')}</label>
        <p className="rc-field-hint" id={`${ids.outside}-hint`}>
          {say('verify.outsideHint')}
        </p>
        <textarea
          id={ids.outside}
          className="rc-input"
          aria-describedby={`${ids.outside}-hint`}
          value={outside}
          onChange={(event) => setOutside(event.target.value)}
        />
      </div>
      <div className="rc-field">
        <label htmlFor={ids.vkey}>{say('verify.vkey')}</label>
        <input id={ids.vkey} className="rc-input" autoComplete="off" value={vkey} onChange={(event) => setVkey(event.target.value)} />
      </div>
      <Actions>
        <Button busy={check.isPending} onClick={() => file && check.mutate({ file, outside, vkey: vkey.trim() })}>
          {say('verify.go')}
        </Button>
      </Actions>
      <div role="status">
        {check.isPending ? <p>{say('verify.working', { percent: Math.round(share * 100) })}</p> : null}
        {check.error ? <Notice tone="danger" title={say('verify.failed')} /> : null}
        {check.data && !check.isPending ? <Verdict of={check.data} /> : null}
      </div>
    </section>
  );
}

/** Which words belong to a finding of the verifier. */
const wordsFor = (code: string): keyof typeof verifyStrings.it.fault => {
  if (code.startsWith('outside.')) return 'outside';
  if (code.startsWith('checkpoint.')) return 'checkpoint';
  if (code.startsWith('key.')) return 'key';
  if (code === 'case.chain') return 'chain';
  return code === 'bundle.header' ? 'file' : 'entry';
};

function Verdict({ of }: { readonly of: Verification }): ReactNode {
  const say = useText(verifyStrings);
  const { ok, entries, root, findings, unproven } = of;
  return (
    <>
      <Notice tone={ok ? 'good' : 'danger'} title={ok ? say('verify.good', { count: entries }) : say('verify.bad')} />
      {ok ? null : (
        <Table
          caption={say('verify.found')}
          rows={findings}
          keyOf={({ code, index }) => `${code} ${index ?? ''}`}
          columns={[
            { title: say('verify.where'), cell: ({ index }) => index ?? say('verify.whole') },
            { title: say('verify.code'), cell: ({ code }) => `${say(`fault.${wordsFor(code)}`)} (${code})` },
          ]}
        />
      )}
      <Facts of={[[say('verify.root'), <Handle of={root} />]]} />
      <h3>{say('verify.unproven')}</h3>
      <ul>
        {unproven.map((one) => (
          <li key={one}>{one in verifyStrings.it.unproven ? say(`unproven.${one as keyof typeof verifyStrings.it.unproven}`) : one}</li>
        ))}
      </ul>
    </>
  );
}
