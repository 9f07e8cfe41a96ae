import { type ReactNode, useState } from 'react';
import type { GetPath, QueryOf, Reading } from '../api/client';
import { useRead } from '../api/query';
import { Actions, Button } from './button';
import { Shown } from './screen';

interface Page<T> {
  readonly items: readonly T[];
  readonly next?: string;
}
interface Props<T, P extends GetPath> {
  readonly path: P;
  /** Filters and the length of a page. Where filters change, the pages begin anew: key them by the filters. */
  readonly query: NonNullable<QueryOf<P>>;
  /** Stands there where there is nothing at all. */
  readonly none: string;
  /** On the button after the last page shown. */
  readonly more: string;
  /** @param number of the page, from 1 */
  readonly children: (items: Page<T>['items'], number: number) => ReactNode;
}

/** A list that is shown page after page, each below the one before. */
export function Pages<T, P extends GetPath>({ path, query, none, more, children }: Props<T, P>): ReactNode {
  /** Where each page shown begins. */
  const [pages, setPages] = useState<readonly (string | undefined)[]>([undefined]);
  return pages.map((after, n) => (
    <OnePage<T, P>
      key={after ?? 'first'}
      reading={{ query: { ...query, ...(after === undefined ? {} : { after }) } }}
      path={path}
      empty={n === 0 ? <p>{none}</p> : null}
      onMore={n === pages.length - 1 ? (next) => setPages([...pages, next]) : undefined}
      more={more}
    >
      {(items) => children(items, n + 1)}
    </OnePage>
  ));
}

interface OneProps<T, P extends GetPath> {
  readonly path: P;
  readonly reading: Reading<P>;
  readonly empty: ReactNode;
  readonly more: string;
  readonly onMore: ((next: string) => void) | undefined;
  readonly children: (items: Page<T>['items']) => ReactNode;
}

function OnePage<T, P extends GetPath>({ path, reading, empty, more, onMore, children }: OneProps<T, P>): ReactNode {
  const page = useRead<Page<T>, P>(path, { ...reading, lively: true });
  return (
    <Shown of={page}>
      {({ data: { items, next } }) => (
        <>
          {items.length > 0 ? children(items) : empty}
          {next !== undefined && onMore ? (
            <Actions>
              <Button kind="second" onClick={() => onMore(next)}>
                {more}
              </Button>
            </Actions>
          ) : null}
        </>
      )}
    </Shown>
  );
}
