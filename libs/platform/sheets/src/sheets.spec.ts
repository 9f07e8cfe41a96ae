import { markedInvented, readSheet, tableOf, toCsv, toXlsx } from './index';

const items = [
  { handle: 'umbria.a', needs: ['legal', 'health'], urgent: true, count: 3, note: '=HYPERLINK("http://evil.example")', etag: '"x"' },
  { handle: 'umbria.b', needs: [], urgent: false, count: 0, note: null, place: { comune: '054039', band: 'x' } },
];

describe('a list as a sheet', () => {
  it('opens in a spreadsheet of this country, and computes nothing', async () => {
    const csv = toCsv(tableOf(items)).toString('utf8');
    expect(csv.startsWith('\ufeffhandle;needs;urgent;count;note;place\r\n')).toBe(true);
    expect(csv).toContain(`umbria.a;legal, health;true;3;"'=HYPERLINK(""http://evil.example"")";`);
    expect(csv).not.toContain('etag');
    const read = await readSheet('csv', toCsv(tableOf(items)));
    expect(read.columns).toEqual(['handle', 'needs', 'urgent', 'count', 'note', 'place']);
    expect(read.rows[1]).toEqual(['umbria.b', '', 'false', '0', '', 'comune: 054039, band: x']);
  });

  it('is the same in both forms', async () => {
    const table = tableOf(items);
    expect((await readSheet('xlsx', await toXlsx(table))).rows[0]).toEqual((await readSheet('csv', toCsv(table))).rows[0]);
  });

  it('says in every row that it is invented, where it is', () => {
    const csv = toCsv(markedInvented(tableOf(items))).toString('utf8');
    const [head, ...rows] = csv.split('\r\n');
    expect(head).toBe('\ufeffDATI INVENTATI;handle;needs;urgent;count;note;place');
    expect(rows.map((row) => row.split(';')[0])).toEqual(['DATI INVENTATI', 'DATI INVENTATI']);
  });

  it('never begins a cell like a formula', () => {
    const csv = toCsv({ columns: ['a'], rows: ['=1', '+1', '-1', '@x', '\tx', '＝1'].map((cell) => [cell]) }).toString('utf8');
    expect(
      csv
        .split('\r\n')
        .slice(1)
        .every((line) => /^"?'/.test(line)),
    ).toBe(true);
  });
});

describe('a file somebody has', () => {
  it('is read whatever its separator, its letters and its line ends', async () => {
    const expected = { columns: ['Data', 'Città'], rows: [['01/02/2026', 'Forlì']], head: 1, numbers: [2] };
    for (const text of ['\ufeffData;Città\r\n01/02/2026;Forlì\r\n', 'Data,Città\n01/02/2026,Forlì\n\n', 'Data\tCittà\n01/02/2026\tForlì'])
      expect(await readSheet('csv', Buffer.from(text, 'utf8'))).toEqual(expected);
    expect(await readSheet('csv', Buffer.from('Data;Città\r\n01/02/2026;Forlì\r\n', 'latin1'))).toEqual(expected);
  });

  it('counts its rows as spreadsheets do, those that are empty included', async () => {
    const sheet = await readSheet('csv', Buffer.from('\n;\nData;Città\n1;a\n;\n\n2;b\n'));
    expect(sheet).toEqual({
      ...{ columns: ['Data', 'Città'], head: 3, numbers: [4, 7] },
      rows: [
        ['1', 'a'],
        ['2', 'b'],
      ],
    });
    const gap = { columns: ['Data'], rows: [['1'], [null], ['2']] };
    expect(await readSheet('xlsx', await toXlsx(gap))).toMatchObject({ head: 1, numbers: [2, 4] });
  });

  it('is refused when it is none, or holds more than a sheet', async () => {
    await expect(readSheet('xlsx', Buffer.from('no zip'))).rejects.toMatchObject({ code: 'sheet.unreadable' });
    await expect(readSheet('csv', Buffer.from('\n\n'))).rejects.toMatchObject({ code: 'sheet.unreadable' });
    await expect(readSheet('csv', Buffer.from('a\n'.repeat(5_002)))).rejects.toMatchObject({ code: 'sheet.too-large' });
    const bomb = await toXlsx(tableOf(items));
    const at = bomb.indexOf('PK\u0001\u0002', 0, 'latin1');
    bomb.writeUInt32LE(40_000_000, at + 24);
    await expect(readSheet('xlsx', bomb)).rejects.toMatchObject({ code: 'sheet.too-large' });
  });
});
