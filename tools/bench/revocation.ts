import { type Session, signInAs } from '@platform/sign-in';
import { PERSONAS, type World } from '@raccordo/demo';

const YEAR = 365 * 86_400_000;
const WEEK = 7 * 86_400_000;
const PURPOSE = 'direct_assistance';
const OFFER = { service: 'housing_placement', urgency: 'urgent', language: 'fr' } as const;

/**
 * Milliseconds from the answer to a consent's withdrawal until the grantee, who was reading and asks again at once, is refused. Every time with a case,
 * a referral and a grant of its own.
 */
export async function revocationWaits(world: World, times: number): Promise<number[]> {
  const grantee = await signInAs(world.url, PERSONAS.elena.sub, 2);
  const waits: number[] = [];
  for (let n = 0; n < times; n++) waits.push(await once(world, grantee));
  return waits;
}

async function once(world: World, grantee: Session): Promise<number> {
  const receiver = world.ids.organisations['progetto-toscana'] ?? '';
  const team = world.ids.teams['equipe-umbria'];
  const opened = await done(world.post<{ handle: string }>('giulia', '/api/cases', { team, ageBand: 'adult', language: 'fr' }));
  const path = `/api/cases/${opened.body.handle}`;
  await done(world.change('giulia', path, `${path}/needs`, { needs: ['legal', 'housing'] }));
  const assessment = await consent(world, path, { recipient: receiver, purpose: 'referral_assessment', groups: ['REF', 'ID', 'NEED'] });
  const assistance = await consent(world, path, { recipient: receiver, purpose: PURPOSE, groups: ['ID', 'NEED'] });
  const theirs = await granted(world, opened.body.handle, receiver, [assessment, assistance]);

  const read = () => grantee.get(theirs, { purpose: PURPOSE });
  await world.until('elena', 'GET', theirs, ({ status }) => status === 200, { purpose: PURPOSE });
  if ((await read()).status !== 200) throw new Error('the grantee could not read before the withdrawal');
  const { etag } = await consentNow(world, path, assistance);
  await done(world.post('giulia', `/api/consents/${assistance}/withdrawal`, { reason: 'person_asked' }, { etag }));
  const answered = performance.now();
  for (;;) {
    const { status } = await read();
    const waited = performance.now() - answered;
    // 503 shows nothing either, but says "later", not "no".
    if (status === 404 || status === 403) return waited;
    if (waited > 30_000) throw new Error('a withdrawn consent still opens the case');
  }
}

/** Refers the case and has it accepted; the case as the receiver calls it. */
async function granted(world: World, handle: string, receiver: string, bases: readonly string[]): Promise<string> {
  const groups = ['ID', 'NEED'];
  const drafted = await done(
    world.post<{ handle: string }>('giulia', '/api/referrals', {
      ...{ case: handle, receiver, ...OFFER, reason: 'migration_or_change_of_location', purpose: PURPOSE, groups, mode: 'service' },
      bases: bases.map((ref) => ({ kind: 'consent', ref })),
    }),
  );
  type Stage = { readonly sha256: string };
  const shown = await done(
    world.post<{ stage0: Stage; stage1: Stage; accepted: Stage }>('giulia', `/api/cases/${handle}/previews`, {
      ...{ receiver, ...OFFER, purpose: PURPOSE, groups, assessed: ['REF', 'ID', 'NEED'] },
    }),
  );
  const { stage0, stage1, accepted } = shown.body;
  const preview = { stage0: stage0.sha256, stage1: stage1.sha256, accepted: accepted.sha256 };
  const inbox = '/api/referrals/inbox';
  type Inbox = { readonly items: readonly { readonly handle: string }[] };
  const known = new Set((await world.get<Inbox>('elena', inbox)).body.items.map((item) => item.handle));
  await done(world.post('giulia', `/api/referrals/${drafted.body.handle}/offer`, { preview }, { etag: drafted.etag }));
  const fresh = ({ items }: Inbox): string | undefined => items.find((item) => !known.has(item.handle))?.handle;
  const arrived = await world.until<Inbox>('elena', 'GET', inbox, ({ body }) => fresh(body) !== undefined);
  const referral = `/api/referrals/${fresh(arrived.body) ?? ''}`;
  await done(world.change('elena', referral, `${referral}/summary`, {}, { purpose: 'referral_assessment' }));
  const { elena } = world.ids.members;
  await done(world.change('elena', referral, `${referral}/acceptance`, { responsible: elena, mode: 'service' }));
  type Terms = { readonly terms?: { readonly case: string } };
  const view = await world.until<Terms>('elena', 'GET', referral, ({ body }) => Boolean(body.terms?.case));
  return `/api/cases/${view.body.terms?.case ?? ''}`;
}

async function consent(
  world: World,
  path: string,
  scope: { recipient: string; purpose: string; groups: readonly string[] },
): Promise<string> {
  const [answerDue, expires] = [WEEK, YEAR].map((ms) => new Date(Date.now() + ms).toISOString());
  const body = { ...scope, language: 'fr', interpreter: true, how: 'spoken', answerDue, expires };
  const asked = await done(world.post<{ handle: string }>('giulia', `${path}/consents`, body));
  const evidence = { evidence: 'Ha ascoltato e ha detto di sì.' };
  await done(world.post('giulia', `/api/consents/${asked.body.handle}/giving`, evidence, { etag: asked.etag }));
  return asked.body.handle;
}

async function consentNow(world: World, path: string, handle: string): Promise<{ etag: string | undefined }> {
  type Access = { readonly consents: readonly { readonly handle: string; readonly etag: string }[] };
  const { body } = await done(world.get<Access>('giulia', `${path}/access`));
  return { etag: body.consents.find((one) => one.handle === handle)?.etag };
}

async function done<T extends { status: number; body: unknown }>(asking: Promise<T>): Promise<T> {
  const answer = await asking;
  if (answer.status >= 300)
    throw new Error(`the way to a grant was refused: ${answer.status} ${(answer.body as { title?: string })?.title ?? ''}`);
  return answer;
}
