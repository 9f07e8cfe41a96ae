import { type ReactNode, useEffect, useState } from 'react';
import { useDates } from '../text/dates';
import { useText } from '../text/strings';
import { Actions, Button, ButtonLink } from '../ui/button';
import { keepable } from './commands';
import { decisionStrings } from './decision-strings';
import { useDoor } from './door';
import type { OpenLocker } from './locker';
import { all, type Kept, type Receipt, remove, tell } from './outbox';
import { offlineStrings } from './strings';
import type { Draft } from './use-draft';
import { Aside } from './waiting-list';

function useKept<T>(locker: OpenLocker, kind: 'draft' | 'receipt' | 'aside'): readonly (T & { id: string })[] {
  const { version } = useDoor();
  const [items, setItems] = useState<readonly (T & { id: string })[]>([]);
  useEffect(() => {
    let current = true;
    void all<T>(locker, kind).then((found) => (current ? setItems(found) : undefined));
    return () => void (current = false);
  }, [locker, kind, version]);
  return items;
}

export function DraftList({ locker }: { readonly locker: OpenLocker }): ReactNode {
  const say = useText(offlineStrings);
  const { fromNow } = useDates();
  const drafts = useKept<Draft<object>>(locker, 'draft');
  return (
    <section aria-labelledby="drafts">
      <h2 id="drafts">{say('drafts.title')}</h2>
      {drafts.length === 0 ? <p>{say('drafts.none')}</p> : null}
      {drafts.map(({ id, at }) => (
        <div key={id} className="rc-card">
          <p>{say('drafts.contact', { when: fromNow(new Date(at).toISOString()) })}</p>
          <Actions>
            <ButtonLink to="/contatti/nuovo">{say('drafts.resume')}</ButtonLink>
            <Button kind="second" onClick={() => void remove(id).then(() => tell(locker.id))}>
              {say('drafts.drop')}
            </Button>
          </Actions>
        </div>
      ))}
    </section>
  );
}

/** Nothing stands here until somebody decided for another's version. */
export function AsideList({ locker }: { readonly locker: OpenLocker }): ReactNode {
  const decide = useText(decisionStrings);
  const items = useKept<Kept>(locker, 'aside');
  if (items.length === 0) return null;
  return (
    <section aria-labelledby="aside">
      <h2 id="aside">{decide('aside.title')}</h2>
      {items.map((item) => (
        <Aside key={item.id} locker={locker} item={item} />
      ))}
    </section>
  );
}

export function ReceiptList({ locker }: { readonly locker: OpenLocker }): ReactNode {
  const say = useText(offlineStrings);
  const { instant } = useDates();
  const receipts = useKept<Receipt>(locker, 'receipt');
  return (
    <section aria-labelledby="receipts">
      <h2 id="receipts">{say('receipts.title')}</h2>
      {receipts.length === 0 ? <p>{say('receipts.none')}</p> : null}
      <ul>
        {[...receipts].reverse().map(({ id, path, sent, codename }) => {
          const of = keepable(path);
          return (
            <li key={id}>
              {say('receipts.line', { what: of ? say(`command.${of.name}`) : '–', when: instant(new Date(sent).toISOString()) })}
              {codename === undefined ? '' : ` – ${say('receipts.codename', { codename })}`}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
