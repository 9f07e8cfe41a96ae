import { LocalApp, PASSWORD, subjectOf } from '../../test/local-app';
import { SignInApp } from '../../test/sign-in-app';
import { Session } from '../index';

interface Refusal {
  readonly title?: string;
}

describe('an account with a password and one-time codes', () => {
  let local: LocalApp;
  beforeAll(async () => {
    local = await LocalApp.start();
  });
  afterAll(() => local.stop());

  it('is made by the link of an invitation, and signs in with strength 2 from then on', async () => {
    const { session, secret, subject } = await local.enrol(1, 'Giulia.R');
    expect((await session.get('/api/whoami')).body).toMatchObject({ member: subject, acr: 2 });
    expect((await session.get('/auth/session')).body).toMatchObject({ signedIn: true, way: 'local', passkeys: false, acr: 2 });
    local.app.clock.pass(1);
    const again = await local.signIn('giulia.r', PASSWORD, local.code(secret));
    expect(again.status).toBe(204);
    expect((await again.session.get('/api/whoami')).body).toMatchObject({ member: subject, acr: 2 });
  });

  it('is made once: a link that was used, replaced or left for a week opens nothing', async () => {
    const session = new Session(local.app.base);
    const subject = subjectOf(2);
    const first = await local.accounts.invite(subject);
    const second = await local.accounts.invite(subject);
    expect((await local.begin(session, first.token, 'marta')).title).toBe('account.link-dead');
    local.app.clock.pass(7 * 24 * 60);
    expect((await local.begin(session, second.token, 'marta')).title).toBe('account.link-dead');
    const third = await local.accounts.invite(subject);
    const { attempt, code } = await local.begin(session, third.token, 'marta');
    const body = { token: third.token, attempt, password: PASSWORD, code: local.code(code.secret) };
    const both = await Promise.all([
      session.post('/auth/local/enrolment/password', body),
      session.post('/auth/local/enrolment/password', body),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual([204, 404]);
    expect((await session.post<Refusal>('/auth/local/enrolment/password', body)).status).not.toBe(204);
    await expect(local.accounts.invite(subject)).rejects.toMatchObject({ code: 'account.enrolled' });
  });

  it('needs a long password, a code of the offered secret, a name nobody has, and the offer of this very link', async () => {
    await local.enrol(3, 'anna');
    const session = new Session(local.app.base);
    const { token } = await local.accounts.invite(subjectOf(4));
    const { attempt, code } = await local.begin(session, token, 'bruna');
    const right = { token, attempt, password: PASSWORD, code: local.code(code.secret) };
    const refusal = async (change: object): Promise<unknown> =>
      (await session.post<Refusal>('/auth/local/enrolment/password', { ...right, ...change })).body.title;
    expect(await refusal({ password: 'corta' })).toBe('account.weak-password');
    expect(await refusal({ password: 'abababababababab' })).toBe('account.weak-password');
    expect(await refusal({ password: 'sono bruna da sempre' })).toBe('account.weak-password');
    expect(await refusal({ code: local.code(code.secret, 9) })).toBe('account.code-wrong');
    expect((await local.begin(session, token, 'ANNA')).title).toBe('account.name-taken');
    const other = await local.accounts.invite(subjectOf(5));
    expect(await refusal({ token: other.token })).toBe('account.attempt-over');
    expect(await refusal({ attempt: `r${'A'.repeat(120)}` })).toBe('account.attempt-over');
    local.app.clock.pass(16);
    expect(await refusal({ code: local.code(code.secret) })).toBe('account.attempt-over');
  });

  it('answers a stranger, a wrong password, a wrong code and a used code alike, with the same work', async () => {
    const { secret } = await local.enrol(6, 'carla');
    local.app.clock.pass(1);
    const hashed = jest.spyOn(Reflect.get(local.accounts, 'passwords') as { matches: () => Promise<boolean> }, 'matches');
    const used = local.code(secret);
    expect((await local.signIn('carla', PASSWORD, used)).status).toBe(204);
    hashed.mockClear();
    local.app.failures.length = 0;
    const answers = [
      await local.signIn('nessuno.qui', PASSWORD, used),
      await local.signIn('carla', `${PASSWORD}!`, local.code(secret, 1)),
      await local.signIn('carla', PASSWORD, '000000'),
      await local.signIn('carla', PASSWORD, used),
    ];
    expect(new Set(answers.map(({ status, title, detail }) => JSON.stringify([status, title, detail]))).size).toBe(1);
    expect(answers[0]).toMatchObject({ status: 401, title: 'sign-in.refused' });
    expect(hashed).toHaveBeenCalledTimes(4);
    expect(local.app.failures.map(({ reason }) => reason)).toEqual(['credentials', 'credentials', 'credentials', 'credentials']);
    expect(JSON.stringify(local.app.failures)).not.toContain('carla');
    // A code of the step before the accepted one opens nothing either.
    expect((await local.signIn('carla', PASSWORD, local.code(secret, -1))).status).toBe(401);
    expect((await local.signIn('carla', PASSWORD, local.code(secret, 1))).status).toBe(204);
  });

  it('lets one of two people in who send the same code at the same moment', async () => {
    const { secret } = await local.enrol(7, 'doppia');
    local.app.clock.pass(1);
    const code = local.code(secret);
    const answers = await Promise.all([1, 2, 3].map(() => local.signIn('doppia', PASSWORD, code)));
    expect(answers.filter(({ status }) => status === 204)).toHaveLength(1);
  });

  it('is guessed at ever more slowly, a name nobody has like any other, and forgets it after a success', async () => {
    const { secret } = await local.enrol(8, 'elena');
    const slowed = async (name: string): Promise<number[]> => {
      const waits: number[] = [];
      for (let n = 0; n < 6; n++) waits.push((await local.signIn(name, 'non è questa parola', '123456')).wait);
      return waits;
    };
    expect(await slowed('elena')).toEqual([0, 0, 0, 0, 0, 15]);
    expect(await slowed('fantasma')).toEqual([0, 0, 0, 0, 0, 15]);
    expect(await local.signIn('elena', PASSWORD, local.code(secret))).toMatchObject({ status: 429, title: 'sign-in.too-many' });
    local.app.clock.pass(0.5);
    expect((await local.signIn('elena', 'non è questa parola', '123456')).status).toBe(401);
    expect((await local.signIn('elena', PASSWORD, local.code(secret))).wait).toBe(30);
    local.app.clock.pass(1);
    expect((await local.signIn('elena', PASSWORD, local.code(secret))).status).toBe(204);
    local.app.clock.pass(1);
    expect((await local.signIn('elena', 'non è questa parola', '123456')).status).toBe(401);
  });

  it('is thrown away by a reset: its sessions end, its password opens nothing, and a new link makes it anew', async () => {
    const { session, secret, subject } = await local.enrol(9, 'fulvia');
    const { token } = await local.accounts.reset(subject);
    expect((await session.get('/api/whoami')).status).toBe(401);
    local.app.clock.pass(1);
    expect((await local.signIn('fulvia', PASSWORD, local.code(secret))).status).toBe(401);
    expect(await local.accounts.stateOf(subject)).toMatchObject({ state: 'invited' });
    const fresh = new Session(local.app.base);
    const { attempt, code } = await local.begin(fresh, token, 'fulvia');
    expect(code.secret).not.toBe(secret);
    const body = { token, attempt, password: `${PASSWORD} nuovo`, code: local.code(code.secret) };
    expect((await fresh.post('/auth/local/enrolment/password', body)).status).toBe(204);
    expect((await (await fresh.refresh()).get('/api/whoami')).body).toMatchObject({ member: subject });
  });

  it('keeps no name, no password, no secret and no link where the database can be read', async () => {
    const { secret } = await local.enrol(10, 'segretissima');
    const { token } = await local.accounts.invite(subjectOf(11));
    const dump = await local.app.database.asAdmin(async (client) => {
      let all = '';
      for (const table of ['account', 'passkey', 'invitation', 'attempt', 'session', 'spent_challenge'])
        all += JSON.stringify((await client.query<object>(`select * from sign_in.${table}`)).rows);
      return all;
    });
    expect(dump).toContain(subjectOf(10));
    for (const hidden of ['segretissima', PASSWORD, secret, token]) expect(dump).not.toContain(hidden);
  });

  it('is asked for on a page of the application, which leads back to a path of ours only', async () => {
    const led = async (goto: string): Promise<string | null> =>
      (await fetch(`${local.app.base}/auth/login?goto=${encodeURIComponent(goto)}`, { redirect: 'manual' })).headers.get('location');
    expect(await led('/casi?aperti=1')).toBe('/accesso?goto=%2Fcasi%3Faperti%3D1');
    expect(await led('//evil.example')).toBe('/accesso?goto=%2F');
  });

  it('is opened by no page of another site', async () => {
    const { secret } = await local.enrol(12, 'ottavia');
    local.app.clock.pass(1);
    const session = new Session(local.app.base);
    const body = { name: 'ottavia', password: PASSWORD, code: local.code(secret) };
    const foreign: Record<string, string>[] = [{ Origin: 'https://altrove.example' }, { 'Sec-Fetch-Site': 'cross-site' }];
    for (const headers of foreign) expect((await session.post('/auth/local/password', body, { headers })).status).toBe(403);
    expect((await session.post('/auth/local/password', body, { headers: { Origin: local.app.base } })).status).toBe(204);
  });
});

describe('a service with another way to sign in', () => {
  it('has none of these doors', async () => {
    const demo = await SignInApp.start();
    for (const door of ['password', 'passkey', 'enrolment', 'enrolment/password', 'passkey/options'])
      expect((await new Session(demo.base).post(`/auth/local/${door}`, {})).status).not.toBe(204);
    expect((await new Session(demo.base).post('/auth/local/passkey/options')).status).toBe(404);
    expect((await new Session(demo.base).get('/auth/local/account')).status).toBe(404);
    await demo.stop();
  });
});
