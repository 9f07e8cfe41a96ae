import { Link } from '@tanstack/react-router';
import { type ReactNode, useId } from 'react';
import { useRead } from '../api/query';
import { useText } from '../text/strings';
import { linkStrings } from './link-strings';
import type { CaseLink } from './situation';

/** Cases that belong together, by name where one has them in charge as well; nothing where there are none. */
export function LinkedCases({ handle }: { readonly handle: string }): ReactNode {
  const say = useText(linkStrings);
  const id = useId();
  const { data } = useRead<{ items: readonly CaseLink[] }>('/api/cases/{handle}/links', { params: { handle }, lively: true });
  const items = data?.data.items ?? [];
  if (items.length === 0) return null;
  return (
    <section className="rc-card" aria-labelledby={id}>
      <div className="rc-head">
        <h2 id={id} className="rc-group-name">
          {say('title')}
        </h2>
      </div>
      <ul>
        {items.map(({ link, reason, cases }) => (
          <li key={link}>
            {say(`reasons.${reason}`)}:{' '}
            {cases.length === 0
              ? say('nobody')
              : cases.map((one, n) => (
                  <span key={one.handle}>
                    {n === 0 ? '' : ', '}
                    <Link to="/casi/$handle" params={{ handle: one.handle }}>
                      {one.codename}
                    </Link>
                  </span>
                ))}
          </li>
        ))}
      </ul>
    </section>
  );
}
