import type { Checks, Step } from '../step';
import type { World } from '../world';

export const OFFER = { service: 'housing_placement', urgency: 'urgent', language: 'fr' } as const;
export const ASSESSED = ['REF', 'ID', 'EXP', 'NEED', 'TERR'] as const;
export const GRANTED = ['ID', 'CON', 'NEED'] as const;
const YEAR = 365 * 86_400_000;

/** Asks the person and writes down the yes. Returns the consent's handle. */
export async function consent(
  world: World,
  caseHandle: string,
  scope: { recipient: string; purpose: string; groups: readonly string[] },
  who: 'giulia' | 'elena' = 'giulia',
): Promise<string> {
  const now = Date.now();
  const asked = await world.post<{ handle: string }>(who, `/api/cases/${caseHandle}/consents`, {
    ...scope,
    ...{ language: 'fr', interpreter: true, how: 'spoken' },
    answerDue: new Date(now + 7 * 86_400_000).toISOString(),
    expires: new Date(now + YEAR).toISOString(),
  });
  if (asked.status !== 201) throw new Error(`the consent could not be asked: ${asked.text}`);
  const given = await world.post(
    who,
    `/api/consents/${asked.body.handle}/giving`,
    { evidence: 'Ha ascoltato e ha detto di sì.' },
    { etag: asked.etag },
  );
  if (given.status !== 204) throw new Error(`the consent could not be given: ${given.text}`);
  return asked.body.handle;
}

export interface Preview {
  readonly stage0: { body: string; sha256: string };
  readonly stage1: { body: string; sha256: string };
  readonly accepted: { body: string; sha256: string };
  readonly never: readonly string[];
}

/** What Toscana would see of the case, stage by stage. */
export const previewFor = (world: World, purpose: string, groups: readonly string[]) =>
  world.post<Preview>('giulia', `/api/cases/${world.knows('case')}/previews`, {
    ...{ receiver: world.ids.organisations['progetto-toscana'], ...OFFER, purpose, groups, assessed: ASSESSED },
  });

/** The digests that go on record with an offer. */
export const digestsOf = ({ stage0, stage1, accepted }: Preview) => ({
  ...{ stage0: stage0.sha256, stage1: stage1.sha256, accepted: accepted.sha256 },
});

async function run(world: World, check: Checks): Promise<void> {
  const handle = world.knows('case');
  const toscana = world.ids.organisations['progetto-toscana'] ?? '';
  const draft = (bases: readonly string[]) =>
    world.post<{ handle: string }>('giulia', '/api/referrals', {
      ...{ case: handle, receiver: toscana, ...OFFER, reason: 'migration_or_change_of_location' },
      ...{ purpose: 'direct_assistance', groups: GRANTED, mode: 'service' },
      bases: bases.map((ref) => ({ kind: 'consent', ref })),
    });

  const assessment = await consent(world, handle, { recipient: toscana, purpose: 'referral_assessment', groups: ASSESSED });
  const assistance = await consent(world, handle, { recipient: toscana, purpose: 'direct_assistance', groups: GRANTED });
  world.learn('assessment', assessment);
  world.learn('assistance', assistance);

  const unknown = await world.post('giulia', '/api/referrals', {
    ...{ case: handle, receiver: toscana, ...OFFER, service: 'teleportation', reason: 'other', purpose: 'direct_assistance' },
    ...{ groups: GRANTED, mode: 'service', bases: [{ kind: 'consent', ref: assistance }] },
  });
  check.refused('a service nobody knows is refused with its field', unknown, 400);

  const preview = await previewFor(world, 'direct_assistance', GRANTED);
  check.equal('a preview shows what the other side will see', preview.status, 201);
  for (const stage of ['stage0', 'stage1', 'accepted'] as const) world.learn(stage, preview.body[stage].body);
  check.holds(
    'and what it never will',
    preview.body.never.includes('PROT') && preview.body.never.includes('HEA'),
    preview.body.never.join(),
  );

  const drafted = await draft([assessment, assistance]);
  check.equal('a referral is drafted', drafted.status, 201);
  const referral = world.learn('referral', drafted.body.handle);
  const offered = await world.post(
    'giulia',
    `/api/referrals/${referral}/offer`,
    { preview: digestsOf(preview.body) },
    { etag: drafted.etag },
  );
  check.equal('and offered, with the preview on record', offered.status, 204);

  const inbox = await world.until<{ items: { handle: string }[] }>(
    'elena',
    'GET',
    '/api/referrals/inbox',
    ({ body }) => (body.items?.length ?? 0) > 0,
  );
  const theirs = world.learn('referral-toscana', inbox.body.items?.[0]?.handle);
  const offer = await world.get('elena', `/api/referrals/${theirs}/offer`);
  check.equal('the offer is byte for byte what the preview foretold', offer.text, preview.body.stage0.body);
  check.equal('it tells service, region, urgency and language, and nothing about a person', Object.keys(offer.body), [
    'service',
    'region',
    'urgency',
    'language',
  ]);
  check.refused('the receiver cannot see the case yet', await world.get('elena', `/api/cases/${handle}`), 404);
  const outsider = await world.get('sara', `/api/referrals/${theirs}`);
  check.holds('nobody else knows of the referral', outsider.status === 404 || outsider.status === 403, String(outsider.status));
}

export const step2: Step = {
  number: 2,
  name: 'Consents, and an offer that tells nothing about the person',
  run,
  fault: ({ path, status, body }) =>
    path.endsWith('/offer') && status === 200 ? { status, body: { ...(body as object), codename: 'Airone 4K7' } } : { status, body },
};
