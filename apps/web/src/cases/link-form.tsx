import { type ReactNode, useRef } from 'react';
import { get, post } from '../api/client';
import { ApiProblem, willPass } from '../api/problem';
import { useRead, useRefresh } from '../api/query';
import { useText } from '../text/strings';
import { Actions, Button } from '../ui/button';
import { ErrorSummary } from '../ui/error-summary';
import { Select } from '../ui/fields';
import { useServerForm } from '../ui/form';
import { Notice } from '../ui/notice';
import { Shown } from '../ui/screen';
import type { CaseList } from './answers';
import { type ActionProps, CASE_PATHS } from './case-actions';
import { linkStrings } from './link-strings';
import { carries, type CaseLink, sharedLink } from './situation';

interface Links {
  readonly items: readonly CaseLink[];
}
/** A page of the list is what one chooses from: more would be no choice. */
const CHOICES = 200;
const PATH = '/api/cases/{handle}/links';

/**
 * Two cases of one situation get the same link, one act each with a key of its own. The other one first: it is the one that may refuse, and
 * then nothing has happened. A link adds and replaces nothing: the version of now is the one to add to.
 */
export function LinkForm({ view, onDone }: ActionProps): ReactNode {
  const say = useText(linkStrings);
  const { handle } = view;
  const links = useRead<Links>(PATH, { params: { handle } });
  const list = useRead<CaseList, '/api/cases'>('/api/cases', { query: { limit: CHOICES } });
  const linked = new Set((links.data?.data.items ?? []).flatMap(({ cases }) => cases.map((one) => one.handle)));
  return (
    <Shown of={links}>
      {() => (
        <Shown of={list}>
          {({ data: { items, total } }) => {
            const choices = items.filter((one) => one.handle !== handle && !linked.has(one.handle));
            if (choices.length === 0) return <Notice title={say('none')} />;
            return (
              <Linking
                handle={handle}
                choices={choices.map((one) => ({ value: one.handle, label: one.codename }))}
                more={total > items.length ? say('more', { count: items.length }) : undefined}
                onDone={onDone}
              />
            );
          }}
        </Shown>
      )}
    </Shown>
  );
}

interface Props {
  readonly handle: string;
  readonly choices: readonly { readonly value: string; readonly label: string }[];
  readonly more: string | undefined;
  readonly onDone: () => void;
}

function Linking({ handle, choices, more, onDone }: Props): ReactNode {
  const say = useText(linkStrings);
  const refresh = useRefresh();
  const fresh = useRef({ link: crypto.randomUUID(), keys: new Map<string, string>() });
  const add = async (to: string, linkId: string, held: readonly CaseLink[]): Promise<void> => {
    if (carries(held, linkId)) return;
    const { keys } = fresh.current;
    const key = keys.get(to) ?? crypto.randomUUID();
    keys.set(to, key);
    const { etag } = await get('/api/cases/{handle}', { params: { handle: to } });
    await post(PATH, { params: { handle: to }, etag, key, body: { linkId, reason: 'one_situation' } }).catch((error: unknown) => {
      // Answered with a no: asked again it is another act.
      if (!willPass(error)) keys.delete(to);
      throw error;
    });
  };
  const server = useServerForm<{ other: string }>({ other: '' }, async ({ other }) => {
    const [ours, theirs] = await Promise.all([linksOf(handle), linksOf(other).catch(ofTheOther)]);
    const link = sharedLink(ours, theirs, fresh.current.link);
    await add(other, link, theirs).catch(ofTheOther);
    await add(handle, link, ours);
    await refresh(...CASE_PATHS, PATH);
    onDone();
  });
  const { form } = server;
  return (
    <form noValidate onSubmit={server.submit}>
      <p>{say('hint')}</p>
      <ErrorSummary of={server} />
      <Select form={form} name="other" label={say('other')} hint={more} choices={choices} />
      <Actions>
        <Button type="submit" busy={server.busy}>
          {say('link')}
        </Button>
      </Actions>
    </form>
  );
}

const linksOf = async (handle: string): Promise<readonly CaseLink[]> => (await get<Links>(PATH, { params: { handle } })).data.items;

/** What the other case refuses is said where it was chosen. */
const ofTheOther = (error: unknown): never => {
  if (!(error instanceof ApiProblem) || ![403, 404, 409].includes(error.status)) throw error;
  throw new ApiProblem(error.status, error.status === 409 ? error.code : 'case.other-not-in-charge', error.detail, [
    { pointer: '/other', message: error.detail },
  ]);
};
