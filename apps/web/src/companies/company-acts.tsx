import type { ReactNode } from 'react';
import { rolesOf, useMe } from '../session/session';
import { useText } from '../text/strings';
import { type DialogAct, DialogActs } from '../ui/acts';
import { CodeChoices } from '../ui/code-fields';
import { LongText, Select } from '../ui/fields';
import { RecordForm, type Versioned } from '../ui/record-form';
import { type CompanyView, DISPUTE_OUTCOMES, mayDo } from './answers';
import { CompanyBadge } from './company-parts';
import { companyStrings } from './strings';

const REFRESH = ['/api/companies', '/api/companies/{handle}'] as const;
const theirs = (now: unknown): ReactNode => <CompanyBadge of={now as CompanyView} />;

/** What the reader's role may add at the point the dossier has reached; the server says whether they, of all people, may. */
export function CompanyActs({ of, record }: { readonly of: CompanyView; readonly record: Versioned }): ReactNode {
  const say = useText(companyStrings);
  const roles = rolesOf(useMe().data?.data);
  const { status, disputed } = of;
  if (status === 'Archived') return <p>{say('archived')}</p>;
  const told = (part: 'report' | 'corroboration' | 'observations', key: 'report' | 'corroborate' | 'observe'): DialogAct => ({
    ...{ key, label: say(key), title: say(key), kind: key === 'observe' ? 'second' : 'first' },
    form: (onDone) => <Indicators part={part} text={say(`${key}Text`)} submit={say(key)} record={record} onDone={onDone} />,
  });
  const acts: readonly (DialogAct | false)[] = [
    status === 'Involved' && mayDo('report', roles) && told('report', 'report'),
    status === 'Reported' && mayDo('report', roles) && told('corroboration', 'corroborate'),
    mayDo('observe', roles) && told('observations', 'observe'),
    !disputed &&
      mayDo('dispute', roles) && {
        ...{ key: 'dispute', label: say('dispute'), title: say('dispute'), kind: 'second' },
        form: (onDone) => <Dispute record={record} onDone={onDone} />,
      },
    disputed === true &&
      mayDo('resolve', roles) && {
        ...{ key: 'resolve', label: say('resolve'), title: say('resolve'), kind: 'first' },
        form: (onDone) => <Resolve record={record} onDone={onDone} />,
      },
  ];
  const offered = acts.filter((act) => act !== false);
  return (
    <section aria-labelledby="acts" className="rc-card">
      <h2 id="acts">{say('what')}</h2>
      {offered.length === 0 ? <p>{say('readOnly')}</p> : <DialogActs acts={offered} />}
    </section>
  );
}

interface FormProps {
  readonly record: Versioned;
  readonly onDone: () => void;
}

interface Marked {
  readonly article: string[];
  readonly forced: string[];
  readonly delphi: string[];
}
const together = ({ article, forced, delphi }: Marked): string[] => [...article, ...forced, ...delphi];

/** An allegation: indicators of closed lists, and nothing else. */
function Indicators({
  part,
  text,
  submit,
  record,
  onDone,
}: FormProps & { readonly part: 'report' | 'corroboration' | 'observations'; readonly text: string; readonly submit: string }): ReactNode {
  const say = useText(companyStrings);
  return (
    <>
      <p>{text}</p>
      <RecordForm<`/api/companies/{handle}/${typeof part}`, Marked>
        path={`/api/companies/{handle}/${part}`}
        params={record.params}
        record={record}
        initial={{ article: [], forced: [], delphi: [] }}
        body={(marked) => ({ indicators: together(marked) })}
        refresh={REFRESH}
        submit={submit}
        level={2}
        words={{ 'request.invalid': say('nothingMarked') }}
        yours={(marked) => <p>{`${submit}: ${together(marked).length}`}</p>}
        theirs={theirs}
        onDone={onDone}
      >
        {(form) => (
          <>
            <CodeChoices form={form} name="article" label={say('article')} list="603bis-index" optional />
            <CodeChoices form={form} name="forced" label={say('forced')} list="forced-labour-indicator" optional />
            <details className="rc-field">
              <summary>{say('delphi')}</summary>
              <CodeChoices form={form} name="delphi" label={say('delphi')} list="indicator" optional />
            </details>
          </>
        )}
      </RecordForm>
    </>
  );
}

function Dispute({ record, onDone }: FormProps): ReactNode {
  const say = useText(companyStrings);
  return (
    <>
      <p>{say('disputeText')}</p>
      <RecordForm<'/api/companies/{handle}/dispute', { reply: string }>
        path="/api/companies/{handle}/dispute"
        params={record.params}
        record={record}
        initial={{ reply: '' }}
        body={(values) => values}
        refresh={REFRESH}
        submit={say('dispute')}
        level={2}
        theirs={theirs}
        onDone={onDone}
      >
        {(form) => <LongText form={form} name="reply" label={say('reply')} hint={say('replyHint')} minLength={10} maxLength={8000} />}
      </RecordForm>
    </>
  );
}

function Resolve({ record, onDone }: FormProps): ReactNode {
  const say = useText(companyStrings);
  type Outcome = (typeof DISPUTE_OUTCOMES)[number];
  return (
    <>
      <p>{say('resolveText')}</p>
      <RecordForm<'/api/companies/{handle}/dispute-resolution', { outcome: Outcome }>
        path="/api/companies/{handle}/dispute-resolution"
        params={record.params}
        record={record}
        initial={{}}
        body={(values) => values}
        refresh={REFRESH}
        submit={say('resolve')}
        level={2}
        yours={({ outcome }) => <p>{say(`outcomes.${outcome}`)}</p>}
        theirs={theirs}
        onDone={onDone}
      >
        {(form) => (
          <Select
            form={form}
            name="outcome"
            label={say('outcome')}
            choices={DISPUTE_OUTCOMES.map((value) => ({ value, label: say(`outcomes.${value}`) }))}
          />
        )}
      </RecordForm>
    </>
  );
}
