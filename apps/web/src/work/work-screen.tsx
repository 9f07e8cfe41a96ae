import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useRead } from '../api/query';
import type { CaseList } from '../cases/answers';
import { CaseLines } from '../cases/case-lines';
import { rolesOf, useMe } from '../session/session';
import { RECORDERS } from '../shell/navigation';
import { useText } from '../text/strings';
import { ButtonLink } from '../ui/button';
import { Screen, Shown } from '../ui/screen';
import { DueList, REFERRING } from './due-list';
import { workStrings } from './strings';

/** What I have to do today, with deadlines; and the cases I answer for. */
export function WorkScreen(): ReactNode {
  const say = useText(workStrings);
  const mine = useRead<CaseList, '/api/cases'>('/api/cases', { query: { responsible: 'me', limit: 20 }, lively: true });
  const { data: me } = useMe();
  const roles = rolesOf(me?.data);
  const records = roles.some((role) => RECORDERS.includes(role));
  const referring = roles.some((role) => REFERRING.includes(role));
  return (
    <Screen
      title={say('title')}
      neutral={say('neutral')}
      aside={records ? <ButtonLink to="/contatti/nuovo">{say('start')}</ButtonLink> : undefined}
    >
      <section aria-labelledby="due">
        <h2 id="due">{say('due.title')}</h2>
        <DueList />
        {referring ? (
          <p>
            <Link to="/posta">{say('letters')}</Link>
          </p>
        ) : null}
      </section>
      <section aria-labelledby="mine">
        <h2 id="mine">{say('mine.title')}</h2>
        <Shown of={mine}>
          {({ data }) =>
            data.items.length === 0 ? <p>{say('mine.none')}</p> : <CaseLines headed caption={say('mine.title')} items={data.items} />
          }
        </Shown>
        <p>
          <Link to="/casi">{say('mine.all')}</Link>
        </p>
      </section>
    </Screen>
  );
}
