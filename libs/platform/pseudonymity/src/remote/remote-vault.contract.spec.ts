import 'reflect-metadata';
import type { AddressInfo } from 'node:net';
import { type DynamicModule, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { HttpModule, OpaqueTokens, prepareHttp } from '@platform/http';
import { InternalModule, Peers } from '@platform/internal';
import { SpecIdentities } from '../../../internal/test/peers-for-specs';
import { receiptFor, type ScratchVaults, scratchVaults } from '../scratch-vaults.contract';
import { vaultContract } from '../vault.contract';
import { RemoteVaults } from './remote-vaults';
import { VAULT_CALLS, type VaultCall } from './vault-calls';
import { VaultModule } from './vault.controller';

@Module({})
class Root {}

jest.setTimeout(60_000);
const everything = [...(Object.keys(VAULT_CALLS) as VaultCall[]), 'opening' as const];
const identities = new SpecIdentities(['vault', 'cases', 'audit', 'stranger']);
let embedded: ScratchVaults;
let app: NestExpressApplication;
let url = '';
const remote = (as: string): RemoteVaults =>
  new RemoteVaults(new Peers([{ name: 'vault', region: undefined, url }], identities.tokens(as)));

beforeAll(async () => {
  embedded = await scratchVaults();
  const imports = [
    HttpModule.forRoot({ tokens: new OpaqueTokens(Buffer.alloc(32, 1)), clock: embedded.clock, ids: { next: () => 'request-1' } }),
    InternalModule.of('vault', identities.trust),
    VaultModule.of(embedded.vaults, { cases: everything, audit: ['handlesFor'] }),
  ];
  const root: DynamicModule = { module: Root, imports };
  app = await NestFactory.create<NestExpressApplication>(root, { bodyParser: false, logger: false, abortOnError: false });
  const boundless = { burst: 1e6, perSecond: 1e6 };
  prepareHttp(app, { bodyLimitKb: 4096, https: false, rates: { address: boundless } });
  await app.listen(0, '127.0.0.1');
  url = `http://127.0.0.1:${((app.getHttpServer() as { address(): unknown }).address() as AddressInfo).port}`;
});
afterAll(async () => {
  await app.close();
  await embedded.close();
  identities.remove();
});

let scratch: ScratchVaults<RemoteVaults> | undefined;
vaultContract(() => (scratch ??= { ...embedded, vaults: remote('cases'), another: () => remote('cases') }));

describe('a vault in a process of its own', () => {
  it('tells which regions it serves, also those opened later', async () => {
    const vaults = remote('cases');
    await vaults.start();
    expect(vaults.regions()).toEqual(['toscana', 'umbria']);
    await remote('cases').open('marche');
    await vaults.start();
    vaults.close();
    expect(vaults.regions()).toContain('marche');
  });
  it('serves a region that another instance of it opened', async () => {
    await embedded.another().open('lazio'); // same tables and keys, in another process
    expect(await remote('cases').of('lazio').isShredded('case-1')).toBe(false);
    await expect(remote('cases').of('molise').isShredded('case-1')).rejects.toMatchObject({ code: 'vault.unknown-region' });
  });
  it('does not exist for a service it does not know', async () => {
    await expect(remote('stranger').of('umbria').isShredded('case-1')).rejects.toMatchObject({
      code: 'route.not-found',
      kind: 'not-found',
    });
    expect((await fetch(`${url}/internal/vault/umbria/isShredded`, { method: 'POST' })).status).toBe(404);
  });
  it('refuses a service what is not its business', async () => {
    const audit = remote('audit');
    await expect(audit.of('umbria').put('case-1', 'ID', 'name', 'x')).rejects.toMatchObject({ code: 'vault.not-yours' });
    await expect(audit.open('veneto')).rejects.toMatchObject({ code: 'vault.not-yours' });
    expect((await audit.of('umbria').handlesFor(['case-1'], 'audit@umbria')).size).toBe(1);
  });
  it('opens nothing against the receipt of another service', async () => {
    const vault = remote('cases').of('umbria');
    const ref = await vault.put('case-9', 'ID', 'name', 'x');
    const receipt = { ...receiptFor('umbria', [ref]), producer: 'audit.1' };
    await expect(vault.reveal([ref], receipt)).rejects.toMatchObject({ code: 'vault.receipt-mismatch' });
  });
  it('refuses what is no question, without repeating it', async () => {
    const token = await identities.tokens('cases').for('vault');
    const ask = async (body: unknown): Promise<{ status: number; text: string }> => {
      const response = await fetch(`${url}/internal/vault/umbria/put`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
        body: JSON.stringify(body),
      });
      return { status: response.status, text: await response.text() };
    };
    for (const body of [{}, { given: ['case-1', 'ID', 'name'] }, { given: ['case-1', 'ID', 'name', { secret: 'Zuleika' }] }, []]) {
      const { status, text } = await ask(body);
      expect(status).toBe(400);
      expect(text).not.toContain('Zuleika');
    }
  });
  it('is waited for when it is away', async () => {
    const gone = new RemoteVaults(new Peers([{ name: 'vault', region: undefined, url: 'http://127.0.0.1:1' }], identities.tokens('cases')));
    await gone.start();
    gone.close();
    expect(gone.reached).toBe(false);
    await expect(gone.of('umbria').isShredded('case-1')).rejects.toMatchObject({ kind: 'unavailable' });
  });
  it('knows no region without a vault', () => {
    const only = new Peers([{ name: 'vault', region: 'umbria', url }], identities.tokens('cases'));
    expect(() => new RemoteVaults(only).of('toscana')).toThrow('No vault of that region is open here.');
  });
});
