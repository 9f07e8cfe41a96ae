import { DAY, PostWorld } from '../test/post-world';
import { Mail, type Sent } from './mail';

const [ANNA, BICE] = ['member-anna', 'member-bice'];
const HOUR = 60 * 60_000;
const THREE = { count: 3, first: '2031-03-20T12:00:00.000Z' };
const TOLD = 'Hai 3 cose da fare, la prima entro giovedì 20 marzo.';

/** A mail server that does what the spec says. */
class Scripted extends Mail {
  readonly configured = true;
  sent = 0;
  constructor(private readonly answer: () => Promise<Sent> | Sent) {
    super();
  }
  async send(): Promise<Sent> {
    this.sent++;
    return this.answer();
  }
}

describe('a letter a day', () => {
  let post: PostWorld;
  beforeEach(async () => {
    post = await PostWorld.start();
    post.told.due.set(ANNA, THREE);
  });
  afterEach(() => post.stop());

  it('comes from the day after the address was confirmed, once, and only when something waits', async () => {
    await post.subscribed(ANNA);
    await post.subscribed(BICE, 'bice@ente.example', 'en');
    await post.round();
    expect(post.arrived()).toEqual([]);
    post.pass(DAY);
    for (let n = 0; n < 3; n++) await post.round();
    expect(post.arrived()).toEqual([`${ANNA}@ente.example: ${TOLD}`]);
    expect(await post.standing(BICE)).toEqual(['code sent', 'due nothing']);
    post.told.due.set(BICE, { count: 1 });
    post.pass(DAY);
    await post.round();
    expect(post.arrived().sort()).toEqual(['bice@ente.example: You have one thing to do.', `${ANNA}@ente.example: ${TOLD}`]);
    expect(post.told.recorded).toEqual([ANNA, ANNA, BICE]);
  });

  it('does not go to an address that is not confirmed, nor to somebody who wants none', async () => {
    await post.boxes.give(ANNA, 'anna@ente.example', 'it');
    await post.round();
    expect(post.arrived()).toEqual([expect.stringMatching(/^anna@ente\.example: Il codice per confermare questo indirizzo: \d{8}$/)]);
    await post.subscribed(BICE);
    await post.boxes.choose(BICE, false, 'it');
    post.told.due.set(BICE, THREE);
    for (let day = 0; day < 2; day++) {
      post.pass(DAY);
      await post.round();
    }
    expect(post.arrived()).toEqual([]);
    await post.boxes.choose(BICE, true, 'en');
    await post.round();
    expect(post.arrived()).toEqual([`${BICE}@ente.example: You have 3 things to do, the first by Thursday 20 March.`]);
  });

  it('goes out between seven and twenty in Rome, in summer and in winter, codes as well', async () => {
    await post.subscribed(ANNA);
    for (const [at, arrives] of [
      ['2031-03-15T05:59:00.000Z', false], // CET
      ['2031-03-15T06:00:00.000Z', true],
      ['2031-03-16T19:00:00.000Z', false],
      ['2031-07-01T04:59:00.000Z', false], // CEST
      ['2031-07-01T05:00:00.000Z', true],
      ['2031-07-02T18:00:00.000Z', false],
      ['2031-07-03T17:59:00.000Z', true],
    ] as const) {
      post.clock.at = at;
      await post.round();
      expect([at, post.arrived().length]).toEqual([at, arrives ? 1 : 0]);
    }
    post.clock.at = '2031-07-03T21:00:00.000Z';
    await post.boxes.give(BICE, 'bice@ente.example', 'it');
    await post.round();
    expect(post.arrived()).toEqual([]);
    post.clock.at = '2031-07-04T05:00:00.000Z';
    await post.round();
    expect(post.arrived().some((line) => line.startsWith('bice@ente.example: Il codice'))).toBe(true);
  });

  it('is never sent twice when the process dies between handing it over and writing that down', async () => {
    await post.subscribed(ANNA);
    post.pass(DAY);
    const { mail } = post;
    const dying = new Scripted(async () => {
      await mail.send('anna@ente.example', { kind: 'due', language: 'it', ...THREE });
      throw new Error('the process dies here');
    });
    await expect(post.process(dying).round(post.clock.at)).rejects.toThrow('dies');
    expect(post.arrived()).toHaveLength(1);
    for (let n = 0; n < 20; n++) {
      post.pass(HOUR / 4);
      await post.round();
    }
    expect(post.arrived()).toEqual([]);
    expect(await post.standing(ANNA)).toEqual(['code sent', 'due unsure']);
  });

  it('is sent by another process when one dies before it hands it over', async () => {
    await post.subscribed(ANNA);
    post.pass(DAY);
    post.told.meanwhile = () => Promise.reject(new Error('the process dies here'));
    await expect(post.round()).rejects.toThrow('dies');
    post.told.meanwhile = () => Promise.resolve();
    await post.round();
    expect(post.arrived()).toEqual([]);
    post.pass(2 * 60_000);
    await post.round();
    expect(post.arrived()).toEqual([`${ANNA}@ente.example: ${TOLD}`]);
  });

  it('is sent by one of several processes', async () => {
    await post.subscribed(ANNA);
    post.pass(DAY);
    const processes = Array.from({ length: 6 }, () => post.process());
    await Promise.all(processes.map((one) => one.round(post.clock.at)));
    expect(post.arrived()).toHaveLength(1);
  });

  it('is left by a process that was so slow that another took it over', async () => {
    await post.subscribed(ANNA);
    post.pass(DAY);
    const slow = post.process();
    post.told.meanwhile = async () => {
      post.told.meanwhile = () => Promise.resolve();
      post.pass(3 * 60_000);
      await post.round();
    };
    await slow.round(post.clock.at);
    expect(post.arrived()).toHaveLength(1);
  });

  it('is tried again, ever more seldom, while the server is away, and given up after the last try', async () => {
    await post.subscribed(ANNA);
    post.pass(DAY);
    const away = new Scripted(() => 'unreachable');
    const tries: number[] = [];
    const process = post.process(away);
    for (let minute = 0; minute < 5 * 60; minute++, post.pass(60_000)) {
      const before = away.sent;
      await process.round(post.clock.at);
      if (away.sent > before) tries.push(minute);
    }
    expect(tries).toEqual([0, 1, 6, 21, 81, 201]);
    expect(await post.standing(ANNA)).toEqual(['code sent', 'due given-up']);
    expect(await post.queue.lastFailed(ANNA)).toBe(true);
    post.pass(DAY - 5 * HOUR);
    await post.round();
    expect(post.arrived()).toEqual([`${ANNA}@ente.example: ${TOLD}`]);
    expect(await post.queue.lastFailed(ANNA)).toBe(false);
  });

  it('arrives once the server is back, and is given up when the day is over', async () => {
    await post.subscribed(ANNA);
    await post.subscribed(BICE);
    post.told.due.set(BICE, THREE);
    post.pass(DAY);
    await post.office.close();
    await post.round();
    await post.round();
    expect((await post.queue.counts()).filter(({ kind }) => kind === 'due')).toEqual([{ kind: 'due', status: 'waiting', count: 2 }]);
    await post.office.open();
    post.pass(60_000);
    await post.round();
    expect(post.arrived()).toHaveLength(2);
    post.pass(DAY);
    await post.process(new Scripted(() => 'refused')).round(post.clock.at);
    post.clock.at = '2031-03-16T23:30:00.000Z'; // past midnight in Rome
    await post.round();
    expect((await post.standing(ANNA)).at(-1)).toBe('due given-up');
    expect(post.arrived()).toEqual([]);
  });

  it('that the server refuses for one does not hold up the next one', async () => {
    await post.subscribed(ANNA);
    await post.subscribed(BICE);
    post.told.due.set(BICE, THREE);
    // An address that stopped existing after it was confirmed.
    post.office.lost.add(`${ANNA}@ente.example`);
    post.pass(DAY);
    await post.round();
    expect(post.arrived()).toEqual([`${BICE}@ente.example: ${TOLD}`]);
    expect((await post.standing(ANNA)).at(-1)).toBe('due waiting');
  });

  it('does not go to an address that is taken away while it is looked up what waits', async () => {
    await post.subscribed(ANNA);
    post.pass(DAY);
    post.told.meanwhile = () => post.boxes.remove(ANNA);
    await post.round();
    expect(post.arrived()).toEqual([]);
    expect(await post.boxes.members()).toEqual([]);
  });

  it.each<[string, (post: PostWorld) => Promise<unknown>, string[]]>([
    ['wants none from this moment on', ({ boxes }) => boxes.choose(ANNA, false, 'it'), []],
    [
      'gives another address at this moment',
      ({ boxes }) => boxes.give(ANNA, 'nuova@ente.example', 'it'),
      ['nuova@ente.example: Il codice'],
    ],
  ])('does not go to somebody who %s', async (_, meanwhile, instead) => {
    await post.subscribed(ANNA);
    post.pass(DAY);
    post.told.meanwhile = async () => void (await meanwhile(post));
    await post.round();
    await post.round();
    expect(post.arrived().map((line) => line.slice(0, 29))).toEqual(instead);
  });

  it('does not go to somebody who is no member any more, and their address is deleted', async () => {
    await post.subscribed(ANNA);
    post.pass(DAY);
    post.told.gone.add(ANNA);
    await post.round();
    expect(post.arrived()).toEqual([]);
    expect(await post.boxes.members()).toEqual([]);
  });

  it('leaves nothing behind after thirty days', async () => {
    await post.subscribed(ANNA);
    post.pass(DAY);
    await post.round();
    await post.boxes.choose(ANNA, false, 'it');
    post.pass(31 * DAY);
    await post.round();
    expect(await post.standing(ANNA)).toEqual([]);
  });
});
