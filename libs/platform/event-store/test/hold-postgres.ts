// Child process of embedded-postgres.spec.ts: starts the server, says so and holds it until it is killed.
import { startPostgres } from '../src/postgres/embedded-postgres';

void startPostgres(process.argv[2] ?? '', { durable: false, exclusive: process.argv[3] === 'exclusive' }).then(
  (server) => {
    process.send?.({ started: server.firstStart });
    process.once('message', () => void server.stop().then(() => process.disconnect()));
  },
  (error: unknown) => {
    process.send?.({ refused: String(error) });
    process.disconnect();
  },
);
setInterval(() => undefined, 1000).unref();
