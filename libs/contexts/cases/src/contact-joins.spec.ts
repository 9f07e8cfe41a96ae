import { CasesWorld, etagOf, people, type Who } from '../test/cases-world';

const MEETING = { on: '2031-03-02', comune: '054039', channel: 'field_camp', language: 'fr', met: 'approached_by_team' };

/** What a contact was joined to stands on its page, as far as each reader may know it. */
describe('the page of a contact', () => {
  let world: CasesWorld;
  beforeAll(async () => {
    world = await CasesWorld.start();
  }, 60_000);
  afterAll(() => world?.world.stop(), 120_000);

  const met = async (who: Who): Promise<string> => (await world.post<{ handle: string }>(who, '/api/contacts', MEETING)).body.handle;

  it('names the case a contact became part of to whoever has that case in charge, and to no other colleague', async () => {
    const [handle, { handle: file, etag: version }] = [await met('giulia'), await world.opened()];
    const path = `/api/contacts/${handle}`;
    const none = await world.get('giulia', path);
    expect(none.body).toMatchObject({ status: 'Recorded', case: null, samePerson: [] });
    expect((await world.at(etagOf(none), 'giulia', `${path}/link`, { case: file })).status).toBe(204);
    const told = async (who: Who): Promise<unknown> => (await world.get<{ case: { handle: string } | null }>(who, path)).body.case;
    expect(await told('giulia')).toMatchObject({ handle: file });
    expect(await told('karim')).toMatchObject({ handle: file });
    // Of the same organisation, and not of the case's team.
    expect(await told('ugo')).toBeNull();
    const recusal = { member: people.karim.member, reason: 'family_tie' };
    expect((await world.at(version, 'giulia', `/api/cases/${file}/recusals`, recusal)).status).toBe(204);
    expect(await told('karim')).toBeNull();
    expect((await world.get('karim', path)).text).not.toContain(file);
  });

  it('says of both contacts with one person which the other is', async () => {
    const [one, other] = [await met('karim'), await met('ugo')];
    const version = etagOf(await world.get('karim', `/api/contacts/${one}`));
    expect((await world.at(version, 'karim', `/api/contacts/${one}/same`, { other })).status).toBe(204);
    const same = async (handle: string): Promise<unknown[]> =>
      (await world.get<{ samePerson: { handle: string }[] }>('ugo', `/api/contacts/${handle}`)).body.samePerson.map((it) => it.handle);
    expect([await same(one), await same(other)]).toEqual([[other], [one]]);
  });
});
