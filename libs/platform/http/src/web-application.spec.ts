import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import express from 'express';
import { webApplication } from './web-application';

describe('the built browser application', () => {
  let folder: string;
  let server: Server;
  let url: string;

  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'raccordo-web-'));
    mkdirSync(path.join(folder, 'assets'));
    mkdirSync(path.join(folder, '.vite'));
    writeFileSync(path.join(folder, 'index.html'), '<!doctype html><html lang="it"><title>Rete Casi</title>');
    writeFileSync(path.join(folder, 'icon.svg'), '<svg/>');
    writeFileSync(path.join(folder, 'assets', 'index-AbCd_123.js'), 'export {};'.repeat(50));
    writeFileSync(path.join(folder, '.vite', 'manifest.json'), '{}');
    writeFileSync(path.join(folder, '..', `${path.basename(folder)}.secret`), 'secret');
    const web = webApplication(folder, ['api', 'auth']);
    if (!web) throw new Error('the folder was passed over');
    server = createServer(express().use(web)).listen(0, '127.0.0.1');
    await new Promise((done) => server.once('listening', done));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    server.close();
    rmSync(folder, { recursive: true, force: true });
    rmSync(`${folder}.secret`, { force: true });
  });

  const ask = (address: string, headers: Record<string, string> = { accept: 'text/html' }, method = 'GET'): Promise<Response> =>
    fetch(url + address, { headers, method });

  it('answers every address of a screen with its page, which nobody keeps', async () => {
    for (const address of [
      '/',
      '/casi',
      '/casi/umbria.abcdefghijklmnopqrstuvwxyz',
      '/richieste/toscana.abcdefghijklmnopqrstuvwxyz',
      '/apiario',
    ]) {
      const answer = await ask(address);
      expect(await answer.text()).toContain('Rete Casi');
      expect(answer.headers.get('cache-control')).toBe('no-store');
    }
  });

  it('marks its page, packed or not and under every address, where the data are invented', async () => {
    expect(await (await ask('/casi')).text()).not.toContain('data-invented');
    const web = webApplication(folder, ['api'], true);
    if (!web) throw new Error('the folder was passed over');
    const marked = createServer(express().use(web)).listen(0, '127.0.0.1');
    await new Promise((done) => marked.once('listening', done));
    const there = `http://127.0.0.1:${(marked.address() as AddressInfo).port}`;
    for (const address of ['/', '/casi', '/index.html'])
      for (const encoding of ['gzip', 'identity']) {
        const answer = await fetch(there + address, { headers: { accept: 'text/html', 'accept-encoding': encoding } });
        expect(await answer.text()).toContain('<html data-invented lang="it">');
      }
    marked.close();
  });

  it('lets files be kept for ever whose name changes with their content, and packs them', async () => {
    const answer = await ask('/assets/index-AbCd_123.js', { 'accept-encoding': 'gzip' });
    expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(answer.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(answer.headers.get('content-encoding')).toBe('gzip');
    expect(await answer.text()).toHaveLength(500);
    expect((await ask('/icon.svg')).headers.get('cache-control')).toBe('no-cache');
  });

  it('leaves the API, changes, missing files and hidden folders to others', async () => {
    for (const address of ['/api/cases', '/api', '/auth/login', '/assets/gone-12345678.js', '/missing.js', '/.vite/manifest.json'])
      expect([address, (await ask(address)).status]).toEqual([address, 404]);
    expect((await ask('/casi', { accept: 'application/json' })).status).toBe(404);
    expect((await ask('/casi', {}, 'POST')).status).toBe(404);
  });

  it('never leaves its folder', async () => {
    const name = `${path.basename(folder)}.secret`;
    for (const address of [`/../${name}`, `/..%2f${name}`, `/assets/..%2f..%2f${name}`, `/%2e%2e/${name}`])
      expect([address, await (await ask(address)).text()]).not.toEqual([address, 'secret']);
  });

  it('is passed over where it was not built', () => {
    expect(webApplication(path.join(folder, 'nowhere'), [])).toBeUndefined();
    expect(webApplication(path.join(folder, 'assets'), [])).toBeUndefined();
  });
});
