import { type ReactNode, useState } from 'react';
import { useRead } from '../api/query';
import { useText } from '../text/strings';
import { Actions, Button } from '../ui/button';
import { Notice } from '../ui/notice';
import { Screen, Shown } from '../ui/screen';
import { AtLeast } from '../ui/step-up';
import { Table } from '../ui/table';
import type { Items } from './answers';
import { ModelName, ModelState } from './model-state';
import { RebuildCell } from './rebuild-cell';
import { type Context, CONTEXTS, listOf, type ReadModel } from './system-answers';
import { systemStrings } from './system-strings';

/** How the read models of the installation are, and where one is built again. */
export function SystemScreen(): ReactNode {
  const say = useText(systemStrings);
  return (
    <Screen title={say('title')} neutral={say('neutral')}>
      <p>{say('intro')}</p>
      <AtLeast level={2}>
        <Contexts />
      </AtLeast>
    </Screen>
  );
}

/** Each context answers for itself: where one is away, the others are there. */
function Contexts(): ReactNode {
  const say = useText(systemStrings);
  const [said, announce] = useState('');
  const lists = [useModels('regions'), useModels('cases'), useModels('referrals'), useModels('alerts'), useModels('audit')];
  const all = lists.flatMap(({ data }) => data?.data.items ?? []);
  const whole = lists.every(({ data, error }) => data !== undefined && error === null);
  const troubled = all.some(({ state, parked }) => state === 'stopped' || parked > 0);
  return (
    <>
      <p role="status" className="rc-sr">
        {said}
      </p>
      {troubled ? <Notice tone="warn" title={say('look')} /> : whole ? <Notice tone="good" title={say('fine')} /> : null}
      <Actions>
        <Button kind="second" onClick={() => void Promise.all(lists.map(({ refetch }) => refetch())).then(() => announce(say('read')))}>
          {say('again')}
        </Button>
      </Actions>
      {CONTEXTS.map((context, n) => (
        <section key={context} className="rc-models" aria-labelledby={`models-${context}`}>
          <h2 id={`models-${context}`}>{say(`contexts.${context}`)}</h2>
          <Shown of={lists[n] ?? { data: undefined, error: null, refetch: () => undefined }}>
            {({ data }) => <Models context={context} models={data.items} announce={announce} />}
          </Shown>
        </section>
      ))}
    </>
  );
}

const useModels = (context: Context) => useRead<Items<ReadModel>>(listOf(context));

interface Props {
  readonly context: Context;
  readonly models: readonly ReadModel[];
  readonly announce: (words: string) => void;
}

function Models({ context, models, announce }: Props): ReactNode {
  const say = useText(systemStrings);
  const of = say(`contexts.${context}`);
  const acting = models.filter(({ acts }) => acts);
  const what = { title: say('what'), cell: (model: ReadModel) => <ModelName name={model.name} /> };
  const state = { title: say('state'), cell: (model: ReadModel) => <ModelState model={model} /> };
  return (
    <>
      <Table
        caption={say('caption', { of })}
        headed
        rows={models.filter(({ acts }) => !acts)}
        keyOf={({ name }) => name}
        columns={[
          what,
          state,
          { title: say('last'), cell: (model) => <RebuildCell context={context} model={model} announce={announce} /> },
        ]}
      />
      {acting.length === 0 ? null : (
        <details className="rc-card" open={acting.some((model) => model.state === 'stopped' || model.parked > 0)}>
          <summary className="rc-summary">{say('automaticTitle', { count: acting.length })}</summary>
          <p>{say('automaticText')}</p>
          <Table caption={say('automatic', { of })} headed rows={acting} keyOf={({ name }) => name} columns={[what, state]} />
        </details>
      )}
    </>
  );
}
