import type { ReactNode } from 'react';
import { useRead } from '../api/query';
import { type Role, rolesOf, useMe } from '../session/session';
import { useCodes, useSpokenLanguages } from '../text/codes';
import { useDates } from '../text/dates';
import { useText } from '../text/strings';
import { type DialogAct, DialogActs } from '../ui/acts';
import { ButtonLink } from '../ui/button';
import { Badge, Facts } from '../ui/notice';
import { Place } from '../ui/place';
import type { Versioned } from '../ui/record-form';
import { Screen, Shown } from '../ui/screen';
import { type ContactFile, HOW_MET } from './answers';
import { LinkToCase, MarkSame } from './contact-joins';
import { contactPageStrings } from './contact-strings';
import { ContactValues } from './contact-values';
import { Joined } from './joined';
import { contactRoute } from './routes';
import { contactStrings } from './strings';

/** Who opens cases, and who joins contacts to what there is. */
const OPENING: readonly Role[] = ['operator', 'case_manager', 'coordinator'];
const JOINING: readonly Role[] = [...OPENING, 'cultural_mediator'];

/** One contact: what was seen of the meeting, what the person left, and what it was joined to. */
export function ContactScreen(): ReactNode {
  const { handle } = contactRoute.useParams();
  const say = useText(contactPageStrings);
  const list = useText(contactStrings);
  const read = useRead<ContactFile>('/api/contacts/{handle}', { params: { handle }, lively: true });
  const contact = read.data?.data;
  return (
    <Screen
      title={contact?.codename ?? '…'}
      neutral={say('neutral')}
      aside={contact?.urgent ? <Badge tone="danger">{list('list.urgent')}</Badge> : undefined}
    >
      <Shown of={read}>
        {({ data, etag }) => (
          <>
            <Acts of={data} record={{ path: '/api/contacts/{handle}', params: { handle }, etag }} />
            <div className="rc-card">
              <Meeting of={data} />
              <Joined of={data} />
            </div>
            <ContactValues handle={handle} fields={data.revealable} />
          </>
        )}
      </Shown>
    </Screen>
  );
}

function Meeting({ of: contact }: { readonly of: ContactFile }): ReactNode {
  const say = useText(contactPageStrings);
  const list = useText(contactStrings);
  const codes = useCodes();
  const languages = useSpokenLanguages();
  const { day } = useDates();
  const several = (name: string, of: readonly string[]): string => of.map((code) => codes.label(name, code)).join(', ') || '–';
  const met = HOW_MET.find((one) => one === contact.met);
  return (
    <Facts
      of={[
        [list('on'), day(contact.on)],
        [list('list.where'), <Place key="where" of={contact.comune} />],
        [list('channel'), codes.label('contact-channel', contact.channel)],
        [list('language'), languages.name(contact.language)],
        ...(met ? ([[list('met'), list(`howMet.${met}`)]] as const) : []),
        [list('list.needs'), several('need', contact.needs)],
        [say('offered'), several('service', contact.offered)],
        ...(contact.status === 'Recorded' ? ([[say('keepUntil'), day(contact.keepUntil)]] as const) : []),
      ]}
    />
  );
}

/** A contact that is part of a case, or no longer kept, takes nothing more. */
function Acts({ of: { handle, status }, record }: { readonly of: ContactFile; readonly record: Versioned }): ReactNode {
  const say = useText(contactPageStrings);
  const list = useText(contactStrings);
  const { data: me } = useMe();
  const among = (some: readonly Role[]): boolean => rolesOf(me?.data).some((role) => some.includes(role));
  if (status !== 'Recorded' || !among(JOINING)) return null;
  const acts: readonly DialogAct[] = [
    {
      key: 'link',
      label: say('link'),
      title: say('linkTitle'),
      kind: 'second',
      form: (onDone) => <LinkToCase record={record} onDone={onDone} />,
    },
    {
      key: 'same',
      label: say('mark'),
      title: say('markTitle'),
      kind: 'second',
      form: (onDone) => <MarkSame record={record} onDone={onDone} />,
    },
  ];
  return (
    <>
      {among(OPENING) ? (
        <p>
          <ButtonLink to="/casi/nuovo" search={{ contatto: handle }}>
            {list('done.open')}
          </ButtonLink>
        </p>
      ) : null}
      <DialogActs acts={acts} />
    </>
  );
}
