import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useCodes } from '../text/codes';
import { useText } from '../text/strings';
import { Table } from '../ui/table';
import type { CouldSee } from './answers';
import { Handle, shortHash } from './handle';
import { useReasons } from './reasons';
import type { ReplayPlace } from './routes';
import { auditStrings } from './strings';

interface Props {
  readonly place: ReplayPlace & { readonly caso: string };
  readonly people: readonly CouldSee[];
}
type Kind = keyof typeof auditStrings.it.kind;

/** Everybody who could see something then: what, for which purpose, and by which grant, consent, membership and policy. */
export function WhoCouldSee({ place, people }: Props): ReactNode {
  const say = useText(auditStrings);
  const { label } = useCodes();
  if (people.length === 0) return <p>{say(place.gruppo === undefined ? 'replay.nobody' : 'replay.nobodyGroup')}</p>;
  return (
    <Table
      caption={say('replay.caption', { count: people.length })}
      rows={people}
      keyOf={({ actor, purpose }) => `${actor} ${purpose}`}
      columns={[
        {
          title: say('replay.person'),
          cell: ({ actor }) => (
            <>
              <Handle of={actor} />{' '}
              <Link to="/ricostruzione" search={{ ...place, chi: actor }}>
                {say('replay.asThey')}
              </Link>
            </>
          ),
        },
        { title: say('replay.purpose'), cell: ({ purpose }) => label('purpose', purpose) },
        {
          title: say('replay.sees'),
          cell: ({ views }) =>
            Object.entries(views)
              .map(([group, view]) => `${label('field-group', group)} (${label('view', view).toLowerCase()})`)
              .join(', '),
        },
        { title: say('replay.by'), cell: (one) => <Grounds of={one} /> },
      ]}
    />
  );
}

function Grounds({ of: { because, facts, policy } }: { readonly of: CouldSee }): ReactNode {
  const say = useText(auditStrings);
  const reasons = useReasons();
  const kind = (name: string): string => (name in auditStrings.it.kind ? say(`kind.${name as Kind}`) : name);
  return (
    <details>
      <summary>{[...new Set(facts.map((fact) => kind(fact.kind))), say('policyVersion', { hash: shortHash(policy) })].join(', ')}</summary>
      <ul className="rc-grounds">
        {facts.map((fact) => (
          <li key={`${fact.kind} ${fact.stream} ${fact.revision}`}>
            {kind(fact.kind)} <Handle of={`${fact.stream} #${fact.revision}`} />
          </li>
        ))}
      </ul>
      <span className="rc-soft">{reasons(because)}</span>
    </details>
  );
}
