import { randomBytes } from 'node:crypto';
import { type Server, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { answerTo, type Problem } from './problem';
import { ERRORS_PAGE } from './problem.filter';

const STATUS_OF: Readonly<Record<string, number>> = { HPE_HEADER_OVERFLOW: 431, ERR_HTTP_REQUEST_TIMEOUT: 408 };

/** What is no HTTP never reaches a route. It is answered in the same form as everything else, and its connection ends. */
export function answerUnreadable(server: Server): void {
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Duplex) => {
    if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
    const fault = Object.assign(new Error('unreadable'), { status: STATUS_OF[error.code ?? ''] ?? 400 });
    const { status, code, detail } = answerTo(fault);
    const traceId = randomBytes(16).toString('hex');
    const problem: Problem = { type: `${ERRORS_PAGE}#${code}`, title: code, status, detail, instance: '/', traceId };
    const body = JSON.stringify(problem);
    const head = [
      `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
      'Content-Type: application/problem+json; charset=utf-8',
      `Content-Length: ${Buffer.byteLength(body)}`,
      'Cache-Control: no-store',
      'Connection: close',
    ];
    socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
  });
}
