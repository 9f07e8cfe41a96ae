import type { IncomingMessage } from 'node:http';
import { once } from 'node:events';
import type { Request, Response } from 'express';
import { scopeOf } from '@platform/http';

/**
 * Passes an event stream on, piece by piece, while the session lives: the service knows whether somebody is still a member, only the gateway
 * knows whether they are still signed in. Each piece is let through after that was looked up; a stream beats every 15 seconds.
 */
export async function passEvents(from: IncomingMessage, request: Request, response: Response): Promise<void> {
  const { stillSignedIn } = scopeOf(request);
  response.flushHeaders();
  try {
    for await (const piece of from as AsyncIterable<Buffer>) {
      if (response.destroyed || !(await (stillSignedIn?.() ?? false))) break;
      if (!response.write(piece)) await Promise.race([once(response, 'drain'), once(response, 'close')]);
    }
  } catch {
    // The service went away in the middle: the browser connects again and says what it saw last.
  } finally {
    from.destroy();
    response.end();
  }
}
