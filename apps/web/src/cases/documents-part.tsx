import { lazy, type ReactNode, Suspense, useState } from 'react';
import type { Purpose } from '../api/client';
import { useText } from '../text/strings';
import { Actions, Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { type CaseView, documentsOf } from './answers';
import { DocumentCheck, DocumentPlace } from './document-acts';
import { DocumentLines } from './document-lines';
import { documentStrings } from './documents-strings';

const DocumentForm = lazy(() => import('./document-forms').then((part) => ({ default: part.DocumentForm })));
const WithdrawDocument = lazy(() => import('./document-forms').then((part) => ({ default: part.WithdrawDocument })));

interface Props {
  readonly view: CaseView;
  readonly etag: string | undefined;
  readonly purpose: Purpose | undefined;
  /** The reader's team has custody: it records and withdraws. */
  readonly ours: boolean;
  /** Level of the heading: one below what stands above. */
  readonly level?: 2 | 4;
}
type Act = 'place' | 'check' | 'withdraw';

/** Which documents there are and where they are kept. The documents themselves are never here. */
export function DocumentsPart({ view, etag, purpose, ours, level = 2 }: Props): ReactNode {
  const Heading = `h${level}` as const;
  const say = useText(documentStrings);
  const [doing, setDoing] = useState<{ act: Act; reference: string }>();
  const [adding, setAdding] = useState(false);
  const { handle } = view;
  const record = { path: '/api/cases/{handle}', params: { handle }, etag } as const;
  const done = (): void => setDoing(undefined);
  const lines = documentsOf(view.groups);
  return (
    <section className="rc-card" aria-label={say('documents.title')}>
      <Heading className="rc-group-name">{say('documents.title')}</Heading>
      <p className="rc-soft">{say('documents.text')}</p>
      {lines.length === 0 ? (
        <p>{say('documents.none')}</p>
      ) : (
        <DocumentLines
          lines={lines}
          acts={({ reference, fingerprint }) =>
            (['place', ...(fingerprint ? ['check'] : []), ...(ours ? ['withdraw'] : [])] as Act[]).map((act) => (
              <Button
                key={act}
                kind="second"
                aria-label={`${say(`documents.${act}`)}: ${reference}`}
                onClick={() => setDoing({ act, reference })}
              >
                {say(`documents.${act}`)}
              </Button>
            ))
          }
        />
      )}
      {ours ? (
        <Actions>
          <Button onClick={() => setAdding(true)}>{say('documents.add')}</Button>
        </Actions>
      ) : null}
      <Dialog title={say('documents.add')} open={adding} onClose={() => setAdding(false)}>
        <Suspense>{adding ? <DocumentForm record={record} onDone={() => setAdding(false)} /> : null}</Suspense>
      </Dialog>
      {doing === undefined ? null : (
        <Dialog title={say(`documents.${doing.act}Of`, { reference: doing.reference })} open onClose={done}>
          <Suspense>
            {doing.act === 'place' ? (
              <DocumentPlace {...{ handle, purpose }} reference={doing.reference} onClose={done} />
            ) : doing.act === 'check' ? (
              <DocumentCheck {...{ handle, purpose }} reference={doing.reference} />
            ) : (
              <WithdrawDocument record={record} reference={doing.reference} onDone={done} />
            )}
          </Suspense>
        </Dialog>
      )}
    </section>
  );
}
