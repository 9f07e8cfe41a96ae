import type { ReactNode } from 'react';
import type { BodyOf } from '../api/client';
import { useChange } from '../api/query';
import { rolesOf, useMe } from '../session/session';
import { useText } from '../text/strings';
import { Actions, Button } from '../ui/button';
import { Choices } from '../ui/code-fields';
import { ErrorSummary } from '../ui/error-summary';
import { useServerForm } from '../ui/form';
import { ProblemNotice } from '../ui/problem';
import type { Alert } from './answers';
import { alertStrings } from './strings';
import { useAlertProblems } from './problems';
import { useAlertWords } from '../deliveries/words';

const READ_AGAIN = ['/api/alerts/{handle}', '/api/alerts', '/api/alerts/{handle}/deliveries'] as const;
/** Kinds that may be told of companies; the others are told of territories only, and rounded. */
const OF_COMPANIES = ['labour_inspectorate', 'carabinieri_labour_unit', 'national_inspectorate', 'trade_union'];
const OF_TERRITORIES = ['employers_association', 'trade_association', 'prefettura', 'region', 'ministry_department'];

/** To whom it goes. Whoever coordinates decides; others may still hold it. */
export function IssueForm({ alert: { handle, subject }, etag }: { readonly alert: Alert; readonly etag: string | undefined }): ReactNode {
  const say = useText(alertStrings);
  const problems = useAlertProblems();
  const words = useAlertWords();
  const coordinates = rolesOf(useMe().data?.data).includes('coordinator');
  const issue = useChange('/api/alerts/{handle}/issue', READ_AGAIN);
  const hold = useChange('/api/alerts/{handle}/hold', READ_AGAIN);
  const server = useServerForm<{ audience: string[] }>({ audience: [] }, async ({ audience }) => {
    await issue.mutateAsync({ params: { handle }, etag, body: { audience } as BodyOf<'/api/alerts/{handle}/issue'> });
  });
  const kinds = [...OF_COMPANIES, ...(subject.kind === 'territory' ? OF_TERRITORIES : [])];
  return (
    <form noValidate onSubmit={server.submit} className="rc-card">
      <h2>{say('issue.title')}</h2>
      <ErrorSummary of={server} words={problems} />
      <ProblemNotice error={hold.error} words={problems} />
      {coordinates ? (
        <>
          <Choices
            form={server.form}
            name="audience"
            label={say('issue.audience')}
            hint={say('issue.audienceHint')}
            choices={kinds.map((value) => ({ value, label: words.kind(value) }))}
          />
          <p className="rc-soft">{say('issue.recount')}</p>
        </>
      ) : (
        <p>{say('one.coordinator')}</p>
      )}
      <Actions>
        {coordinates ? (
          <Button type="submit" busy={server.busy}>
            {say('issue.go')}
          </Button>
        ) : null}
        <Button
          kind="second"
          busy={hold.isPending}
          onClick={() => hold.mutate({ params: { handle }, etag, body: { reason: 'retaliation_risk' } })}
        >
          {say('issue.hold')}
        </Button>
      </Actions>
    </form>
  );
}
