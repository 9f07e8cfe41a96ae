import { type ReactNode, useState } from 'react';
import { isConflict } from '../api/problem';
import { useChange, useRead } from '../api/query';
import { useCodes } from '../text/codes';
import { useDates } from '../text/dates';
import { useText } from '../text/strings';
import { Actions, Button } from '../ui/button';
import { ErrorSummary } from '../ui/error-summary';
import { LongText, Select } from '../ui/fields';
import { useServerForm } from '../ui/form';
import { Badge, Facts, Notice } from '../ui/notice';
import { useOrganisations } from '../ui/organisations';
import { Screen, Shown } from '../ui/screen';
import { AtLeast } from '../ui/step-up';
import type { GlassToReview, Items } from './answers';
import { useGlassProblems } from './problems';
import { emergencyStrings } from './strings';

const READ_AGAIN = ['/api/break-glass'] as const;

/** What people of other organisations opened in an emergency, and whether it was right. */
export function ReviewScreen(): ReactNode {
  const say = useText(emergencyStrings);
  const queue = useRead<Items<GlassToReview>>('/api/break-glass', { lively: true });
  const [done, setDone] = useState(false);
  const [clash, setClash] = useState<string>();
  const others = clash !== undefined && queue.data?.data.items.every(({ handle }) => handle !== clash);
  return (
    <Screen title={say('review.title')} neutral={say('neutral')}>
      <p>{say('review.intro')}</p>
      <p className="rc-soft">{say('review.own')}</p>
      {done ? <Notice tone="good" title={say('review.done')} urgent /> : null}
      {others ? (
        <Notice tone="warn" title={say('review.meanwhile')} urgent>
          <p>{say('review.meanwhileText')}</p>
        </Notice>
      ) : null}
      <AtLeast level={2}>
        <Shown of={queue}>
          {({ data }) =>
            data.items.length === 0 ? (
              <p>{say('review.none')}</p>
            ) : (
              data.items.map((glass) => <Waiting key={glass.handle} glass={glass} onDone={() => setDone(true)} onClash={setClash} />)
            )
          }
        </Shown>
      </AtLeast>
    </Screen>
  );
}

interface Props {
  readonly glass: GlassToReview;
  readonly onDone: () => void;
  /** Somebody has done something with it since it was read. */
  readonly onClash: (handle: string) => void;
}

function Waiting({ glass, onDone, onClash }: Props): ReactNode {
  const say = useText(emergencyStrings);
  const { label } = useCodes();
  const { instant } = useDates();
  const { name } = useOrganisations();
  return (
    <article className="rc-card">
      <div className="rc-head">
        <h2>{name(glass.organisation)}</h2>
        {glass.overdue ? <Badge tone="danger">{say('review.late')}</Badge> : null}
        {glass.status === 'Opened' ? <Badge tone="warn">{say('review.open')}</Badge> : null}
      </div>
      <Facts
        of={[
          [say('review.case'), glass.case.codename],
          [say('review.group'), label('field-group', glass.group)],
          [say('review.reason'), label('break-glass-reason', glass.reason)],
          [say('review.when'), `${instant(glass.openedAt)} – ${instant(glass.expiresAt)}`],
          [say('review.due'), instant(glass.reviewDue)],
        ]}
      />
      {glass.status === 'Opened' ? <p>{say('problem.open')}</p> : <Verdict glass={glass} onDone={onDone} onClash={onClash} />}
    </article>
  );
}

function Verdict({ glass: { handle, etag }, onDone, onClash }: Props): ReactNode {
  const say = useText(emergencyStrings);
  const justify = useChange('/api/break-glass/{handle}/justification', READ_AGAIN);
  const condemn = useChange('/api/break-glass/{handle}/condemnation', READ_AGAIN);
  const server = useServerForm<{ verdict: string; account: string }>({ verdict: '', account: '' }, async ({ verdict, account }) => {
    const judge = verdict === 'justified' ? justify : condemn;
    try {
      await judge.mutateAsync({ params: { handle }, etag, body: { account } });
    } catch (error) {
      if (isConflict(error)) onClash(handle);
      throw error;
    }
    onDone();
  });
  const verdicts = (['justified', 'unjustified'] as const).map((value) => ({ value, label: say(`review.${value}`) }));
  return (
    <form noValidate onSubmit={server.submit}>
      <ErrorSummary of={server} words={useGlassProblems()} />
      <Select form={server.form} name="verdict" label={say('review.verdict')} hint={say('review.condemnHint')} choices={verdicts} />
      <LongText
        form={server.form}
        name="account"
        label={say('review.account')}
        hint={say('review.accountHint')}
        minLength={10}
        maxLength={2000}
      />
      <Actions>
        <Button type="submit" busy={server.busy}>
          {say('review.go')}
        </Button>
      </Actions>
    </form>
  );
}
