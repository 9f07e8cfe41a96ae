import { DAY, PostWorld } from '../test/post-world';
import { MAIL_ROLE, Mailboxes } from './index';

const [ANNA, BICE] = ['member-anna', 'member-bice'];
const ADDRESS = 'anna.rossi@ente.example';

describe('an address for letters', () => {
  let post: PostWorld;
  beforeEach(async () => {
    post = await PostWorld.start();
  });
  afterEach(() => post.stop());

  const codeSent = async (): Promise<string> => {
    await post.round();
    return post.arrived().at(-1)?.slice(-8) ?? '';
  };
  const other = (code: string): string => String((Number(code) + 1) % 1e8).padStart(8, '0');

  it('stands in no table in a form that can be read, nor does its length', async () => {
    await post.boxes.give(ANNA, ADDRESS, 'it');
    const code = await codeSent();
    const seen = await post.bare();
    expect(code).toMatch(/^\d{8}$/);
    for (const form of [ADDRESS, Buffer.from(ADDRESS).toString('hex'), Buffer.from(ADDRESS).toString('base64'), code])
      expect(seen).not.toContain(form);
    const lengthOf = async (address: string): Promise<number> => {
      await post.boxes.give(BICE, address, 'it');
      const { rows } = await post.databases
        .pool(MAIL_ROLE)
        .query<{ n: number }>('select length(address) as n from mail.mailbox where member = $1', [BICE]);
      return rows[0]?.n ?? 0;
    };
    expect(await lengthOf('b@e.example')).toBe(await lengthOf('beatrice.bianchi.verdi@comune.example'));
  });

  it('does not open under another key, nor as somebody else’s', async () => {
    await post.boxes.give(ANNA, ADDRESS, 'it');
    const pool = post.databases.pool(MAIL_ROLE);
    await expect(new Mailboxes(pool, post.clock, Buffer.alloc(32, 4)).open(ANNA)).rejects.toThrow('does not open');
    await post.boxes.give(BICE, 'bice@ente.example', 'it');
    await pool.query('update mail.mailbox set address = (select address from mail.mailbox where member = $1) where member = $2', [
      ANNA,
      BICE,
    ]);
    await expect(post.boxes.open(BICE)).rejects.toThrow('does not open');
  });

  it('is shown to its owner by its first letter and its host', async () => {
    await post.subscribed(ANNA, ADDRESS, 'en');
    expect(await post.boxes.of(ANNA)).toEqual({ address: 'a…@ente.example', confirmed: true, daily: true, language: 'en' });
  });

  it('is confirmed by the code that was sent to it, within a day and five tries', async () => {
    await post.boxes.give(ANNA, ADDRESS, 'it');
    const code = await codeSent();
    for (let n = 0; n < 4; n++) expect(await post.boxes.confirm(ANNA, other(code))).toBe(false);
    expect(await post.boxes.confirm(ANNA, code)).toBe(true);
    expect(await post.boxes.confirm(ANNA, code)).toBe(false);

    await post.boxes.give(ANNA, ADDRESS, 'it');
    const second = await codeSent();
    expect(second === code).toBe(false);
    for (let n = 0; n < 5; n++) expect(await post.boxes.confirm(ANNA, other(second))).toBe(false);
    expect(await post.boxes.confirm(ANNA, second)).toBe(false);

    await post.boxes.give(ANNA, ADDRESS, 'it');
    const third = await codeSent();
    post.pass(DAY);
    expect(await post.boxes.confirm(ANNA, third)).toBe(false);
    expect(await post.boxes.of(ANNA)).toBeUndefined();
    await post.round();
    expect(await post.boxes.members()).toEqual([]);
  });

  it('is not confirmed by the code of an earlier one, nor by somebody else’s', async () => {
    await post.boxes.give(ANNA, ADDRESS, 'it');
    const first = await codeSent();
    await post.boxes.give(ANNA, 'altra@ente.example', 'it');
    const second = await codeSent();
    await post.boxes.give(BICE, 'bice@ente.example', 'it');
    expect(await post.boxes.confirm(ANNA, first)).toBe(first === second);
    expect(await post.boxes.confirm(BICE, second)).toBe(false);
    expect((await post.boxes.of(ANNA))?.confirmed).toBe(false);
  });

  it('takes the place of an earlier one at once, and nothing goes to that any more', async () => {
    await post.subscribed(ANNA);
    post.told.due.set(ANNA, { count: 1 });
    post.pass(DAY);
    await post.boxes.give(ANNA, ADDRESS, 'it');
    await post.round();
    expect(post.arrived()).toEqual([expect.stringMatching(/^anna\.rossi@ente\.example: Il codice/)]);
  });

  it('may be the same as another member’s, and nobody is told', async () => {
    await post.subscribed(ANNA, ADDRESS);
    await post.subscribed(BICE, ADDRESS);
    expect([(await post.boxes.of(ANNA))?.confirmed, (await post.boxes.of(BICE))?.confirmed]).toEqual([true, true]);
  });

  it('is given five times a day at most, however many ask at once, also when it is taken away in between', async () => {
    await post.boxes.give(ANNA, ADDRESS, 'it');
    await post.boxes.remove(ANNA);
    const asked = await Promise.allSettled(Array.from({ length: 9 }, () => post.boxes.give(ANNA, ADDRESS, 'it')));
    expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(4);
    await expect(post.boxes.give(ANNA, ADDRESS, 'it')).rejects.toMatchObject({ code: 'letters.too-many' });
    await post.boxes.give(BICE, ADDRESS, 'it');
    post.pass(DAY);
    await post.boxes.give(ANNA, ADDRESS, 'it');
  });

  it('is gone from the tables when it is taken away, with every letter that was to go there', async () => {
    await post.subscribed(ANNA);
    post.pass(DAY);
    await post.queue.openDay('2031-03-15', post.clock.at);
    expect(await post.standing(ANNA)).toEqual(['code sent', 'due waiting']);
    await post.boxes.remove(ANNA);
    expect(await post.standing(ANNA)).toEqual([]);
    expect(await post.boxes.members()).toEqual([]);
    await post.boxes.sweep(post.clock.at);
    expect(await post.bare()).toBe('[[],[],[]]');
  });

  it('is read by no other role of the installation', async () => {
    await post.boxes.give(ANNA, ADDRESS, 'it');
    await post.databases.prepare([{ schemas: [], roles: ['raccordo_referrals', 'raccordo_referrals_projector'], sql: 'select 1' }]);
    for (const role of ['raccordo_referrals', 'raccordo_referrals_projector'])
      await expect(post.databases.pool(role).query('select 1 from mail.mailbox')).rejects.toThrow('permission denied');
  });
});
