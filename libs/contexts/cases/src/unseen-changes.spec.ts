import { CasesWorld, etagOf, organisations, people, stream, type Who } from '../test/cases-world';

interface Listed {
  readonly items: readonly { readonly handle: string; readonly updatedOn: string }[];
}
interface File {
  readonly handle: string;
  readonly stream: string;
  etag: string;
}

/** What an open page of somebody is told. */
class Page {
  heard = 0;
  readonly #ending = new AbortController();

  static async open(url: string, who: Who): Promise<Page> {
    const page = new Page();
    const headers = { 'x-spec-login': people[who].login, 'x-spec-acr': '2' };
    const answer = await fetch(`${url}/api/changes/cases`, { headers, signal: page.#ending.signal });
    expect(answer.status).toBe(200);
    let started = (): void => undefined;
    const following = new Promise<void>((resolve) => (started = resolve));
    void page.#read(answer, () => started()).catch(() => undefined);
    await following;
    return page;
  }
  close(): void {
    this.#ending.abort();
  }
  async #read(answer: Response, started: () => void): Promise<void> {
    for await (const chunk of (answer.body ?? []) as AsyncIterable<Uint8Array>) {
      const text = Buffer.from(chunk).toString('utf8');
      if (text.includes('event: following')) started();
      this.heard += text.split('event: changed').length - 1;
    }
  }
}

/** A grant shows a part of a case, and nothing by which one would learn what goes on in the rest: no date, no order, no hint. */
describe('somebody who sees a part of a case by a grant', () => {
  let world: CasesWorld;
  const files: File[] = [];
  const theirs: string[] = [];

  beforeAll(async () => {
    world = await CasesWorld.start();
    for (const n of [1, 2]) {
      const file = { ...(await world.opened()) };
      files.push(file);
      const groups = ['ID', 'NEED'];
      const basis = await world.post<{ handle: string }>('giulia', `/api/cases/${file.handle}/legal-bases`, {
        ...{ kind: 'judicial_order', recipient: organisations.tuscan.id, purpose: 'direct_assistance', groups },
        ...{ expires: '2033-01-01T00:00:00.000Z', issuer: 'court', act: 'Decreto 12/2031' },
      });
      const ref = (await world.streamOf(basis.body.handle, 'coop')) ?? '';
      await world.world.tell('referrals', 'ReferralAccepted', stream('referral', n), {
        ...{ referral: stream('referral', n), sender: organisations.coop.id, organisation: organisations.tuscan.id, case: file.stream },
        ...{ members: [people.elena.member], service: 'legal_advice', purpose: 'direct_assistance', groups, mode: 'service' },
        ...{ bases: [{ kind: 'legal_basis', ref }], region: 'toscana' },
      });
      theirs.push(await world.handleFor(file.stream, 'tuscan'));
      await world.until('elena', `/api/cases/${theirs.at(-1)}`, ({ status }) => status === 200);
    }
  }, 60_000);
  afterAll(() => world?.world.stop(), 120_000);

  const change = async (n: number, path: string, body: object): Promise<void> => {
    const file = files[n] as File;
    const answer = await world.at(file.etag, 'giulia', `/api/cases/${file.handle}/${path}`, body);
    expect([answer.status, answer.text]).toEqual([204, '']);
    file.etag = etagOf(answer);
    // The read model has it.
    await world.until('giulia', `/api/cases/${file.handle}`, (seen) => etagOf(seen) === file.etag);
  };
  const unseen = [
    ['particulars', { codes: [{ group: 'LEG', field: 'permit', codes: ['asylum'] }] }],
    ['particulars', { person: [{ group: 'CON', field: 'phone', value: '+39 000 222' }] }],
    ['work-zone', { comune: '054039' }],
    ['safety', { status: 'in_protection' }],
    ['documents', { kind: 'residence_permit', received: '2031-02-01', keeper: organisations.coop.id, register: 'QZ-1/31' }],
    ['proximity-programme', {}],
  ] as const;
  const list = async (who: Who, query = ''): Promise<Listed['items']> => (await world.get<Listed>(who, `/api/cases${query}`)).body.items;
  const dateOf = async (who: Who, handle: string, query = ''): Promise<string | undefined> =>
    (await list(who, query)).find((one) => one.handle === handle)?.updatedOn;

  it('learns by no date of a list and by no order that the rest changed; of what they do see, both tell', async () => {
    const [first, second] = theirs as [string, string];
    const order = async (): Promise<string[]> => (await list('elena')).map(({ handle }) => handle);
    await world.world.passTo('2031-03-16T09:00:00.000Z');
    await change(1, 'needs', { needs: ['legal'] });
    expect([await dateOf('elena', first), await dateOf('elena', second)]).toEqual(['2031-03-14', '2031-03-16']);
    expect(await order()).toEqual([second, first]);
    await world.world.passTo('2031-03-20T09:00:00.000Z');
    for (const [path, body] of unseen) {
      await change(0, path, body);
      expect([path, await dateOf('elena', first)]).toEqual([path, '2031-03-14']);
      expect([path, await order()]).toEqual([path, [second, first]]);
    }
    expect(await dateOf('giulia', files[0]?.handle ?? '')).toBe('2031-03-20');
    // Page by page as well.
    const page = await world.get<{ items: { handle: string }[]; next: string }>('elena', '/api/cases?limit=1');
    const next = await list('elena', `?limit=1&after=${encodeURIComponent(page.body.next)}`);
    expect([page.body.items[0]?.handle, next[0]?.handle]).toEqual([second, first]);
    await world.world.passTo('2031-03-21T09:00:00.000Z');
    await change(0, 'needs', { needs: ['housing'] });
    expect([await dateOf('elena', first), await order()]).toEqual(['2031-03-21', [first, second]]);
  });

  it('finds the date of the last change in a list, like everybody, whatever it is sorted by', async () => {
    expect(await dateOf('giulia', files[1]?.handle ?? '', '?sort=opened_on')).toBe('2031-03-16');
  });

  it('is told by no open page that the rest changed, nor that others were asked about it or let in', async () => {
    const url = await world.world.app.getUrl();
    const [custodian, grantee] = [await Page.open(url, 'karim'), await Page.open(url, 'elena')];
    const heard = (page: Page, count: number): Promise<number> =>
      world.world.until(
        () => Promise.resolve(page.heard),
        (n) => n >= count,
      );
    await change(1, 'particulars', { person: [{ group: 'FAM', field: 'dependants', value: 'due' }] });
    await heard(custodian, 1);
    await change(1, 'work-zone', { comune: '054013' });
    await heard(custodian, 2);
    const asked = await world.post('giulia', `/api/cases/${files[1]?.handle}/consents`, {
      ...{ recipient: organisations.project.id, purpose: 'direct_assistance', groups: ['HEA'], language: 'fr', interpreter: false },
      ...{ how: 'spoken', answerDue: '2031-04-01T00:00:00.000Z', expires: '2032-01-01T00:00:00.000Z' },
    });
    expect(asked.status).toBe(201);
    await heard(custodian, 3);
    const quiet = grantee.heard;
    await change(1, 'needs', { needs: ['legal', 'housing'] });
    await heard(grantee, 1);
    expect([quiet, grantee.heard]).toEqual([0, 1]);
    custodian.close();
    grantee.close();
  });

  it('finds nothing of it in a list while the rows of its region may be behind a revocation, also where their own region is up to date', async () => {
    const { runner } = world.world;
    const waitFor = runner.waitFor.bind(runner);
    const seen = async (): Promise<unknown> => (await world.get<{ items: object[]; total: number }>('elena', '/api/cases')).body;
    expect(await seen()).toMatchObject({ total: 2 });
    const behind = jest
      .spyOn(runner, 'waitFor')
      .mockImplementation((...asked) =>
        asked[0] === 'case-access' && asked[1] === 'cases@umbria' ? Promise.resolve(false) : waitFor(...asked),
      );
    expect(await seen()).toEqual({ items: [], total: 0 });
    behind.mockRestore();
    expect(await seen()).toMatchObject({ total: 2 });
  });

  it('is told by an open page that their own access ended, so that it shows nothing of it any more', async () => {
    const grantee = await Page.open(await world.world.app.getUrl(), 'elena');
    type Grants = { grants: { handle: string; etag: string; live: boolean }[] };
    const { grants } = (await world.get<Grants>('giulia', `/api/cases/${files[1]?.handle}/access`)).body;
    const [grant] = grants.filter(({ live }) => live);
    const answer = await world.at(grant?.etag, 'giulia', `/api/grants/${grant?.handle}/revocation`, { reason: 'no_longer_needed' });
    expect(answer.status).toBe(204);
    await world.world.until(
      () => Promise.resolve(grantee.heard),
      (n) => n >= 1,
    );
    expect((await world.get('elena', `/api/cases/${theirs[1]}`)).status).toBe(404);
    grantee.close();
  });
});
