import { randomInt } from 'node:crypto';
import { createServer, type Server } from 'node:net';

/** Below the ports that outgoing connections are given: a process that is ended and started again finds its own still free. */
const [LOWEST, BEYOND] = [15_000, 32_000];

/** Loopback ports that nobody listens on: held together until all are known, so that no two are the same. */
export async function freePorts(count: number): Promise<number[]> {
  const held = new Map<number, Server>();
  while (held.size < count) {
    const port = randomInt(LOWEST, BEYOND);
    const server = createServer();
    const listens = await new Promise<boolean>((resolve, reject) => {
      const failed = (error: NodeJS.ErrnoException): void => (error.code === 'EADDRINUSE' ? resolve(false) : reject(error));
      server.once('error', failed).listen(port, '127.0.0.1', () => resolve(true));
    });
    if (listens) held.set(port, server);
  }
  await Promise.all([...held.values()].map((server) => new Promise((resolve) => server.close(resolve))));
  return [...held.keys()];
}
