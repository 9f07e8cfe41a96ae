import { type ReactNode, useRef } from 'react';
import { type BodyOf, get, post } from '../api/client';
import { useRefresh } from '../api/query';
import { useText } from '../text/strings';
import { Actions, Button } from '../ui/button';
import { CodeSelect } from '../ui/code-fields';
import { ComuneField } from '../ui/comune-field';
import { ErrorSummary } from '../ui/error-summary';
import { TextField } from '../ui/fields';
import { useServerForm } from '../ui/form';
import { type ActionProps, CASE_PATHS } from './case-actions';
import { pageStrings } from './page-strings';

interface Values {
  readonly name: string;
  readonly vat: string;
  readonly sector: string;
  readonly comune: string;
}

/**
 * A company is met once in a region: recorded again it is the same, under the same pseudonym. Two acts with one key each, so that sending
 * again after a cut connection goes on where it stopped.
 */
export function CompanyForm({ record, onDone }: ActionProps): ReactNode {
  const page = useText(pageStrings);
  const refresh = useRefresh();
  const keys = useRef({ dossier: crypto.randomUUID(), link: crypto.randomUUID() });
  const server = useServerForm<Values>({ name: '', vat: '', sector: '', comune: '' }, async ({ vat, ...values }) => {
    const body = { ...values, ...(vat ? { vat } : {}) } as BodyOf<'/api/companies'>;
    const { data } = await post<{ handle: string }, '/api/companies'>('/api/companies', { body, key: keys.current.dossier }).catch(
      (error: unknown) => {
        // Refused and corrected is another act.
        keys.current.dossier = crypto.randomUUID();
        throw error;
      },
    );
    // Linking adds and replaces nothing: the version of now is the one to add to.
    const { etag } = await get(record.path, { params: record.params });
    await post('/api/cases/{handle}/companies', { params: record.params, etag, key: keys.current.link, body: { company: data.handle } });
    await refresh(...CASE_PATHS);
    onDone();
  });
  const { form } = server;
  return (
    <form noValidate onSubmit={server.submit}>
      <ErrorSummary of={server} />
      <TextField form={form} name="name" label={page('do.companyName')} maxLength={200} />
      <TextField form={form} name="vat" label={page('do.vat')} maxLength={20} optional />
      <CodeSelect form={form} name="sector" label={page('do.sector')} list="sector" />
      <ComuneField form={form} name="comune" label={page('do.comune')} />
      <Actions>
        <Button type="submit" busy={server.busy}>
          {page('do.linked')}
        </Button>
      </Actions>
    </form>
  );
}
