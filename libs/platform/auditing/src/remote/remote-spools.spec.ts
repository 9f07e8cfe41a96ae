import 'reflect-metadata';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { type DynamicModule, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { HttpModule, OpaqueTokens, prepareHttp } from '@platform/http';
import { InternalModule, Peer } from '@platform/internal';
import { SpecIdentities } from '../../../internal/test/peers-for-specs';
import { aBody } from '../../test/bodies';
import { SpoolRecorder } from '../spool-recorder';
import { SpoolSource } from '../spool-source';
import type { Places, SourcePlace } from '../trail-source';
import { RemoteSpools } from './remote-spools';
import { SpoolModule } from './spool.controller';

@Module({})
class Root {}

const identities = new SpecIdentities(['cases', 'audit', 'referrals']);
const root = mkdtempSync(path.join(tmpdir(), 'remote-spools-'));
const none: Places = new Map();
let app: NestExpressApplication;
let recorder: SpoolRecorder;
let url = '';
const as = (service: string): RemoteSpools => new RemoteSpools(new Peer('cases', url, identities.tokens(service)));

beforeAll(async () => {
  const imports = [
    HttpModule.forRoot({
      tokens: new OpaqueTokens(Buffer.alloc(32, 1)),
      clock: { now: () => '2031-03-14T12:00:00.000Z' },
      ids: { next: () => 'request-1' },
    }),
    InternalModule.of('cases', identities.trust),
    SpoolModule.of(new SpoolSource(root)),
  ];
  const module: DynamicModule = { module: Root, imports };
  app = await NestFactory.create<NestExpressApplication>(module, { bodyParser: false, logger: false, abortOnError: false });
  prepareHttp(app, { bodyLimitKb: 256, https: false });
  await app.listen(0, '127.0.0.1');
  url = `http://127.0.0.1:${((app.getHttpServer() as { address(): unknown }).address() as AddressInfo).port}`;
});
beforeEach(async () => {
  recorder = await SpoolRecorder.open(root, 'cases', { limits: { queue: 100, segment: 600, segments: 40 } });
});
afterEach(async () => {
  await recorder.close();
  rmSync(root, { recursive: true });
});
afterAll(async () => {
  await app.close();
  identities.remove();
});

const write = async (count: number, region = 'umbria'): Promise<void> => {
  for (let n = 0; n < count; n++) await recorder.record(aBody({ region, request: `request-${n}` }));
};

describe('spools of another service', () => {
  it('are taken in order, each entry once, in pages of any size', async () => {
    await write(7);
    const spools = as('audit');
    const places = new Map<string, SourcePlace>();
    const taken: number[] = [];
    for (let page = await spools.harvest('umbria', places, 2); page.length > 0; page = await spools.harvest('umbria', places, 2)) {
      for (const { happenings, after } of page) {
        taken.push(...happenings.map(({ seq }) => seq));
        places.set(after.producer, after);
      }
      await spools.taken('umbria', [...places.values()]);
    }
    expect(taken).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });

  it('hold the very bodies that were recorded, and those of one region only', async () => {
    await write(1, 'umbria');
    await write(1, 'toscana');
    const [harvest] = await as('audit').harvest('toscana', none, 10);
    expect(harvest?.happenings.map(({ body }) => body)).toEqual([aBody({ region: 'toscana', request: 'request-0' })]);
  });

  it('wait on their disk while nobody has taken them, and go once they are taken', async () => {
    await write(12);
    const files = (): string[] => readdirSync(path.join(root, recorder.producer, 'umbria'));
    const before = files().length;
    const [harvest] = await as('audit').harvest('umbria', none, 100);
    expect(files().length).toBe(before);
    await as('audit').taken('umbria', harvest ? [harvest.after] : []);
    expect(files().length).toBeLessThan(before);
    expect((await as('audit').harvest('umbria', none, 100))[0]?.happenings[0]?.seq).not.toBe(1); // what was let go is not there any more
  });

  it('are nobody else’s to take', async () => {
    await write(1);
    const stranger = as('referrals');
    expect(await stranger.harvest('umbria', none, 10)).toEqual([]);
    expect(stranger.away).toBe(true);
    await stranger.taken('umbria', [{ producer: recorder.producer, seq: 1, position: '9:0' }]);
    expect((await as('audit').harvest('umbria', none, 10))[0]?.happenings).toHaveLength(1);
  });

  it('are away while the service is, and the reader says so', async () => {
    const gone = new RemoteSpools(new Peer('cases', 'http://127.0.0.1:1', identities.tokens('audit')));
    expect(gone.away).toBe(false);
    expect(await gone.harvest('umbria', none, 10)).toEqual([]);
    expect(gone.away).toBe(true);
  });

  it('are told to be damaged where they are, and readable again once they are mended', async () => {
    await write(3);
    const file = path.join(root, recorder.producer, 'umbria', '000001.spool');
    const whole = readFileSync(file);
    const bent = Buffer.from(whole);
    bent[20] = 0;
    writeFileSync(file, bent);
    const spools = as('audit');
    expect(await spools.harvest('umbria', none, 10)).toEqual([]);
    expect([...spools.damaged.keys()]).toEqual([`${recorder.producer}/umbria`]);
    await spools.harvest('toscana', none, 10);
    expect(spools.damaged.size).toBe(1);
    writeFileSync(file, whole);
    expect(await spools.harvest('umbria', none, 10)).toHaveLength(1);
    expect(spools.damaged.size).toBe(0);
  });

  it('cannot speak for the producers of a third service', async () => {
    const other = await SpoolRecorder.open(root, 'referrals');
    await other.record(aBody({ region: 'umbria' }));
    await other.close();
    expect(await as('audit').harvest('umbria', none, 10)).toEqual([]);
  });
});
