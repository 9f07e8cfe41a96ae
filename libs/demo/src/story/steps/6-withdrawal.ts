import type { Checks, Step } from '../step';
import type { World } from '../world';
import { consent } from './2-consent-and-offer';
import { accept, offerTo } from './4-joint-case';

interface Notices {
  readonly items: readonly { handle: string; etag: string; kind: string; status: string; due: string }[];
}

async function run(world: World, check: Checks): Promise<void> {
  const handle = world.knows('case');
  const toscana = world.ids.organisations['progetto-toscana'] ?? '';
  const contact = await consent(world, handle, { recipient: toscana, purpose: 'legal_representation', groups: ['CON'] });
  const needs = await consent(world, handle, { recipient: toscana, purpose: 'legal_representation', groups: ['ID', 'NEED'] });
  const { theirs } = await offerTo(world, 'legal_representation', ['ID', 'CON', 'NEED'], 'service', [
    world.knows('assessment'),
    contact,
    needs,
  ]);
  check.equal(
    'a third referral of the same person is distinct and accepted',
    (await accept(world, theirs, { mode: 'service' })).status,
    204,
  );
  const path = `/api/cases/${world.knows('case-toscana')}`;
  const purpose = { purpose: 'legal_representation' };
  type Groups = { groups?: Record<string, unknown> };
  const whole = await world.until<Groups>(
    'elena',
    'GET',
    path,
    ({ body }) => body.groups?.CON !== undefined && body.groups.NEED !== undefined,
    purpose,
  );
  check.holds('it rests on two consents', whole.body.groups?.CON !== undefined && whole.body.groups.NEED !== undefined);

  const access = await world.get<{ consents: { handle: string; etag: string; status: string }[] }>('giulia', `/api/cases/${handle}/access`);
  const etag = access.body.consents.find((one) => one.handle === contact)?.etag;
  const standing = access.body.consents.filter((one) => one.status === 'Given').length;
  const withdrawn = await world.post('giulia', `/api/consents/${contact}/withdrawal`, { reason: 'person_asked' }, { etag });
  check.equal('the person withdraws one consent', withdrawn.status, 204);

  const now = await world.get<Groups>('elena', path, purpose);
  check.holds(
    'from that moment nobody reads what rested on it',
    now.body.groups?.CON === undefined,
    Object.keys(now.body.groups ?? {}).join(),
  );
  const reveal = await world.post(
    'elena',
    `${path}/reveals`,
    { group: 'CON', field: 'phone', reason: 'Provo comunque a chiamare' },
    purpose,
  );
  check.holds('not even one value', reveal.status === 403 || reveal.status === 404, String(reveal.status));
  check.holds('what rests on another consent stands', now.body.groups?.NEED !== undefined, String(now.status));
  const after = await world.get<{ consents: { handle: string; etag: string; status: string }[] }>('giulia', `/api/cases/${handle}/access`);
  check.equal('the other consents stand', after.body.consents.filter((one) => one.status === 'Given').length, standing - 1);
  const again = await world.post('giulia', `/api/consents/${contact}/giving`, {}, { etag: withdrawn.etag });
  check.refused('and a consent that was withdrawn is not given again', again, 409, 'consent.already-answered');

  const withdrawals = (body: Notices): Notices['items'] => body.items?.filter((one) => one.kind === 'consent-withdrawn') ?? [];
  const told = await world.until<Notices>('elena', 'GET', '/api/notices', ({ body }) => withdrawals(body).length > 0);
  const [first] = withdrawals(told.body);
  check.holds('the recipient is told', first !== undefined);
  const confirmed = await world.post('elena', `/api/notices/${first?.handle}/acknowledgement`, {}, { etag: first?.etag });
  check.equal('the recipient confirms', confirmed.status, 204);

  // Past its deadline the clock may put a notice on record as lapsed at any moment: what she confirms and what she leaves are two notices.
  const others = after.body.consents.find((one) => one.handle === needs)?.etag;
  const second = await world.post('giulia', `/api/consents/${needs}/withdrawal`, { reason: 'person_asked' }, { etag: others });
  check.equal('the person withdraws another consent', second.status, 204);
  const both = await world.until<Notices>('elena', 'GET', '/api/notices', ({ body }) => withdrawals(body).length > 1);
  const waiting = withdrawals(both.body).find((one) => one.handle !== first?.handle);
  check.equal('of which the recipient is told as well', waiting?.status, 'Sent');
  try {
    await world.holdClock(new Date(Date.parse(waiting?.due ?? '') + 60_000).toISOString());
    const late = await world.until<Notices>('giulia', 'GET', '/api/notices/unacknowledged', ({ body }) => withdrawals(body).length > 0);
    check.equal('once they are due the sender sees what was not confirmed, and only that', withdrawals(late.body).length, 1);
  } finally {
    await world.holdClock(undefined);
  }
}

export const step6: Step = {
  number: 6,
  name: 'One consent is withdrawn, and what rested on it ends at once',
  run,
  fault: ({ who, method, path, status, body }) =>
    who === 'elena' && method === 'GET' && path.startsWith('/api/cases/') && status === 200
      ? { status, body: { ...(body as object), groups: { ...(body as { groups: object }).groups, CON: { view: 'full' } } } }
      : { status, body },
};
