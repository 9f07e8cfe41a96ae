import { type ReactNode, useState } from 'react';
import type { BodyOf } from '../api/client';
import { useChange } from '../api/query';
import { useGoneAfterAMinute } from '../cases/use-revealed';
import { TimeLeft, useTimeLeft } from '../emergency/countdown';
import { useCodes } from '../text/codes';
import { useDates } from '../text/dates';
import { useText } from '../text/strings';
import { Actions, Button } from '../ui/button';
import { Facts } from '../ui/notice';
import { useOrganisations } from '../ui/organisations';
import { Pick } from '../ui/pick';
import { ProblemNotice } from '../ui/problem';
import { useStepUp } from '../ui/step-up';
import { FIELDS, type Unmasking } from './answers';
import { OpenedValue, type Revealed } from './opened-value';
import { usePurpose } from './purpose';
import { useProtectionProblems } from './problems';
import { protectionStrings } from './strings';

const READ_AGAIN = ['/api/unmaskings'] as const;
type Field = keyof typeof protectionStrings.it.field;

/** One request: one's own waits for somebody else; somebody else's waits for one's own word. */
export function UnmaskingCard({ unmasking }: { readonly unmasking: Unmasking }): ReactNode {
  const say = useText(protectionStrings);
  const { label } = useCodes();
  const { instant } = useDates();
  const { name } = useOrganisations();
  const { mine, status } = unmasking;
  return (
    <article className="rc-card">
      <h2>
        {say('unmask.case')} {unmasking.case.codename}
      </h2>
      <Facts
        of={[
          [say('unmask.groups'), unmasking.groups.map((one) => label('field-group', one)).join(', ')],
          [say('unmask.reason'), say(`unmask.reasons.${unmasking.reason}`)],
          [say('unmask.minutes'), unmasking.minutes],
          [say('unmask.asked'), instant(unmasking.requestedAt)],
          [say('unmask.by'), mine ? say('unmask.mine') : name(unmasking.organisation)],
        ]}
      />
      {!mine ? (
        <Decide unmasking={unmasking} />
      ) : status === 'Requested' ? (
        <p>{say('unmask.waiting')}</p>
      ) : (
        <Opened unmasking={unmasking} />
      )}
    </article>
  );
}

function Decide({ unmasking: { handle, etag } }: { readonly unmasking: Unmasking }): ReactNode {
  const say = useText(protectionStrings);
  const purpose = usePurpose();
  const stepUp = useStepUp(3);
  const approve = useChange('/api/unmaskings/{handle}/approval', READ_AGAIN);
  const refuse = useChange('/api/unmaskings/{handle}/refusal', READ_AGAIN);
  const at = { params: { handle }, etag, purpose };
  return (
    <>
      <ProblemNotice error={approve.error ?? refuse.error} words={useProtectionProblems()} />
      {stepUp.dialog}
      <Actions>
        <Button busy={approve.isPending} onClick={stepUp.before(() => approve.mutate(at))}>
          {say('unmask.approve')}
        </Button>
        <Button kind="second" busy={refuse.isPending} onClick={stepUp.before(() => refuse.mutate(at))}>
          {say('unmask.refuse')}
        </Button>
      </Actions>
    </>
  );
}

/** While it is open: one value at a time, and it is forgotten with the page. */
function Opened({ unmasking: { handle, etag, groups, until } }: { readonly unmasking: Unmasking }): ReactNode {
  const say = useText(protectionStrings);
  const codes = useCodes();
  const purpose = usePurpose();
  const left = useTimeLeft(until ?? '');
  const [group, setGroup] = useState<string>();
  const [field, setField] = useState<string>();
  const reveal = useChange<'/api/unmaskings/{handle}/reveals', Revealed>('/api/unmaskings/{handle}/reveals');
  const end = useChange('/api/unmaskings/{handle}/end', READ_AGAIN);
  const words = (one: string): string => (one in protectionStrings.it.field ? say(`field.${one as Field}`) : one);
  const body = { group, field } as BodyOf<'/api/unmaskings/{handle}/reveals'>;
  const [said, setSaid] = useState<'over' | 'choose'>();
  const shown = left > 0 ? reveal.data?.data : undefined;
  useGoneAfterAMinute(shown, () => {
    reveal.reset();
    setSaid('over');
  });
  const choose = (next: { group?: string | undefined; field?: string | undefined }): void => {
    setGroup(next.group);
    setField(next.field);
    setSaid(undefined);
    reveal.reset();
  };
  return (
    <>
      <TimeLeft ms={left} words={(time) => say('unmask.open', { time })} />
      <div className="rc-columns">
        <Pick
          label={say('unmask.group')}
          any="–"
          value={group}
          choices={codes.of('field-group').filter(({ value }) => groups.includes(value))}
          onPick={(value) => choose({ group: value })}
        />
        <Pick
          label={say('unmask.field')}
          any="–"
          value={field}
          choices={(FIELDS[group ?? ''] ?? []).map((value) => ({ value, label: words(value) }))}
          onPick={(value) => choose({ group, field: value })}
        />
      </div>
      <ProblemNotice error={reveal.error ?? end.error} words={useProtectionProblems()} />
      <div role="status">
        {shown && field ? (
          <>
            <OpenedValue field={field} name={words(field)} of={shown} />
            <p className="rc-soft">{say('unmask.minute')}</p>
          </>
        ) : said ? (
          <p>{say(`unmask.${said}`)}</p>
        ) : null}
      </div>
      <Actions>
        <Button
          busy={reveal.isPending}
          onClick={() => (group && field ? reveal.mutate({ params: { handle }, body, purpose }) : setSaid('choose'))}
        >
          {say('unmask.show')}
        </Button>
        <Button kind="second" busy={end.isPending} onClick={() => end.mutate({ params: { handle }, etag, purpose })}>
          {say('unmask.end')}
        </Button>
      </Actions>
    </>
  );
}
