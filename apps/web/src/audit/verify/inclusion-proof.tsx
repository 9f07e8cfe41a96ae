import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { get, type QueryOf } from '../../api/client';
import { useText } from '../../text/strings';
import { Actions, Button } from '../../ui/button';
import { Notice } from '../../ui/notice';
import { ProblemNotice } from '../../ui/problem';
import type { Checkpoint, ShownEntry } from '../answers';
import { auditStrings } from '../strings';
import { type EntryVerification, verifyEntry } from './verifier';

async function prove({ index, entry }: ShownEntry): Promise<EntryVerification> {
  const { data: point } = await get<Checkpoint, '/api/audit/checkpoint'>('/api/audit/checkpoint', { purpose: 'audit' });
  const query = { index, size: point.size } as QueryOf<'/api/audit/proofs/inclusion'>;
  const path = '/api/audit/proofs/inclusion';
  const { data } = await get<{ hashes: readonly string[] }, typeof path>(path, { query, purpose: 'audit' });
  return verifyEntry({ entry, index, hashes: data.hashes, note: point.note, vkey: point.vkey });
}

/** From the entry as it is shown to the signed point, worked out here: the server's word is not taken for it. */
export function InclusionProof({ shown }: { readonly shown: ShownEntry }): ReactNode {
  const say = useText(auditStrings);
  const proof = useMutation({ mutationFn: () => prove(shown) });
  return (
    <section className="rc-card" aria-label={say('entry.prove')}>
      <p>{say('entry.proveText')}</p>
      <ProblemNotice error={proof.error} />
      {proof.data === undefined ? null : proof.data.ok ? (
        <Notice tone="good" title={say('entry.proven', { size: proof.data.size })} urgent />
      ) : (
        <Notice tone="danger" title={say('entry.notProven')} urgent />
      )}
      <Actions>
        <Button kind="second" busy={proof.isPending} onClick={() => proof.mutate()}>
          {say('entry.prove')}
        </Button>
      </Actions>
    </section>
  );
}
