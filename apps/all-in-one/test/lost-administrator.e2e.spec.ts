import { runCli } from '@raccordo/cli';
import { Session } from '@platform/sign-in';
import { composition } from '../src/composition';
import { GROUND, RealInstallation } from './real-installation';

interface Welcomed {
  readonly member: string;
  readonly enrolment: { readonly token: string };
}
interface Entries {
  readonly entries: readonly {
    readonly entry: { readonly body: { readonly request: string; readonly role: string; readonly effect: string } };
  }[];
}
const tokenIn = (link: string): string => new URL(link).hash.slice(1);

describe('an only administrator who lost the key', () => {
  const place = new RealInstallation();
  const before = { ...process.env };
  let ada: string;
  let auditor: Session;
  let old: Awaited<ReturnType<RealInstallation['enrolWithKey']>>;
  let unused: string;

  async function cli(...argv: string[]): Promise<{ code: number; out: string; err: string; said: Record<string, unknown>[] }> {
    const [out, err]: [string[], string[]] = [[], []];
    const code = await runCli(argv, composition, { out: (line) => out.push(line), err: (line) => err.push(line) });
    const said = argv.includes('--json') ? out.map((line) => JSON.parse(line) as Record<string, unknown>) : [];
    return { code, out: out.join('\n'), err: err.join('\n'), said };
  }

  beforeAll(async () => {
    await place.start();
    process.env.DATA_DIR = place.dataDir;
    await place.step('ground', GROUND);
    const { body } = await place.step<Welcomed>('administrator', { name: 'Ada Esempio' });
    ada = body.member;
    unused = body.enrolment.token;
    const people = [{ key: 'dario', at: 'office', name: 'Dario Esempio', roles: ['auditor'], disciplines: ['auditor'] }];
    const welcomed = await place.step<{ people: Welcomed[] }>('people', { people });
    ({ session: auditor } = await place.enrolWithKey(welcomed.body.people[0]?.enrolment.token ?? '', 'dario'));
  });
  afterAll(async () => {
    process.env = before;
    await place.remove();
  });

  it('is found without a name', async () => {
    const { code, out, said } = await cli('user', 'list', '--json');
    expect(code).toBe(0);
    expect(said).toContainEqual({ member: ada, status: 'Active', roles: ['administrator'], signIn: 'invited' });
    expect(out).not.toContain('Esempio');
  });

  it('gets another first link where the one that was handed out was lost, and that one is dead', async () => {
    const { code, said } = await cli('user', 'invite', ada, '--json');
    expect([code, said[0]?.ok]).toEqual([0, true]);
    await expect(place.enrolWithKey(unused, 'ada')).rejects.toThrow();
    old = await place.enrolWithKey(tokenIn(String(said[0]?.link)), 'ada');
    expect((await old.session.get('/api/members/me')).body).toMatchObject({ member: ada, acr: 3 });
    const again = await cli('user', 'invite', ada, '--lang', 'en');
    expect([again.code, again.out]).toEqual([1, '']);
    expect(again.err).toBe('This person has an account already. If the key was lost: raccordo user reset.');
  });

  it('comes back by a link of the machine: sessions ended, the old key dead, the new one as strong', async () => {
    const { code, out } = await cli('user', 'reset', ada.slice('member-'.length, 'member-'.length + 12));
    expect(code).toBe(0);
    expect(out).toMatch(/^Sessioni chiuse, vecchie chiavi eliminate\. .*\nhttp:\/\/localhost:\d+\/invito#[\w-]{43}$/);
    expect((await old.session.get('/api/members/me')).status).toBe(401);
    const stranger = new Session(place.named);
    const options = await stranger.post<{ attempt: string; options: { challenge: string; rpId?: string } }>('/auth/local/passkey/options');
    const answer = { attempt: options.body.attempt, ...old.key.get(options.body.options) };
    expect((await stranger.post<{ title: string }>('/auth/local/passkey', answer)).body.title).toBe('sign-in.refused');
    const link = out.slice(out.indexOf('http'));
    const { session } = await place.enrolWithKey(tokenIn(link), 'ada');
    expect((await session.get('/api/members/me')).body).toMatchObject({ member: ada, roles: ['administrator'], acr: 3 });
    await expect(place.enrolWithKey(tokenIn(link), 'ada2')).rejects.toThrow();
  });

  it('is in the trail with both links, as deeds of the machine', async () => {
    const history = await place.running.foundation.store.readStream(ada);
    expect(history.map(({ type }) => type)).toEqual(['MemberInvited', 'RoleAssigned', 'SignInReset', 'SignInReset']);
    let found: Entries['entries'] = [];
    for (let tries = 0; tries < 600 && found.length < 2; tries++) {
      const options = { purpose: 'audit' };
      const { body } = await auditor.get<Entries>('/api/audit/entries?act=ResetSignIn&effect=permitted', options);
      found = body.entries ?? [];
      if (found.length < 2) await new Promise((done) => setTimeout(done, 100));
    }
    expect(found.map(({ entry }) => entry.body.request).sort()).toEqual(['system:operator-invite', 'system:operator-reset']);
  });

  it.each([
    ['somebody nobody knows', ['user', 'reset', 'member-00000000'], 2],
    ['a beginning that fits several people', ['user', 'reset', 'member-'], 2],
    ['nobody', ['user', 'reset'], 2],
  ])('is not taken for %s', async (_, argv, code) => {
    const before_ = await place.running.foundation.store.readStream(ada);
    expect((await cli(...argv)).code).toBe(code);
    expect(await place.running.foundation.store.readStream(ada)).toHaveLength(before_.length);
  });

  it('is helped by nobody who cannot read the data folder', async () => {
    const ask = async (headers: Record<string, string>) =>
      (await fetch(`${place.url}/operations/people/${ada}/reset`, { method: 'POST', headers })).status;
    expect(await ask({})).toBe(404);
    expect(await ask({ authorization: `Bearer ${'x'.repeat(43)}` })).toBe(404);
  });

  it('is told plainly that the instance has to run', async () => {
    await place.stop();
    const { code, said } = await cli('user', 'reset', ada, '--json');
    expect(code).toBe(1);
    expect(said).toEqual([{ ok: false, error: 'Nessuna istanza è in esecuzione su DATA_DIR: npm start.' }]);
  });
});
