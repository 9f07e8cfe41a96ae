import type { ReactNode } from 'react';
import { useRead } from '../api/query';
import { useText } from '../text/strings';
import { Shown } from '../ui/screen';
import type { Items } from '../deliveries/answers';
import type { Preview } from './answers';
import { alertStrings } from './strings';
import { ToldFacts } from '../deliveries/told-facts';
import { useAlertWords } from '../deliveries/words';

/** What each kind of recipient would be told, side by side. Kinds that are told the same stand together. */
export function Previews({ handle }: { readonly handle: string }): ReactNode {
  const say = useText(alertStrings);
  const previews = useRead<Items<Preview>>('/api/alerts/{handle}/previews', { params: { handle } });
  return (
    <section aria-labelledby="previews">
      <h2 id="previews">{say('preview.title')}</h2>
      <p>{say('preview.intro')}</p>
      <Shown of={previews}>
        {({ data }) => (
          <div className="rc-columns">
            {together(data.items).map((group) => (
              <PreviewCard key={group.map(({ kind, signatory }) => kind + signatory).join()} of={group} />
            ))}
          </div>
        )}
      </Shown>
    </section>
  );
}

const together = (items: readonly Preview[]): readonly (readonly Preview[])[] => [
  ...Map.groupBy(items, ({ content, kind }) => (content === null ? `nothing ${kind === 'trade_union'}` : JSON.stringify(content))).values(),
];

function PreviewCard({ of }: { readonly of: readonly Preview[] }): ReactNode {
  const say = useText(alertStrings);
  const { kind } = useAlertWords();
  const names = [
    ...new Set(
      of.map((one) =>
        one.kind === 'trade_union'
          ? `${kind(one.kind)} (${say(one.signatory ? 'preview.signatory' : 'preview.notSignatory')})`
          : kind(one.kind),
      ),
    ),
  ];
  const content = of[0]?.content;
  return (
    <article className="rc-card">
      <h3>{names.join(', ')}</h3>
      {content ? <ToldFacts told={content} company={content.company} /> : <p>{say('preview.nothing')}</p>}
    </article>
  );
}
