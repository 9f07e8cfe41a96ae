import { createHash } from 'node:crypto';
import type { Response } from 'express';

const STYLE = `
body{font-family:system-ui,sans-serif;font-size:1.0625rem;line-height:1.5;color:#17324d;background:#fff;margin:0}
main{max-width:40rem;margin:0 auto;padding:1.5rem}
.notice{background:#b45309;color:#fff;font-weight:700;padding:.75rem 1.5rem;margin:0}
fieldset{border:1px solid #5b6f82;border-radius:.25rem;margin:0 0 1.5rem;padding:.75rem 1rem}
legend{font-weight:700;padding:0 .5rem}
label{display:flex;gap:.75rem;align-items:center;min-height:2.75rem}
input[type=radio]{width:1.25rem;height:1.25rem;flex:none}
button{font:inherit;font-weight:700;color:#fff;background:#0059b3;border:0;border-radius:.25rem;padding:.75rem 1.5rem;min-height:2.75rem;cursor:pointer}
:focus-visible{outline:3px solid #b45309;outline-offset:2px}
`;
const POLICY = [
  "default-src 'none'",
  "img-src 'self'",
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  "form-action 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join('; ');

/** Text on its way into HTML. */
export const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`);

/** Sends a page that works without scripts and loads nothing. `head` and `body` are HTML. */
export function sendPage(response: Response, status: number, title: string, body: string, head = ''): void {
  response
    .status(status)
    .setHeader('Content-Security-Policy', POLICY)
    .setHeader('Cache-Control', 'no-store')
    .type('html')
    .send(
      `<!doctype html><html lang="it"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">${head}` +
        `<title>${escaped(title)} – Rete Casi</title><link rel="icon" href="/icon.svg"><style>${STYLE}</style></head><body>${body}</body></html>`,
    );
}

/**
 * A sign-in that came from another site ends on a page of ours that moves on by itself: browsers send a SameSite=Strict cookie
 * only once the navigation starts here.
 */
export const sendWelcome = (response: Response, goto: string): void =>
  sendPage(
    response,
    200,
    'Accesso riuscito',
    `<main><h1>Accesso riuscito</h1><p><a href="${escaped(goto)}">Continua</a> <span lang="en">(continue)</span></p></main>`,
    `<meta http-equiv="refresh" content="0;url=${escaped(goto)}">`,
  );

export const sendRefusal = (response: Response, trace: string): void =>
  sendPage(
    response,
    401,
    'Accesso non riuscito',
    `<main><h1>Accesso non riuscito</h1><p>L’accesso non è andato a buon fine. <a href="/auth/login">Riprova</a>.</p>` +
      `<p lang="en">Signing in did not work. <a href="/auth/login">Try again</a>.</p><p>Codice / code: ${escaped(trace)}</p></main>`,
  );
