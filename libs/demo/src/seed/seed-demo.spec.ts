import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { NotEmpty, seedDemo } from './seed-demo';

describe('invented data', () => {
  let server: Server;
  const asked: string[] = [];
  afterAll(() => void server.close());

  it('are not put into an instance that holds data, of which nothing else is asked', async () => {
    server = createServer((request, response) => {
      asked.push(`${request.method} ${request.url}`);
      response.setHeader('content-type', 'application/json').end(JSON.stringify({ demo: true, setup: null }));
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    await expect(seedDemo(url, () => undefined)).rejects.toThrow(NotEmpty);
    expect(asked).toEqual(['GET /demo']);
  });
});
