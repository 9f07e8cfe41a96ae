import { lazy, type ReactNode, Suspense, useState } from 'react';
import type { BodyOf } from '../api/client';
import { useChange, useRead } from '../api/query';
import { type CaseView, codesOf, documentsOf } from '../cases/answers';
import { useGoneAfterAMinute } from '../cases/use-revealed';
import { useCodes } from '../text/codes';
import { useText } from '../text/strings';
import { Actions, Button } from '../ui/button';
import { Facts } from '../ui/notice';
import { ReasonDialog } from '../ui/reason-dialog';
import { Shown } from '../ui/screen';
import type { OwnGlass } from './answers';
import { emergencyStrings } from './strings';

const DocumentsPart = lazy(() => import('../cases/documents-part').then((part) => ({ default: part.DocumentsPart })));

type Field = keyof typeof emergencyStrings.it.field;
const known = (field: string): field is Field => field in emergencyStrings.it.field;

/** The one group that was opened: its codes at once, its values one by one with a reason. */
export function OpenedGroup({ glass }: { readonly glass: OwnGlass }): ReactNode {
  const say = useText(emergencyStrings);
  const codes = useCodes();
  const file = useRead<CaseView>('/api/cases/{handle}', { params: { handle: glass.case.handle }, purpose: 'emergency' });
  return (
    <section aria-label={say('shown.title')}>
      <Shown of={file}>
        {({ data }) => {
          const shown = data.groups[glass.group];
          const fields = codesOf(shown?.revealable);
          const lists = Object.entries(shown ?? {}).filter(([field, value]) => field !== 'revealable' && codesOf(value).length > 0);
          const documents = documentsOf(data.groups).length > 0;
          if (fields.length + lists.length === 0 && !documents) return <p>{say('shown.none')}</p>;
          return (
            <>
              <Facts
                of={lists.map(([field, value]) => [
                  known(field) ? say(`field.${field}`) : field,
                  codesOf(value)
                    .map((code) => codes.label('need', code))
                    .join(', '),
                ])}
              />
              <Values glass={glass} fields={fields} />
              {documents ? (
                <Suspense>
                  <DocumentsPart view={data} etag={undefined} purpose="emergency" ours={false} level={4} />
                </Suspense>
              ) : null}
            </>
          );
        }}
      </Shown>
    </section>
  );
}

function Values({ glass, fields }: { readonly glass: OwnGlass; readonly fields: readonly string[] }): ReactNode {
  const say = useText(emergencyStrings);
  const [asking, setAsking] = useState<string>();
  // Opened values live here only: when the access ends, they go with it, and each after a minute.
  const [opened, setOpened] = useState<Readonly<Record<string, string>>>({});
  const reveal = useChange<'/api/cases/{handle}/reveals', { value: string }>('/api/cases/{handle}/reveals');
  const words = (field: string): string => (known(field) ? say(`field.${field}`) : field);
  const open = async (field: string, reason: string): Promise<void> => {
    const body = { group: glass.group, field, reason } as BodyOf<'/api/cases/{handle}/reveals'>;
    const { data } = await reveal.mutateAsync({ params: { handle: glass.case.handle }, body, purpose: 'emergency' });
    setOpened((now) => ({ ...now, [field]: data.value }));
  };
  return (
    <>
      <div role="status">
        {Object.keys(opened).length > 0 ? <p className="rc-soft">{say('shown.minute')}</p> : null}
        <Facts
          of={Object.entries(opened).map(([field, value]) => [
            words(field),
            <Value
              key={field}
              value={value}
              onGone={() => setOpened((now) => Object.fromEntries(Object.entries(now).filter(([one]) => one !== field)))}
            />,
          ])}
        />
      </div>
      <Actions>
        {fields
          .filter((field) => opened[field] === undefined)
          .map((field) => (
            <Button key={field} kind="second" onClick={() => setAsking(field)}>
              {say('shown.value', { field: words(field) })}
            </Button>
          ))}
      </Actions>
      {asking === undefined ? null : (
        <ReasonDialog
          title={say('shown.whyTitle')}
          text={say('shown.whyText')}
          label={say('shown.why')}
          hint={say('shown.whyHint')}
          go={say('shown.go')}
          onClose={() => setAsking(undefined)}
          onReason={(reason) => open(asking, reason)}
        />
      )}
    </>
  );
}

function Value({ value, onGone }: { readonly value: string; readonly onGone: () => void }): ReactNode {
  useGoneAfterAMinute(value, onGone);
  return value;
}
