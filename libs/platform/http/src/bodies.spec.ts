import { ThingsApp } from '../test/things-app';

describe('the body of a request', () => {
  let things: ThingsApp;
  beforeAll(async () => {
    things = await ThingsApp.start();
  });
  afterAll(() => things.stop());
  const call: ThingsApp['call'] = (...parameters) => things.call(...parameters);

  const valid = { label: 'Primo contatto', service: 'legal' };
  const faults = async (body: unknown): Promise<unknown> => {
    const { status, body: problem } = await call('POST', '/api/things', body);
    return [
      status,
      problem.title,
      ...((problem.errors ?? []) as { pointer: string; message: string }[]).map((e) => `${e.pointer} ${e.message.split(':')[0]}`),
    ];
  };

  it('reaches its handler with the authority of the caller', async () => {
    const { status, body } = await call('POST', '/api/things', { ...valid, people: 3, on: '2026-02-28', at: '2026-02-28T10:00:00Z' });
    expect([status, body.member, body.purpose]).toEqual([201, 'member-giulia', 'direct_assistance']);
    expect(body.body).toEqual({ ...valid, people: 3, on: '2026-02-28', at: '2026-02-28T10:00:00.000Z' });
  });

  it('is refused with a pointer at each faulty field', async () => {
    expect(await faults({ label: '', people: 9, on: '2026-02-30', at: '2026-02-28', recipient: { organisation: 'x' } })).toEqual([
      400,
      'request.invalid',
      '/label text.length',
      '/service field.required',
      '/people count.range',
      '/on date.form',
      '/at instant.form',
      '/recipient/organisation handle.form',
    ]);
  });

  it('is refused when it names a field nobody asked for, without repeating its name', async () => {
    const { status, text } = await call('POST', '/api/things', { ...valid, marioRossi: 1 });
    expect([status, text.includes('field.unknown'), text.includes('marioRossi')]).toEqual([400, true, false]);
    expect(await faults({ ...valid, recipient: { organisation: 'umbria.abcdefghijklmnopqrstuvwxyz', more: 1 } })).toContain(
      '/recipient field.unknown',
    );
  });

  it.each(['=1+1', '+39', '-2', '@sum', '\tx', '\rx', '＝1'])('is refused for the spreadsheet formula %j', async (label) => {
    expect(await faults({ ...valid, label })).toEqual([400, 'request.invalid', '/label text.formula']);
  });

  it.each(['a\u0000b', 'a\u202eb', 'a\u200bb', 'a\ud800b', 'a\nb', 'a\u{e0041}b'])(
    'is refused for the hidden character in %j',
    async (label) => {
      expect(await faults({ ...valid, label })).toEqual([400, 'request.invalid', '/label text.characters']);
    },
  );

  it.each(['lеgal', 'legal ', 'LEGAL', 'ｌegal', ['legal'], { $ne: 1 }, null])('takes %j for no code', async (service) => {
    expect(await faults({ ...valid, service })).toEqual([400, 'request.invalid', '/service code.unknown']);
  });

  it('has its text brought into one normal form', async () => {
    const { body } = await call('POST', '/api/things', { ...valid, label: 'Nicolo\u0300' });
    expect((body.body as { label: string }).label).toBe('Nicol\u00f2');
  });

  it('is refused inside lists with the place of the entry', async () => {
    const organisation = 'umbria.abcdefghijklmnopqrstuvwxyz';
    expect(await faults({ ...valid, others: [{ organisation }, { organisation, groups: ['HEA', 'XXX'] }] })).toEqual([
      400,
      'request.invalid',
      '/others/1/groups/1 code.unknown',
    ]);
    expect(await faults({ ...valid, others: [{ organisation }, { organisation }, { organisation }] })).toContain('/others list.length');
    expect(await faults({ ...valid, others: { organisation } })).toContain('/others list.type');
    expect(await faults({ ...valid, recipient: [{ organisation }] })).toContain('/recipient object.type');
  });

  it.each([
    ['an open end', '{"label": "Mario Rossi"', 400, 'request.malformed'],
    ['a bare text', '"Mario Rossi"', 400, 'request.malformed'],
    ['a list', '[{"label":"Mario Rossi"}]', 400, 'request.invalid'],
    ['too many bytes', `{"label":"${'Mario Rossi '.repeat(500)}"}`, 413, 'request.too-large'],
    ['too many brackets', `{"label":${'['.repeat(1500)}${']'.repeat(1500)}}`, 400, 'request.invalid'],
    ['a prototype', '{"__proto__":{"admin":true},"label":"Mario Rossi","service":"legal"}', 400, 'request.invalid'],
    [
      'a prototype inside',
      '{"label":"Mario Rossi","service":"legal","recipient":{"organisation":"umbria.aaaaaaaaaaaaaaaaaaaaaaaaaa","__proto__":{"a":1}}}',
      400,
      'request.invalid',
    ],
    [
      'a constructor in a list',
      '{"label":"Mario Rossi","service":"legal","others":[{"constructor":{"prototype":1}}]}',
      400,
      'request.invalid',
    ],
    ['nothing in it', '', 400, 'request.invalid'],
  ])('with %s is answered by a problem that quotes nothing', async (_, body, status, title) => {
    const answer = await call('POST', '/api/things', body);
    expect([answer.status, answer.body.title, answer.text.includes('Mario')]).toEqual([status, title, false]);
    expect(answer.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
  });

  it('is refused when its body is no JSON', async () => {
    const answer = await call('POST', '/api/things', 'label=x', { 'content-type': 'application/x-www-form-urlencoded' });
    expect([answer.status, answer.body.title]).toEqual([415, 'request.media-type']);
  });

  it('reads numbers, flags and single entries from a query, and nothing else', async () => {
    expect((await call('GET', '/api/things?page=2&open=true&kinds=a')).body).toEqual({ page: 2, open: true, kinds: ['a'] });
    expect((await call('GET', '/api/things?page=2&page=3')).status).toBe(400);
    expect((await call('GET', '/api/things?pages=2')).status).toBe(400);
  });
});
