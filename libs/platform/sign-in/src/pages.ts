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
a{color:#0059b3}
.ways{display:flex;flex-wrap:wrap;gap:1rem 1.5rem;align-items:center;margin:1.5rem 0}
.ways a{display:inline-block;padding:.6rem 0}
.ways .button{padding:.6rem 1.5rem;min-height:0}
.code{color:#5b6f82;font-size:.9375rem;overflow-wrap:anywhere}
a.button{text-decoration:none}
button,.button{font:inherit;font-weight:700;color:#fff;background:#0059b3;border:0;border-radius:.25rem;padding:.5rem 1.5rem;min-height:2.75rem;cursor:pointer}
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

export const INVENTED_NOTICE =
  '<p class="notice" role="note">DATI INVENTATI – dimostrazione: nessuna persona, impresa o pratica è reale. <span lang="en">Invented data.</span></p>';

/** Text on its way into HTML. */
export const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`);

/** A page that works without scripts and loads nothing, with the headers it needs. `head` and `body` are HTML. */
export const page = (
  title: string,
  body: string,
  head = '',
): { readonly html: string; readonly headers: Readonly<Record<string, string>> } => ({
  html:
    `<!doctype html><html lang="it"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">${head}` +
    `<title>${escaped(title)} – Rete Casi</title><link rel="icon" href="/icon.svg"><style>${STYLE}</style></head><body>${body}</body></html>`,
  headers: { 'Content-Security-Policy': POLICY, 'Cache-Control': 'no-store' },
});

export function sendPage(response: Response, status: number, title: string, body: string, head = ''): void {
  const { html, headers } = page(title, body, head);
  response.status(status).set(headers).type('html').send(html);
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
    `<main><h1>Accesso non riuscito</h1><p>L’accesso non è andato a buon fine: può essere scaduto, essere stato iniziato in un’altra finestra, o essere stato rifiutato.</p>` +
      `<p lang="en">Signing in did not work: it may be out of date, have begun in another window, or have been refused.</p>${waysBack(trace)}</main>`,
  );

/** What somebody sees who followed a link into the issuer that leads nowhere. What they asked for is not repeated. */
export const lostPage = (status: number, trace: string): ReturnType<typeof page> => {
  const [title, italian, english] =
    status >= 500
      ? [
          'Accesso non disponibile',
          'L’accesso non è disponibile in questo momento. Riprova fra poco.',
          'Signing in is not available just now. Try again in a while.',
        ]
      : [
          'Accesso interrotto',
          'Questo indirizzo non porta a nessun accesso in corso: può essere incompleto, scaduto o già usato. Non è andato perso nulla: l’accesso si può iniziare di nuovo.',
          'This address leads to no sign-in under way: it may be incomplete, out of date or used already. Nothing is lost: signing in can begin anew.',
        ];
  return page(title, `${INVENTED_NOTICE}<main><h1>${title}</h1><p>${italian}</p><p lang="en">${english}</p>${waysBack(trace)}</main>`);
};

const waysBack = (trace: string): string =>
  '<p class="ways"><a class="button" href="/auth/login">Accedi di nuovo <span lang="en">(sign in again)</span></a>' +
  '<a href="/">Torna alla pagina iniziale <span lang="en">(back to the first page)</span></a></p>' +
  `<p class="code">Codice / code: ${escaped(trace)}</p>`;
