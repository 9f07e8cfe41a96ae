import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { type Role, rolesOf, useMe } from '../session/session';
import { useCodes, useSpokenLanguages } from '../text/codes';
import { useDates } from '../text/dates';
import { useText } from '../text/strings';
import { Actions, ButtonLink } from '../ui/button';
import { Badge } from '../ui/notice';
import { Pages } from '../ui/pages';
import { Place } from '../ui/place';
import { Screen } from '../ui/screen';
import { Table } from '../ui/table';
import { TakeAway } from '../ui/take-away';
import type { ContactItem } from './answers';
import { contactStrings } from './strings';

const PAGE = 50;
/** Who opens cases. */
const OPENING: readonly Role[] = ['operator', 'case_manager', 'coordinator'];

/** Whom one's own organisation met: by codename, and nothing about anybody. */
export function ContactListScreen(): ReactNode {
  const say = useText(contactStrings);
  return (
    <Screen
      title={say('list.title')}
      neutral={say('list.neutral')}
      aside={
        <Actions>
          <ButtonLink to="/contatti/nuovo">{say('list.new')}</ButtonLink>
          <ButtonLink to="/contatti/importa" kind="second">
            {say('list.import')}
          </ButtonLink>
        </Actions>
      }
    >
      <Pages<ContactItem, '/api/contacts'> path="/api/contacts" query={{ limit: PAGE }} none={say('list.none')} more={say('list.more')}>
        {(items, n) => <Lines caption={say('list.caption', { n })} items={items} />}
      </Pages>
      <TakeAway path="/api/contacts" reading={{ query: { limit: 200 } }} />
    </Screen>
  );
}

function Lines({ caption, items }: { readonly caption: string; readonly items: readonly ContactItem[] }): ReactNode {
  const say = useText(contactStrings);
  const codes = useCodes();
  const languages = useSpokenLanguages();
  const { day } = useDates();
  const { data: me } = useMe();
  const opens = rolesOf(me?.data).some((role) => OPENING.includes(role));
  return (
    <Table
      caption={caption}
      rows={items}
      keyOf={({ handle }) => handle}
      columns={[
        {
          title: say('list.codename'),
          cell: ({ handle, codename, urgent, status }) => (
            <>
              <Link to="/contatti/$handle" params={{ handle }}>
                {codename}
              </Link>{' '}
              {urgent ? <Badge tone="danger">{say('list.urgent')}</Badge> : null}
              {status === 'Linked' ? <Badge>{say('list.linked')}</Badge> : null}
            </>
          ),
        },
        { title: say('on'), cell: ({ on }) => day(on) },
        { title: say('list.where'), cell: ({ comune }) => <Place of={comune} /> },
        { title: say('channel'), cell: ({ channel }) => codes.label('contact-channel', channel) },
        { title: say('list.language'), cell: ({ language }) => languages.name(language) },
        { title: say('list.needs'), cell: ({ needs }) => needs.map((need) => codes.label('need', need)).join(', ') || '–' },
        ...(opens ? [{ title: say('list.next'), cell: (contact: ContactItem) => <OpenCase of={contact} /> }] : []),
      ]}
    />
  );
}

/** A contact becomes a case where somebody takes the person in charge. */
function OpenCase({ of: { handle, codename, status } }: { readonly of: ContactItem }): ReactNode {
  const say = useText(contactStrings);
  if (status !== 'Recorded') return '–';
  return (
    <Link to="/casi/nuovo" search={{ contatto: handle }} aria-label={say('list.openFrom', { codename })}>
      {say('list.open')}
    </Link>
  );
}
