import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import { ConfigError } from '@platform/config';
import { DomainError, refused } from '@platform/kernel';
import { failureOf, wordsOf } from './refusals';

const ERRORS = readFileSync(path.resolve(__dirname, '../../../docs/reference/errors.md'), 'utf8');
/** What only a command can meet, or what one asks a service for. */
const OF_COMMANDS = /^(backup|restore|key-backup|move|record|erasure|explanation|cut)\.|^projection\.(not-re|re)/;
/** Said for every kind of record alike. */
const OF_ALL = /\.(busy|forbidden|malformed|not-found|precondition-missing|stale)$/;

interface Listed {
  readonly code: string;
  readonly status: number;
  readonly details: readonly string[];
}
const listed: readonly Listed[] = [...ERRORS.matchAll(/<\/a>`([\w.-]+)` \| (\d{3})[^|]* \| (.*) \|/g)].map(
  ([, code = '', status, details = '']) => ({ code, status: Number(status), details: details.split(' / ') }),
);
const BY_KIND = new Set([400, 403, 404, 409, 412, 428, 503].map((status) => wordsOf({ code: 'x', status, detail: '' }).it.slice(3)));

describe('what a command is refused', () => {
  const ours = listed.filter(({ code }) => OF_COMMANDS.test(code) && !OF_ALL.test(code));

  it('is listed at all', () => {
    expect(ours.length).toBeGreaterThan(30);
  });

  it.each(ours)('has an Italian sentence of its own: $code', ({ code, status, details }) => {
    for (const detail of details) {
      // The reference leaves out what a sentence names.
      const said = wordsOf({ code, status, detail: detail.replaceAll('…', '12') });
      expect(said.en).toBe(`${code}: ${detail.replaceAll('…', '12')}`);
      expect(BY_KIND).not.toContain(said.it.slice(code.length + 2));
      expect(said.it).not.toMatch(/\{\d\}/);
      expect(said.it.includes('12')).toBe(detail.includes('…'));
    }
  });

  it('says in Italian what its kind means where nothing more is known, and never a sentence of the other language', () => {
    for (const { code, status, details } of listed)
      for (const detail of details) {
        const { it: italian } = wordsOf({ code, status, detail });
        expect([code, italian.startsWith(`${code}: `), detail !== '' && italian.includes(detail)]).toEqual([code, true, false]);
      }
  });

  it('says the same whether a service or the command itself refused', () => {
    const error = refused('backup.nothing-here', 'DATA_DIR holds no installation.');
    expect(failureOf(error).words).toEqual(wordsOf({ code: error.code, status: 409, detail: error.message }));
    expect(failureOf(new DomainError('case.not-found', 'not-found', 'There is no such record for you.')).words.it).toBe(
      'case.not-found: Non c’è, oppure non riguarda il lavoro di chi chiede.',
    );
  });

  it('names the place where the machine is in the way', () => {
    const missing = Object.assign(new Error("ENOENT: no such file or directory, open '/x/keys'"), { code: 'ENOENT', path: '/x/keys' });
    expect(failureOf(missing).words).toEqual({ it: 'Non c’è: /x/keys', en: missing.message });
    const unusable = failureOf(new ConfigError(['PORT must be a number', 'HOST must be an address'])).words;
    expect(unusable.it).toBe('La configurazione non si può usare: PORT, HOST. Che cosa va bene sta in docs/reference/config.md.');
    expect(failureOf('nothing').words).toEqual({ it: 'Non è riuscito.', en: 'It could not be done.' });
  });
});
