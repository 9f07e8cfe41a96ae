import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import { readConfig } from '@platform/config';
import { FileRegionKeys } from '@platform/pseudonymity';
import { folders, startApplication } from '@platform/runtime';
import { type Reply, Session } from '@platform/sign-in';
import { composition } from '../src/composition';
import { GROUND, RealInstallation } from './real-installation';

interface Sheet {
  readonly words: readonly string[];
  readonly file: string;
  readonly fingerprint: string;
  readonly regions: readonly string[];
  readonly attempt: string;
  readonly ask: readonly number[];
}
interface Welcomed {
  readonly key: string;
  readonly member: string;
  readonly enrolment?: { readonly token: string };
}
const titleOf = ({ body }: Reply<{ title?: string }>): string | undefined => body.title;

describe('a real installation', () => {
  const place = new RealInstallation();
  let administrator: Session;
  let invitation = '';
  let sheet: Sheet;

  beforeAll(() => place.start());
  afterAll(() => place.remove());

  it('tells anybody that there is something to set up, and how far it is only to whoever has the token of its machine', async () => {
    const session = new Session(place.url);
    expect((await session.get('/api/setup')).body).toEqual({ open: true });
    for (const given of ['', 'x'.repeat(32)]) {
      expect((await session.get('/api/setup', { headers: { 'raccordo-setup-token': given } })).status).toBe(403);
      expect(titleOf(await place.step('ground', GROUND, given))).toBe('setup.closed');
    }
    expect(await place.progress()).toEqual({
      open: true,
      organisation: false,
      administrator: false,
      keys: false,
      mail: false,
      post: false,
    });
    expect((await session.get('/auth/session')).body).toMatchObject({ way: 'local' });
  });

  it('begins with region and organisations, in this order', async () => {
    expect(titleOf(await place.step('administrator', { name: 'Ada Esempio' }))).toBe('setup.no-ground');
    expect(titleOf(await place.step('keys', {}))).toBe('setup.no-ground');
    expect((await place.step('ground', { ...GROUND, region: 'atlantide' })).status).toBe(400);
    expect((await place.step('ground', { ...GROUND, custodian: { kind: 'labour_inspectorate', designation: 'Ispettorato' } })).status).toBe(
      400,
    );
    expect(titleOf(await place.step('ground', { ...GROUND, signedOn: '2199-01-01' }))).toBe('organisation.agreement-not-yet-signed');
    expect((await place.step('ground', GROUND)).status).toBe(204);
    expect((await place.step('ground', GROUND)).status).toBe(204);
    expect(titleOf(await place.step('ground', { ...GROUND, region: 'toscana' }))).toBe('setup.ground-laid');
  });

  it('can no longer be given to the story, now or at the next start', async () => {
    expect((await fetch(`${place.url}/demo`)).status).toBe(404);
    await place.stop();
    const demo = readConfig({ PORT: '0', DATA_DIR: place.dataDir, LOG_LEVEL: 'silent', DEMO: 'true' });
    await expect(startApplication(demo, composition)).rejects.toThrow(/set up for real/);
    await place.start();
  });

  it('goes on where it stopped', async () => {
    expect(await place.progress()).toMatchObject({ organisation: true, administrator: false, region: 'umbria' });
  });

  it('gets a first administrator by a link that makes one account', async () => {
    const first = (await place.step<Welcomed>('administrator', { name: 'Ada Esempio' })).body;
    const again = (await place.step<Welcomed>('administrator', { name: 'Ada Esempio' })).body;
    expect(again.member).toBe(first.member);
    invitation = again.enrolment?.token ?? '';
    await expect(place.enrolWithPassword(first.enrolment?.token ?? '', 'ada')).rejects.toThrow('404');
    expect(await place.progress()).toMatchObject({ administrator: false });
    ({ session: administrator } = await place.enrolWithKey(invitation, 'ada'));
    expect(await place.progress()).toMatchObject({ administrator: true });
    expect((await place.step<Welcomed>('administrator', { name: 'Ada Esempio' })).body.enrolment).toBeUndefined();
    const me = await administrator.get<{ name: string; roles: string[]; acr: number }>('/api/members/me');
    expect(me.body).toMatchObject({ name: 'Ada Esempio', roles: ['administrator'], acr: 3 });
  });

  it('takes in the first colleagues with their roles, each by a link of their own', async () => {
    const people = [
      { key: 'carla', at: 'custodian', name: 'Carla Esempio', roles: ['coordinator'], disciplines: ['coordinator'] },
      { key: 'omar', at: 'custodian', name: 'Omar Esempio', roles: ['operator'], disciplines: ['educator'] },
    ];
    const { body } = await place.step<{ people: Welcomed[] }>('people', { people });
    expect(body.people.map(({ key }) => key)).toEqual(['carla', 'omar']);
    const { session } = await place.enrolWithPassword(body.people[0]?.enrolment?.token ?? '', 'carla');
    expect((await session.get('/api/members/me')).body).toMatchObject({ name: 'Carla Esempio', roles: ['coordinator'], acr: 2 });
    const resent = await place.step<{ people: Welcomed[] }>('people', { people });
    expect(resent.body.people.map(({ member }) => member)).toEqual(body.people.map(({ member }) => member));
    expect(resent.body.people.map(({ enrolment }) => enrolment !== undefined)).toEqual([false, true]);
    const above = [{ key: 'x', at: 'office', name: 'Ida Esempio', roles: ['operator'], disciplines: ['educator'] }];
    expect(titleOf(await place.step('people', { people: above }))).toBe('member.role-above-ceiling');
  });

  it('is not finished before its keys are written down', async () => {
    expect(titleOf(await place.step('completion', {}))).toBe('setup.unfinished');
  });

  it('exports its region keys under words that it shows once, and keeps neither words nor file', async () => {
    sheet = (await place.step<Sheet>('keys', { language: 'it' })).body;
    expect([sheet.words.length, sheet.ask.length, sheet.regions]).toEqual([8, 3, ['umbria']]);
    const keys = new FileRegionKeys(folders(place.dataDir).regionKeys);
    expect(await keys.regionsIn(Buffer.from(sheet.file, 'base64'), sheet.words.join(' '))).toEqual(['umbria']);
    const other = (await place.step<Sheet>('keys', {})).body;
    expect(other.words).not.toEqual(sheet.words);
    expect(readFileSync(path.join(folders(place.dataDir).keys, 'setup.notes.json'), 'utf8')).not.toContain(other.words[0]);
  });

  it('believes that the words were written down only when some of them come back', async () => {
    const { attempt, words, ask } = sheet;
    const asked = ask.map((n) => words[n - 1] ?? '');
    const wrong = [...asked.slice(0, 2), words.find((word) => !asked.includes(word)) ?? ''];
    expect(titleOf(await place.step('keys/confirmation', { attempt, words: wrong }))).toBe('setup.words-wrong');
    expect(titleOf(await place.step('keys/confirmation', { attempt: `r${'A'.repeat(80)}`, words: asked }))).toBe('setup.ceremony-over');
    expect(await place.progress()).toMatchObject({ keys: false });
    expect((await place.step('keys/confirmation', { attempt, words: asked.map((word) => word.toUpperCase()) })).status).toBe(204);
    expect(await place.progress()).toMatchObject({ keys: true, keysFingerprint: sheet.fingerprint });
  });

  it('leaves mail for later where there is no server', async () => {
    expect(titleOf(await place.step('mail', { to: 'ada@comune.example' }))).toBe('setup.no-post');
    expect((await place.step('mail', {})).body).toEqual({ outcome: 'later' });
  });

  it('spends its token at the end, for ever', async () => {
    const { token } = place;
    expect((await place.step('completion', {})).status).toBe(204);
    expect((await new Session(place.url).get('/api/setup')).body).toEqual({ open: false });
    expect(titleOf(await place.step('people', { people: [] }, token))).not.toBeUndefined();
    expect((await place.step('ground', GROUND, token)).status).toBe(403);
    await place.stop();
    await place.start();
    expect(place.token).toBe('');
  });

  it('lets its administrator invite, and reset who lost their way in: never herself, and on record', async () => {
    const ada = await administrator.refresh();
    const invited = await ada.post<{ member: string; enrolment: { token: string } }>('/api/members', { name: 'Nina Esempio' });
    const { member, enrolment } = invited.body;
    expect(invited.status).toBe(201);
    const tagOf = async (id: string) => (await ada.get<{ signIn: string }>(`/api/members/${id}`)).headers.get('etag') ?? '';
    const role = { role: 'coordinator', disciplines: ['coordinator'] };
    expect((await ada.post(`/api/members/${member}/roles`, role, { match: await tagOf(member) })).status).toBe(204);
    const { session: nina } = await place.enrolWithPassword(enrolment.token, 'nina');
    expect((await nina.get('/api/members/me')).status).toBe(200);
    expect((await ada.get(`/api/members/${member}`)).body).toMatchObject({ signIn: 'enrolled' });
    const own = (await ada.get<{ member: string }>('/api/members/me')).body.member;
    const reset = async (who: Session, id: string) =>
      who.post<{ title?: string; token: string }>(`/api/members/${id}/sign-in-reset`, {}, { match: await tagOf(id) });
    expect(titleOf(await reset(ada, own))).toBe('member.own-reset');
    expect((await reset(nina, own)).status).toBe(403);
    const renewed = await reset(ada, member);
    expect(renewed.status).toBe(200);
    expect((await nina.get('/api/members/me')).status).toBe(401);
    const { session: back } = await place.enrolWithPassword(renewed.body.token, 'nina');
    expect((await back.get('/api/members/me')).body).toMatchObject({ name: 'Nina Esempio', member });
    const history = await place.running.foundation.store.readStream(member);
    expect(history.map(({ type }) => type)).toEqual(['MemberInvited', 'RoleAssigned', 'SignInReset']);
    expect(history[2]?.meta.actor).toBe(own);
  });
});
