import { readFileSync, globSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { read } from './asking.ts';

interface Line {
  /** Persona by persona; nobody: before signing in. */
  readonly as: readonly (string | undefined)[];
  /** An address in the place of parameters. */
  readonly at?: (page: Page) => Promise<string>;
}

const first = async (page: Page, api: string, field = 'handle'): Promise<string> => {
  const { items } = await read<{ items: readonly Record<string, string | number>[] }>(page, api);
  const found = items[0]?.[field];
  if (found === undefined) throw new Error(`${api} shows nothing: the screen behind it cannot be looked at`);
  return String(found);
};
const aCase =
  (rest = '') =>
  async (page: Page): Promise<string> =>
    `/casi/${await first(page, '/api/cases?limit=1')}${rest}`;

/** Who looks at which screen. A route without a line here fails the spec: what nobody looks at breaks unseen. */
export const SCREENS: Readonly<Record<string, Line>> = {
  '/': { as: [undefined] },
  '/storia': { as: [undefined] },
  '/avvio': { as: [undefined] },
  '/accesso': { as: [undefined] },
  // Need a link, and accounts of the installation's own: real-installation.browser.spec.ts looks at them.
  '/invito': { as: [] },
  '/modi-di-entrare': { as: [] },
  '/accessibilita': { as: [undefined, 'Marco'] },
  '/rientro': { as: [undefined] },
  '/lavoro': { as: ['Giulia', 'Karim'] },
  '/posta': { as: ['Giulia'] },
  '/contatti': { as: ['Karim', 'Giulia'] },
  '/contatti/nuovo': { as: ['Karim'] },
  '/contatti/importa': { as: ['Karim'] },
  '/contatti/$handle': { as: ['Karim', 'Giulia'], at: async (page) => `/contatti/${await first(page, '/api/contacts')}` },
  '/casi': { as: ['Giulia', 'Ivo'] },
  '/casi/nuovo': { as: ['Giulia'] },
  '/casi/$handle': { as: ['Giulia', 'Livia'], at: aCase() },
  '/casi/$handle/invia': { as: ['Giulia'], at: aCase('/invia') },
  '/richieste': { as: ['Giulia', 'Nora'] },
  '/richieste/$handle': { as: ['Ivo'], at: async (page) => `/richieste/${await first(page, '/api/referrals/inbox')}` },
  '/equipe': { as: ['Giulia'] },
  '/allerte': { as: ['Giulia'] },
  '/allerte/nuova': { as: ['Giulia'] },
  '/allerte/$handle': { as: ['Giulia'], at: async (page) => `/allerte/${await first(page, '/api/alerts')}` },
  '/mie-allerte': { as: ['Marco', 'Sara'] },
  '/mie-allerte/iscrizioni': { as: ['Marco'] },
  '/mie-allerte/$handle': { as: ['Marco'], at: async (page) => `/mie-allerte/${await first(page, '/api/deliveries')}` },
  '/imprese': { as: ['Giulia', 'Dora'] },
  '/imprese/$handle': { as: ['Giulia'], at: async (page) => `/imprese/${await first(page, '/api/companies')}` },
  '/territorio': { as: ['Giulia', 'Teo'] },
  '/territorio/nuova': { as: ['Karim', 'Giulia'] },
  '/territorio/$handle': { as: ['Giulia', 'Teo'], at: async (page) => `/territorio/${await first(page, '/api/dynamics')}` },
  '/bozze': { as: ['Karim'] },
  '/emergenze': { as: ['Giulia'] },
  '/riesami': { as: ['Ivo', 'Dora'] },
  '/perche': { as: ['Giulia', 'Ada'] },
  '/cancellazioni': { as: ['Dora'] },
  '/svelamenti': { as: ['Dora', 'Ada'] },
  '/persone': { as: ['Piero'] },
  '/organizzazioni': { as: ['Piero'] },
  '/organizzazioni/$organisation': {
    as: ['Piero'],
    at: async (page) => `/organizzazioni/${await first(page, '/api/organisations?region=umbria&kind=health_authority', 'organisation')}`,
  },
  '/squadre': { as: ['Giulia', 'Dora'] },
  '/squadre/$team': {
    as: ['Giulia'],
    at: async (page) => `/squadre/${(await read<{ teams: { team: string }[] }>(page, '/api/members/me')).teams[0]?.team ?? ''}`,
  },
  '/accordi': { as: ['Giulia', 'Ada'] },
  '/accordi/nuovo': { as: ['Giulia'] },
  '/accordi/$agreement': { as: ['Giulia'], at: async (page) => `/accordi/${await first(page, '/api/agreements', 'agreement')}` },
  '/politiche': { as: ['Piero'] },
  '/politiche/$policy': { as: ['Piero'], at: async (page) => `/politiche/${await first(page, '/api/policies', 'policy')}` },
  '/sistema': { as: ['Piero'] },
  '/registro': { as: ['Ada'] },
  '/registro/$index': { as: ['Ada'], at: () => Promise.resolve('/registro/1') },
  '/ricostruzione': { as: ['Ada'] },
  '/verifica': { as: ['Ada'] },
};

/** Every address a screen has, as the sources say. */
export function routePaths(): string[] {
  const src = path.resolve(import.meta.dirname, '../src');
  const paths = globSync(path.join(src, '**/routes.ts')).flatMap((file) => {
    const text = readFileSync(file, 'utf8');
    const found = [...text.matchAll(/\bpath: (?:'([^']+)'|BACK_PATH)/g)].map(([, literal]) => literal ?? '/rientro');
    const made = [...text.matchAll(/createRoute\(/g)].length;
    if (found.length !== made) throw new Error(`${file} makes ${made} routes and names ${found.length} addresses`);
    return found;
  });
  return [...new Set(paths)].sort();
}
