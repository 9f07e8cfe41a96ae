import { type ReactNode, useRef, useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { type BodyOf, post } from '../api/client';
import { useRefresh } from '../api/query';
import { useDirectory } from '../people/directory';
import { useCodes, useSpokenLanguages } from '../text/codes';
import { useText } from '../text/strings';
import { Actions, Button } from '../ui/button';
import { Facts } from '../ui/notice';
import { ProblemNotice } from '../ui/problem';
import { Shown } from '../ui/screen';
import { referralStrings } from '../referrals/strings';
import type { CaseView } from './answers';
import type { ConsentLine, Preview } from './case-answers';
import { GroupsView } from './groups-view';
import { basesFor, type ReferValues } from './refer-form';
import { referStrings } from './refer-strings';

interface Props {
  readonly handle: string;
  readonly values: ReferValues;
  readonly consents: readonly ConsentLine[];
  readonly onBack: () => void;
  readonly onSent: (referral: string) => void;
}

/** What the receiver will see at each stage, made by the server that will show it: only what was looked at is sent. */
export function ReferPreview({ handle, values, consents, onBack, onSent }: Props): ReactNode {
  const say = useText(referStrings);
  const directory = useDirectory();
  const refresh = useRefresh();
  const { assessment, assistance } = basesFor(consents, values);
  const { receiver, service, urgency, language, reason, purpose, groups, mode } = values;
  const assessed = [...new Set(assessment.flatMap((one) => one.groups))];
  const preview = useQuery({
    queryKey: ['preview', handle, values],
    queryFn: async () => {
      const body = { receiver, service, urgency, language, purpose, groups, assessed } as BodyOf<'/api/cases/{handle}/previews'>;
      return (await post<Preview, '/api/cases/{handle}/previews'>('/api/cases/{handle}/previews', { params: { handle }, body })).data;
    },
    gcTime: 0,
    retry: false,
  });
  const [problem, setProblem] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  // The same keys however often it is pressed: a resend after a cut connection makes no second referral.
  const keys = useRef({ draft: crypto.randomUUID(), offer: crypto.randomUUID() });
  const send = async ({ stage0, stage1, accepted }: Preview): Promise<void> => {
    setBusy(true);
    setProblem(undefined);
    try {
      const bases = [...assessment, ...assistance].map((one) => ({ kind: 'consent' as const, ref: one.handle }));
      const body = { case: handle, receiver, service, urgency, language, reason, purpose, groups, mode, bases } as BodyOf<'/api/referrals'>;
      const drafted = await post<{ handle: string }, '/api/referrals'>('/api/referrals', { body, key: keys.current.draft });
      await post('/api/referrals/{handle}/offer', {
        params: { handle: drafted.data.handle },
        etag: drafted.etag,
        key: keys.current.offer,
        body: { preview: { stage0: stage0.sha256, stage1: stage1.sha256, accepted: accepted.sha256 } },
      });
      await refresh('/api/referrals/outbox', '/api/cases/{handle}/history');
      onSent(drafted.data.handle);
    } catch (error) {
      setProblem(error);
      setBusy(false);
    }
  };
  return (
    <section aria-labelledby="preview">
      <h2 id="preview">{say('preview', { name: directory.name(receiver) })}</h2>
      <p>{say('previewText')}</p>
      <Shown of={preview}>
        {(data) => (
          <>
            <Stages preview={data} />
            <ProblemNotice error={problem} />
            <Actions>
              <Button busy={busy} onClick={() => void send(data)}>
                {say('send')}
              </Button>
            </Actions>
          </>
        )}
      </Shown>
      <Actions>
        <Button kind="second" onClick={onBack}>
          {say('back')}
        </Button>
      </Actions>
    </section>
  );
}

function Stages({ preview }: { readonly preview: Preview }): ReactNode {
  const say = useText(referStrings);
  const words = useText(referralStrings);
  const codes = useCodes();
  const spoken = useSpokenLanguages();
  const offer = JSON.parse(preview.stage0.body) as { service: string; region: string; urgency: string; language: string };
  const [review, accepted] = [preview.stage1, preview.accepted].map(({ body }) => JSON.parse(body) as CaseView);
  return (
    <>
      <div className="rc-three">
        <section aria-labelledby="now">
          <h3 id="now">{say('now')}</h3>
          <div className="rc-card">
            <Facts
              of={[
                [words('facts.service'), codes.label('service', offer.service)],
                [words('facts.region'), codes.label('region', offer.region)],
                [words('facts.urgency'), codes.label('urgency', offer.urgency)],
                [words('facts.language'), spoken.name(offer.language)],
              ]}
            />
          </div>
        </section>
        <Stage id="review" title={say('review')} view={review} />
        <Stage id="accepted" title={say('accepted')} view={accepted} />
      </div>
      <section className="rc-card" aria-labelledby="never">
        <h3 id="never">{say('never')}</h3>
        <p>{preview.never.map((group) => codes.label('field-group', group)).join(', ')}</p>
      </section>
    </>
  );
}

const Stage = ({ id, title, view }: { readonly id: string; readonly title: string; readonly view: CaseView | undefined }): ReactNode => (
  <section aria-labelledby={id}>
    <h3 id={id}>{title}</h3>
    <p>
      <strong>{view?.codename}</strong>
    </p>
    <GroupsView level={4} groups={view?.groups ?? {}} />
  </section>
);
