import { existsSync, readdirSync, readFileSync } from 'node:fs';
import * as path from 'node:path';
import { gzipSync } from 'node:zlib';
import type { RequestHandler, Response } from 'express';

interface Asset {
  readonly body: Buffer;
  /** Absent for what is packed already. */
  readonly packed: Buffer | undefined;
  readonly type: string;
  readonly caching: string;
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};
const PACKED = new Set(['.png', '.woff2']);
/** The name of such a file changes with its content. */
const HASHED = /^\/assets\/.+-[\w-]{8}\.\w+$/;

/**
 * The built browser application of a folder, held in memory: a few hundred kilobytes, and no path of a request ever reaches the disk.
 * Addresses of its screens are answered with its page; everything under `reserved` (first segments of paths) goes on to the API.
 * @param invented marks the page, so that its first picture can say so and nothing has to move for that later
 * @returns undefined where the application was not built: the API runs without it
 */
export function webApplication(folder: string, reserved: readonly string[], invented = false): RequestHandler | undefined {
  if (!existsSync(path.join(folder, 'assets')) || !existsSync(path.join(folder, 'index.html'))) return undefined;
  const assets = new Map(filesOf(folder).map((file) => [`/${file.split(path.sep).join('/')}`, assetOf(folder, file)]));
  const built = assets.get('/index.html');
  const page = built && invented ? marked(built) : built;
  if (page) assets.set('/index.html', page);
  const api = new Set(reserved);
  return (request, response, next) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return next();
    if (api.has(request.path.split('/')[1] ?? '')) return next();
    const asset = assets.get(request.path) ?? (isScreen(request.path) && request.accepts('html') ? page : undefined);
    if (!asset) return next();
    send(response, asset, request.acceptsEncodings('gzip') === 'gzip');
  };
}

function marked({ body, type, caching }: Asset): Asset {
  const page = Buffer.from(body.toString('utf8').replace('<html ', '<html data-invented '));
  return { body: page, packed: gzipSync(page, { level: 9 }), type, caching };
}

/** Screens have no file name: a missing script must be missing, not a page. Handles have a dot as well, and more behind it than any ending. */
const isScreen = (address: string): boolean => !/\.\w{1,12}$/.test(address) && !address.startsWith('/assets/');

function send(response: Response, asset: Asset, gzip: boolean): void {
  response.setHeader('Content-Type', asset.type).setHeader('Cache-Control', asset.caching).vary('Accept-Encoding');
  if (gzip && asset.packed) response.setHeader('Content-Encoding', 'gzip');
  response.status(200).end(gzip ? (asset.packed ?? asset.body) : asset.body);
}

function assetOf(folder: string, file: string): Asset {
  const body = readFileSync(path.join(folder, file));
  const ending = path.extname(file);
  const address = `/${file.split(path.sep).join('/')}`;
  return {
    body,
    packed: PACKED.has(ending) ? undefined : gzipSync(body, { level: 9 }),
    type: TYPES[ending] ?? 'application/octet-stream',
    caching: HASHED.test(address) ? 'public, max-age=31536000, immutable' : ending === '.html' ? 'no-store' : 'no-cache',
  };
}

const filesOf = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    // The build's own notes lie in a hidden folder.
    .filter((file) => !file.split(path.sep).some((part) => part.startsWith('.')));
