import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useText } from '../text/strings';
import { Facts } from '../ui/notice';
import type { ContactFile } from './answers';
import { contactPageStrings } from './contact-strings';

/** What a contact was joined to. A case is named only to whoever has it in charge. */
export function Joined({ of: { status, case: part, samePerson } }: { readonly of: ContactFile }): ReactNode {
  const say = useText(contactPageStrings);
  const same = samePerson.map((one, n) => (
    <span key={one.handle}>
      {n === 0 ? '' : ', '}
      <Link to="/contatti/$handle" params={{ handle: one.handle }}>
        {one.codename}
      </Link>
    </span>
  ));
  return (
    <>
      {status === 'Linked' && part === null ? <p>{say('becameElse')}</p> : null}
      <Facts
        of={[
          ...(part
            ? ([
                [
                  say('became'),
                  <Link key="case" to="/casi/$handle" params={{ handle: part.handle }}>
                    {part.codename}
                  </Link>,
                ],
              ] as const)
            : []),
          ...(same.length > 0 ? ([[say('same'), same]] as const) : []),
        ]}
      />
    </>
  );
}
