import { Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { ApiProblem } from '../api/problem';
import { useChange, useRead, useRefresh } from '../api/query';
import { type Role, rolesOf, serverNow, useMe, useSession } from '../session/session';
import { useCodes } from '../text/codes';
import { useDates } from '../text/dates';
import { useText } from '../text/strings';
import { Actions, Button } from '../ui/button';
import { Badge, Notice } from '../ui/notice';
import { ProblemNotice } from '../ui/problem';
import { Shown } from '../ui/screen';
import type { InboxItem, Items, NoticeItem, OutboxItem } from './answers';
import { workStrings } from './strings';

/** Referrals that wait for us: an offer not answered yet, or a question of ours that was answered. */
const WAITING = ['Offered', 'UnderReview'];

const ENDED = new ApiProblem(401, 'session.ended', 'Nobody is signed in.');

interface Due {
  readonly key: string;
  readonly words: string;
  readonly due: string;
  readonly where: ReactNode;
}

/** Those for whom anything here has a deadline. */
export const REFERRING: readonly Role[] = ['operator', 'case_manager', 'coordinator', 'legal_adviser', 'cultural_mediator'];
const TOLD: readonly Role[] = ['operator', 'case_manager', 'coordinator', 'legal_adviser', 'dpo'];

/** A list for those whose role has one; nothing for the others, who are not even asked for it: a refusal would stand in the trail. */
function useList<T>(path: '/api/referrals/inbox' | '/api/referrals/outbox' | '/api/notices', roles: readonly Role[]) {
  const { data: me } = useMe();
  const theirs = rolesOf(me?.data).some((role) => roles.includes(role));
  const query = useRead<Items<T>>(path, { lively: true, enabled: theirs });
  return { query, items: theirs || !me ? query.data?.data.items : [] };
}

/** Everything with a deadline, from the lists of referrals and notices, soonest first. */
export function DueList(): ReactNode {
  const say = useText(workStrings);
  const codes = useCodes();
  const inbox = useList<InboxItem>('/api/referrals/inbox', REFERRING);
  const outbox = useList<OutboxItem>('/api/referrals/outbox', REFERRING);
  const notices = useList<NoticeItem>('/api/notices', TOLD);
  const { data: session } = useSession();
  const [refused, setRefused] = useState<string>();
  // Without a session nobody's roles are known: nothing is on its way, and waiting would never end.
  if (session?.signedIn === false) return <ProblemNotice error={ENDED} />;
  if (!inbox.items) return <Shown of={inbox.query}>{() => null}</Shown>;
  if (!outbox.items) return <Shown of={outbox.query}>{() => null}</Shown>;
  if (!notices.items) return <Shown of={notices.query}>{() => null}</Shown>;
  const received = inbox.items
    .filter(({ status }) => WAITING.includes(status))
    .map((item) => ({
      key: item.handle,
      words: say('received', { service: codes.label('service', item.service) }),
      due: item.due,
      where: <Open handle={item.handle} />,
    }));
  const asked = outbox.items
    .filter(({ unanswered, status }) => unanswered > 0 && WAITING.includes(status))
    .map((item) => ({
      key: item.handle,
      words: say('sentQuestion', { service: codes.label('service', item.service) }),
      due: item.due ?? '',
      where: <Open handle={item.handle} />,
    }));
  const told = notices.items
    .filter(({ status }) => status === 'Sent')
    .map((notice) => ({
      key: notice.handle,
      words: say(`notice.${knownKind(notice.kind)}`),
      due: notice.due,
      where: <Confirm notice={notice} onRefused={setRefused} />,
    }));
  return (
    <>
      <Missed status={notices.items.find(({ handle }) => handle === refused)?.status} />
      <List dues={[...received, ...asked, ...told]} />
    </>
  );
}

/** What became of a notice between its reading and its confirmation: it is not in the list any more. */
function Missed({ status }: { readonly status: string | undefined }): ReactNode {
  const say = useText(workStrings);
  if (status !== 'Lapsed' && status !== 'Acknowledged') return null;
  return (
    <Notice tone="warn" title={say(`missed.${status}.title`)} urgent>
      <p>{say(`missed.${status}.next`)}</p>
    </Notice>
  );
}

type NoticeKind = keyof typeof workStrings.it.notice;
const knownKind = (kind: string): NoticeKind => (kind in workStrings.it.notice ? (kind as NoticeKind) : 'other');

function List({ dues }: { readonly dues: readonly Due[] }): ReactNode {
  const say = useText(workStrings);
  const { fromNow } = useDates();
  const [now] = useState(serverNow);
  if (dues.length === 0) return <p>{say('due.none')}</p>;
  return (
    <ul className="rc-cards">
      {[...dues]
        .sort((a, b) => a.due.localeCompare(b.due))
        .map(({ key, words, due, where }) => (
          <li key={key} className="rc-card">
            <p>
              <strong>{words}</strong> {due === '' ? null : Date.parse(due) < now ? <Badge tone="danger">{say('due.late')}</Badge> : null}
            </p>
            {due === '' ? null : (
              <p className="rc-soft">{say(Date.parse(due) < now ? 'due.was' : 'due.by', { when: fromNow(due, now) })}</p>
            )}
            <Actions>{where}</Actions>
          </li>
        ))}
    </ul>
  );
}

function Open({ handle }: { readonly handle: string }): ReactNode {
  const say = useText(workStrings);
  return (
    <Link to="/richieste/$handle" params={{ handle }} className="rc-button rc-button-second">
      {say('open')}
    </Link>
  );
}

interface ConfirmProps {
  readonly notice: NoticeItem;
  readonly onRefused: (handle: string) => void;
}

function Confirm({ notice, onRefused }: ConfirmProps): ReactNode {
  const say = useText(workStrings);
  const read = useRefresh();
  const path = '/api/notices/{handle}/acknowledgement';
  const confirm = useChange<typeof path>(path, ['/api/notices']);
  return (
    <>
      <Button
        kind="second"
        busy={confirm.isPending}
        onClick={() => {
          // Also where the list has been read again meanwhile, and this button is gone.
          confirm.mutateAsync({ params: { handle: notice.handle }, etag: notice.etag }).catch(() => {
            onRefused(notice.handle);
            void read('/api/notices');
          });
        }}
      >
        {say('confirm')}
      </Button>
      <ProblemNotice error={confirm.error} />
    </>
  );
}
