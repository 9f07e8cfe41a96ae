import { HOUSE, LocalApp, PASSWORD, subjectOf } from '../../test/local-app';
import { SoftwareAuthenticator } from '../../test/software-authenticator';
import { Session } from '../index';

interface Refusal {
  readonly title?: string;
}

describe('an account with a passkey', () => {
  let local: LocalApp;
  beforeAll(async () => {
    local = await LocalApp.start();
  });
  afterAll(() => local.stop());

  const enrol = async (
    n: number,
    name: string,
    key: SoftwareAuthenticator,
  ): Promise<{ session: Session; status: number; title?: string }> => {
    local.app.members.set(local.accounts.loginOf(subjectOf(n)), subjectOf(n));
    const { token } = await local.accounts.invite(subjectOf(n));
    const session = new Session(local.named);
    const { attempt, passkey } = await local.begin(session, token, name);
    if (!passkey) throw new Error('no passkey was offered');
    const { status, body } = await session.post<Refusal>('/auth/local/enrolment/passkey', { token, attempt, ...key.create(passkey) });
    return { session, status, ...(body.title === undefined ? {} : { title: body.title }) };
  };
  const options = async (session: Session) =>
    (await session.post<{ attempt: string; options: { challenge: string; rpId?: string } }>('/auth/local/passkey/options')).body;
  const signIn = async (key: SoftwareAuthenticator): Promise<{ session: Session; status: number }> => {
    const session = new Session(local.named);
    const { attempt, options: asked } = await options(session);
    return { session, status: (await session.post('/auth/local/passkey', { attempt, ...key.get(asked) })).status };
  };
  const acrOf = async ({ session }: { session: Session }): Promise<unknown> =>
    (await (await session.refresh()).get<{ acr: number }>('/api/whoami')).body.acr;

  it('has strength 3 when the key is bound to its device and 2 when a cloud may hold a copy', async () => {
    const [bound, synced] = [new SoftwareAuthenticator(local.named), new SoftwareAuthenticator(local.named, { synced: true })];
    expect(await acrOf(await enrol(1, 'legata', bound))).toBe(3);
    expect(await acrOf(await enrol(2, 'copiata', synced))).toBe(2);
    expect(await acrOf(await signIn(bound))).toBe(3);
    expect(await acrOf(await signIn(synced))).toBe(2);
  });

  it('is kept on people’s devices under the name the installation chose, and under no other', async () => {
    const { token } = await local.accounts.invite(subjectOf(90));
    const { code, passkey } = await local.begin(new Session(local.named), token, 'neutra');
    expect(passkey?.rp.name).toBe(HOUSE);
    expect(new URL(code.uri).searchParams.get('issuer')).toBe(HOUSE);
    expect(decodeURIComponent(new URL(code.uri).pathname)).toContain(`${HOUSE}:neutra`);
    expect(JSON.stringify({ code, passkey })).not.toMatch(/raccordo/i);
  });

  it('is refused without finger or PIN, from another address, and from another key', async () => {
    expect(await enrol(3, 'svelta', new SoftwareAuthenticator(local.named, { careless: true }))).toMatchObject({
      status: 409,
      title: 'account.passkey-refused',
    });
    const elsewhere = new SoftwareAuthenticator('http://localhost.example');
    expect((await enrol(4, 'altrove', elsewhere)).title).toBe('account.passkey-refused');
    const key = new SoftwareAuthenticator(local.named);
    expect((await enrol(5, 'vera', key)).status).toBe(204);
    const thief = new SoftwareAuthenticator(local.named);
    Object.assign(thief, { id: key.id });
    expect((await signIn(thief)).status).toBe(401);
    expect((await signIn(new SoftwareAuthenticator(local.named))).status).toBe(401);
    expect((await signIn(key)).status).toBe(204);
  });

  it('answers each challenge once, and for a quarter of an hour', async () => {
    const key = new SoftwareAuthenticator(local.named, { synced: true });
    await enrol(6, 'una', key);
    const session = new Session(local.named);
    const { attempt, options: asked } = await options(session);
    const answer = { attempt, ...key.get(asked) };
    expect((await session.post('/auth/local/passkey', answer)).status).toBe(204);
    expect((await new Session(local.named).post('/auth/local/passkey', answer)).status).toBe(401);
    const late = await options(new Session(local.named));
    local.app.clock.pass(15);
    expect((await new Session(local.named).post('/auth/local/passkey', { attempt: late.attempt, ...key.get(late.options) })).status).toBe(
      401,
    );
  });

  it('gets another only from a fresh sign-in that is as strong as the account can be', async () => {
    const key = new SoftwareAuthenticator(local.named);
    const { session } = await enrol(7, 'gemma', key);
    await session.refresh();
    const begin = () =>
      session.post<{ title?: string; attempt: string; passkey: never }>('/auth/local/account/beginning', { name: 'gemma' });
    const { attempt, passkey } = (await begin()).body;
    const second = new SoftwareAuthenticator(local.named, { synced: true });
    expect((await session.post('/auth/local/account/passkeys', { attempt, ...second.create(passkey) })).status).toBe(204);
    const weak = await signIn(second);
    await weak.session.refresh();
    expect((await weak.session.post<Refusal>('/auth/local/account/beginning', { name: 'gemma' })).body.title).toBe(
      'account.sign-in-stronger',
    );
    local.app.clock.pass(11);
    expect((await begin()).body.title).toBe('account.sign-in-again');
    const { passkeys } = (await session.get<{ passkeys: { id: string }[] }>('/auth/local/account')).body;
    expect(passkeys.map(({ id }) => id).sort()).toEqual([key.id, second.id].sort());
    expect((await session.post(`/auth/local/account/passkeys/${second.id}/removal`)).status).toBe(204);
    expect((await signIn(second)).status).toBe(401);
    expect((await session.post<Refusal>(`/auth/local/account/passkeys/${key.id}/removal`)).body.title).toBe('account.last-way-in');
    expect((await new Session(local.named).get('/auth/local/account')).status).toBe(401);
  });

  it('adds a password with codes, which then opens the account too', async () => {
    const key = new SoftwareAuthenticator(local.named);
    const { session } = await enrol(8, 'irma', key);
    await session.refresh();
    const other = await session.post<Refusal>('/auth/local/account/beginning', { name: 'un.altra' });
    expect(other.body.title).toBe('account.other-name');
    const { attempt, code } = (
      await session.post<{ attempt: string; code: { secret: string } }>('/auth/local/account/beginning', { name: 'irma' })
    ).body;
    const body = { attempt, password: PASSWORD, code: local.code(code.secret) };
    expect((await session.post('/auth/local/account/password', body)).status).toBe(204);
    local.app.clock.pass(1);
    expect((await local.signIn('irma', PASSWORD, local.code(code.secret))).status).toBe(204);
  });

  it('is not offered where the address is one in numbers, and no stranger’s name leads to this place', async () => {
    const numbers = new Session(local.app.base);
    expect((await numbers.post<Refusal>('/auth/local/passkey/options')).body.title).toBe('sign-in.no-passkeys-here');
    expect((await numbers.get('/auth/session')).body).toEqual({ signedIn: false, way: 'local', passkeys: false });
    expect((await new Session(local.named).get('/auth/session')).body).toEqual({ signedIn: false, way: 'local', passkeys: true });
    const { token } = await local.accounts.invite(subjectOf(9));
    expect((await local.begin(numbers, token, 'numeri')).passkey).toBeUndefined();
    const rebound = await new Session(local.named).post('/auth/local/passkey/options', {}, { headers: { Origin: 'http://evil.example' } });
    expect(rebound.status).toBe(403);
  });
});
