import type { Checks, Step } from '../step';
import type { Answer, World } from '../world';
import { consent, digestsOf, OFFER, previewFor } from './2-consent-and-offer';

const JOINT = ['ID', 'NEED', 'EXP', 'TERR'] as const;
interface Shared {
  readonly situations: readonly {
    link: string;
    halves: readonly { region: string; handle: string; groups: Record<string, { view: string }> }[];
  }[];
}

/** Offers the case to Toscana for a purpose on two consents; returns the referral as each side calls it. */
export async function offerTo(
  world: World,
  purpose: string,
  groups: readonly string[],
  mode: 'service' | 'joint',
  bases: readonly string[],
): Promise<{ ours: string; theirs: string }> {
  const before = await world.get<{ items: { handle: string }[] }>('elena', '/api/referrals/inbox');
  const known = new Set(before.body.items.map((item) => item.handle));
  const drafted = await world.post<{ handle: string }>('giulia', '/api/referrals', {
    ...{ case: world.knows('case'), receiver: world.ids.organisations['progetto-toscana'], ...OFFER, reason: 'joint_case_border_zone' },
    ...{ purpose, groups, mode, bases: bases.map((ref) => ({ kind: 'consent', ref })) },
  });
  if (drafted.status !== 201) throw new Error(`the referral could not be drafted: ${drafted.text}`);
  const preview = digestsOf((await previewFor(world, purpose, groups)).body);
  const offered = await world.post('giulia', `/api/referrals/${drafted.body.handle}/offer`, { preview }, { etag: drafted.etag });
  if (offered.status !== 204) throw new Error(`the referral could not be offered: ${offered.text}`);
  const fresh = ({ items }: { items: { handle: string }[] }): string | undefined => items.find((item) => !known.has(item.handle))?.handle;
  const inbox = await world.until<{ items: { handle: string }[] }>(
    'elena',
    'GET',
    '/api/referrals/inbox',
    ({ body }) => fresh(body) !== undefined,
  );
  return { ours: drafted.body.handle, theirs: fresh(inbox.body) ?? '' };
}

/** Elena opens the summary and accepts. */
export async function accept(world: World, referral: string, body: object): Promise<Answer> {
  const path = `/api/referrals/${referral}`;
  await world.change('elena', path, `${path}/summary`, {}, { purpose: 'referral_assessment' });
  return world.change('elena', path, `${path}/acceptance`, { responsible: world.ids.members.elena, ...body });
}

async function run(world: World, check: Checks): Promise<void> {
  const { organisations, teams } = world.ids;
  const team = teams['equipe-confine'] ?? '';
  const toscana = organisations['progetto-toscana'] ?? '';
  const handle = world.knows('case');
  const until = new Date(Date.now() + 90 * 86_400_000).toISOString();

  const bases = [
    world.knows('assessment'),
    await consent(world, handle, { recipient: toscana, purpose: 'joint_case', groups: ['ID', 'NEED'] }),
  ];
  const { ours, theirs } = await offerTo(world, 'joint_case', ['ID', 'NEED'], 'joint', bases);
  const accepted = await accept(world, theirs, { mode: 'joint', team: teams['equipe-toscana'] });
  check.equal('a second referral is accepted jointly', accepted.status, 204);
  const own = (body: { items: { handle: string }[] }): string | undefined =>
    body.items?.find((item) => item.handle.startsWith('toscana.'))?.handle;
  const list = await world.until<{ items: { handle: string }[] }>('elena', 'GET', '/api/cases', ({ body }) => own(body) !== undefined);
  const linked = world.learn('linked', own(list.body));
  check.holds('Toscana opens its own linked case', linked.startsWith('toscana.'));
  check.refused('Umbria does not see into it', await world.get('giulia', `/api/cases/${linked}`), 404);
  world.learn('joint-referral', ours);

  const local = await world.change('giulia', `/api/cases/${handle}`, `/api/cases/${handle}/shares`, {
    team: teams['equipe-umbria'],
    basis: { kind: 'consent', ref: bases[1] },
    expires: until,
  });
  check.refused('a case is shared only with an interregional team', local, 409);
  for (const [who, which] of [
    ['giulia', handle],
    ['elena', linked],
  ] as const) {
    const basis = await consent(world, which, { recipient: team, purpose: 'joint_case', groups: JOINT }, who);
    if (who === 'giulia') world.learn('team-consent', basis);
    const shared = await world.change(who, `/api/cases/${which}`, `/api/cases/${which}/shares`, {
      team,
      basis: { kind: 'consent', ref: basis },
      expires: until,
    });
    check.equal(`${who} shares her half with the interregional team`, shared.status, 204);
  }
  const both = (body: Shared): boolean => body.situations?.some(({ halves }) => halves.length === 2) ?? false;
  const view = await world.until<Shared>('livia', 'GET', `/api/teams/${team}/cases`, ({ body }) => both(body));
  check.holds(
    'a psychologist of the team sees both halves side by side',
    both(view.body),
    String(view.body.situations?.map((one) => one.halves.length)),
  );
  const halves = view.body.situations?.find((one) => one.halves.length === 2)?.halves ?? [];
  check.equal('one of each region', halves.map(({ region }) => region).sort(), ['toscana', 'umbria']);
  check.holds(
    'with pseudonyms only',
    halves.every(({ groups }) => groups.ID?.view !== 'full' && groups.CON === undefined),
  );
  check.refused('who is not in the team sees nothing', await world.get('bruno', `/api/teams/${team}/cases`), 404);

  const first = `/api/referrals/${world.knows('referral-toscana')}`;
  check.equal('in the first referral the service starts', (await world.change('elena', first, `${first}/service`)).status, 204);
  check.equal(
    'the receiver reports the outcome',
    (await world.change('elena', first, `${first}/outcome`, { outcome: 'provided' })).status,
    204,
  );
  const early = await world.change('elena', first, `${first}/closure`);
  check.holds('which only the sender closes', early.status === 403 || early.status === 404 || early.status === 409, String(early.status));
  const sent = `/api/referrals/${world.knows('referral')}`;
  check.equal('the sender closes', (await world.change('giulia', sent, `${sent}/closure`)).status, 204);
  const ended = await world.until('elena', 'GET', `/api/cases/${world.knows('case-toscana')}`, ({ status }) => status === 404, {
    purpose: 'direct_assistance',
  });
  check.refused('and the grants end with it', ended, 404, 'case.not-found');
}

export const step4: Step = {
  number: 4,
  name: 'A joint case: two halves, one shared view, each under its own region',
  run,
  fault: ({ who, path, status, body }) => {
    if (who !== 'livia' || !path.endsWith('/cases') || status !== 200) return { status, body };
    const { situations, ...rest } = body as Shared;
    return { status, body: { ...rest, situations: situations.map((one) => ({ ...one, halves: one.halves.slice(0, 1) })) } };
  },
};
