import { lazy, type ReactNode, Suspense, useState } from 'react';
import type { Purpose } from '../api/client';
import { useDirectory } from '../people/directory';
import { useCodes } from '../text/codes';
import { useDates } from '../text/dates';
import { useText } from '../text/strings';
import { Actions, Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { Badge } from '../ui/notice';
import { Table } from '../ui/table';
import { type CaseView, type DocumentLine, documentsOf } from './answers';
import { DocumentCheck, DocumentPlace } from './document-acts';
import { documentStrings } from './documents-strings';

const DocumentForm = lazy(() => import('./document-forms').then((part) => ({ default: part.DocumentForm })));
const WithdrawDocument = lazy(() => import('./document-forms').then((part) => ({ default: part.WithdrawDocument })));

interface Props {
  readonly view: CaseView;
  readonly etag: string | undefined;
  readonly purpose: Purpose | undefined;
  /** The reader's team has custody: it records and withdraws. */
  readonly ours: boolean;
}
type Act = 'place' | 'check' | 'withdraw';

/** Which documents there are and where they are kept. The documents themselves are never here. */
export function DocumentsPart({ view, etag, purpose, ours }: Props): ReactNode {
  const say = useText(documentStrings);
  const [doing, setDoing] = useState<{ act: Act; reference: string }>();
  const [adding, setAdding] = useState(false);
  const { handle } = view;
  const record = { path: '/api/cases/{handle}', params: { handle }, etag } as const;
  const done = (): void => setDoing(undefined);
  const lines = documentsOf(view.groups);
  return (
    <section className="rc-card" aria-label={say('documents.title')}>
      <h2 className="rc-group-name">{say('documents.title')}</h2>
      <p className="rc-soft">{say('documents.text')}</p>
      {lines.length === 0 ? (
        <p>{say('documents.none')}</p>
      ) : (
        <Lines lines={lines} ours={ours} onAct={(act, reference) => setDoing({ act, reference })} />
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

interface LinesProps {
  readonly lines: readonly DocumentLine[];
  readonly ours: boolean;
  readonly onAct: (act: Act, reference: string) => void;
}

function Lines({ lines, ours, onAct }: LinesProps): ReactNode {
  const say = useText(documentStrings);
  const codes = useCodes();
  const directory = useDirectory();
  const { day } = useDates();
  return (
    <Table
      caption={say('documents.caption')}
      headed
      rows={lines}
      keyOf={({ reference }) => reference}
      columns={[
        {
          title: say('documents.kind'),
          cell: ({ reference, kind, withdrawn }) => (
            <>
              {codes.label('document-kind', kind)} <span className="rc-soft">{reference}</span>{' '}
              {withdrawn ? (
                <>
                  <Badge tone="warn">{say('documents.withdrawn')}</Badge>{' '}
                  {say('documents.withdrawnWhy', { reason: codes.label('document-withdrawal', withdrawn.reason), day: day(withdrawn.on) })}
                </>
              ) : null}
            </>
          ),
        },
        { title: say('documents.group'), cell: ({ reference }) => codes.label('field-group', reference.split('-')[0]) },
        { title: say('documents.dated'), cell: ({ dated }) => (dated ? day(dated) : say('documents.undated')) },
        { title: say('documents.received'), cell: ({ received }) => day(received) },
        { title: say('documents.keeper'), cell: ({ keeper }) => directory.name(keeper) },
        {
          title: say('documents.acts'),
          cell: ({ reference, fingerprint, withdrawn }) =>
            withdrawn ? (
              '–'
            ) : (
              <Actions>
                {(['place', ...(fingerprint ? ['check'] : []), ...(ours ? ['withdraw'] : [])] as Act[]).map((act) => (
                  <Button
                    key={act}
                    kind="second"
                    aria-label={`${say(`documents.${act}`)}: ${reference}`}
                    onClick={() => onAct(act, reference)}
                  >
                    {say(`documents.${act}`)}
                  </Button>
                ))}
              </Actions>
            ),
        },
      ]}
    />
  );
}
