import type { Checks, Step } from '../step';
import type { World } from '../world';

const EMERGENCY = { purpose: 'emergency', acr: 3 } as const;
const HOUR = 3_600_000;

async function run(world: World, check: Checks): Promise<void> {
  const request = {
    ...{ custodian: world.ids.organisations['progetto-umbria'], codename: world.knows('codename'), group: 'CON' },
    ...{ reason: 'imminent_danger_to_life', account: 'Ha chiamato il pronto soccorso, serve un contatto.' },
  };
  const identity = await world.post('nino', '/api/break-glass', { ...request, group: 'ID' }, EMERGENCY);
  check.refused('an emergency never opens who somebody is', identity, 400);
  const weak = await world.post('nino', '/api/break-glass', request, { purpose: 'emergency', acr: 2 });
  check.holds('nor at a weak sign-in', weak.status === 403 || weak.status === 404, String(weak.status));
  check.holds('nor for another region', (await world.post('bruno', '/api/break-glass', request, EMERGENCY)).status === 404);

  const opened = await world.post<{ handle: string; case: string }>('nino', '/api/break-glass', request, EMERGENCY);
  check.equal('somebody of the region opens one field group', opened.status, 201);
  const path = `/api/cases/${opened.body.case}`;
  const seen = await world.until<{ groups: object }>('nino', 'GET', path, ({ status }) => status === 200, EMERGENCY);
  check.equal('and sees that group and nothing else', Object.keys(seen.body.groups ?? {}), ['REF', 'CON']);
  check.refused('for everyday work they still see nothing', await world.get('nino', path), 404);
  const told = await world.until<{ items: { kind: string }[] }>('giulia', 'GET', '/api/notices', ({ body }) =>
    body.items?.some((one) => one.kind === 'break-glass-used'),
  );
  check.holds('the custodian is told at once', told.body.items?.some((one) => one.kind === 'break-glass-used') ?? false);

  const closed = await world.post('nino', `/api/break-glass/${opened.body.handle}/closing`, {}, { etag: opened.etag });
  check.equal('it is closed early', closed.status, 204);
  check.refused('and opens nothing any more', await world.get('nino', path, EMERGENCY), 404);
  type Queue = { items: { handle: string; etag: string }[] };
  const sameHouse = await world.get<Queue>('rita', '/api/break-glass');
  check.equal('the queue of the same organisation is empty', sameHouse.body.items, []);
  const self = await world.post(
    'rita',
    `/api/break-glass/${opened.body.handle}/justification`,
    { account: 'Era giustificato, lo dico io.' },
    { etag: closed.etag },
  );
  check.holds(
    'a reviewer of the same organisation is refused',
    self.status === 403 || self.status === 404 || self.status === 409,
    String(self.status),
  );

  const now = Date.now();
  try {
    await world.holdClock(new Date(now + 73 * HOUR).toISOString());
    const next = await world.post('nino', '/api/break-glass', request, EMERGENCY);
    check.refused('an overdue review blocks the next use', next, 409, 'breakGlass.review-overdue');
  } finally {
    await world.holdClock(undefined);
  }
  // The clock may put on record that the review is overdue between her reading and her judgement, which stands all the same.
  const queue = await world.until<Queue>('livia', 'GET', '/api/break-glass', ({ body }) => (body.items?.length ?? 0) > 0);
  const waiting = queue.body.items?.at(-1);
  const account = { account: 'La chiamata risulta dal registro.' };
  const judged = await world.post('livia', `/api/break-glass/${waiting?.handle}/justification`, account, { etag: waiting?.etag });
  check.equal('a reviewer of another organisation judges it', judged.status, 204);
}

export const step7: Step = {
  number: 7,
  name: 'The glass is broken, and somebody else reviews it',
  run,
  fault: ({ who, method, path, status, body }) =>
    who === 'nino' && method === 'GET' && path.startsWith('/api/cases/') && status === 200
      ? { status, body: { ...(body as object), groups: { ...(body as { groups: object }).groups, ID: { view: 'full' } } } }
      : { status, body },
};
