import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import { parse } from 'yaml';

const root = path.resolve(__dirname, '../..');
const text = (file: string): string => readFileSync(path.join(root, file), 'utf8');

interface PublicCode {
  readonly [key: string]: unknown;
  readonly publiccodeYmlVersion: string;
  readonly categories: readonly string[];
  readonly intendedAudience: { readonly scope: readonly string[] };
  readonly description: Readonly<
    Record<string, { genericName: string; shortDescription: string; longDescription: string; features: readonly string[] }>
  >;
  readonly legal: { readonly license: string };
  readonly maintenance: { readonly type: string; readonly contacts: readonly { name: string }[] };
  readonly localisation: { readonly availableLanguages: readonly string[] };
}

/** Words of the standard's two lists that fit this product; a word that is in neither list is no word of the standard. */
const CATEGORIES = ['collaboration', 'compliance-management', 'data-collection', 'workflow-management', 'web-collaboration'];
const SCOPES = ['employment', 'government', 'justice', 'local-authorities', 'security', 'society', 'welfare'];

/** What the standard asks for, https://yml.publiccode.tools, as far as this file uses it. */
function faultsOf(given: PublicCode): string[] {
  const faults: string[] = [];
  const demand = (what: string, holds: boolean): void => void (holds || faults.push(what));
  const mandatory = ['publiccodeYmlVersion', 'name', 'url', 'releaseDate', 'platforms', 'developmentStatus', 'softwareType', 'description'];
  for (const key of [...mandatory, 'legal', 'maintenance', 'localisation']) demand(key, given[key] !== undefined);
  demand('publiccodeYmlVersion', typeof given.publiccodeYmlVersion === 'string');
  demand('developmentStatus', ['concept', 'development', 'beta', 'stable', 'obsolete'].includes(String(given.developmentStatus)));
  demand('softwareType', given.softwareType === 'standalone/web');
  demand(
    'categories',
    given.categories.every((word) => CATEGORIES.includes(word)),
  );
  demand(
    'scope',
    given.intendedAudience.scope.every((word) => SCOPES.includes(word)),
  );
  for (const [language, { genericName, shortDescription, longDescription, features }] of Object.entries(given.description)) {
    demand(`${language}/genericName`, genericName.length <= 35);
    demand(`${language}/shortDescription`, shortDescription.length <= 150 && !shortDescription.includes('\n'));
    demand(`${language}/longDescription`, longDescription.length >= 500 && longDescription.length <= 10_000);
    demand(`${language}/features`, features.length > 0 && features.every((feature) => feature.length <= 100));
  }
  demand('maintenance', given.maintenance.type !== 'community' || given.maintenance.contacts.every(({ name }) => name !== ''));
  demand(
    'localisation',
    Object.keys(given.description).every((language) => given.localisation.availableLanguages.includes(language)),
  );
  return faults;
}

describe('what the repository says of itself', () => {
  const given = parse(text('publiccode.yml')) as PublicCode;

  it('follows the Italian standard for public code', () => {
    expect(faultsOf(given)).toEqual([]);
  });

  it('would be found at fault with a word that is not the standard’s, or without what it asks for', () => {
    expect(faultsOf({ ...given, categories: ['case-management'] })).toEqual(['categories']);
    expect(faultsOf({ ...given, url: undefined })).toEqual(['url']);
    expect(faultsOf({ ...given, intendedAudience: { scope: ['people'] } })).toEqual(['scope']);
  });

  it('names one licence everywhere, and the version it has', () => {
    const { license, version } = JSON.parse(text('package.json')) as { license: string; version: string };
    expect([license, given.legal.license, given.softwareVersion]).toEqual(['EUPL-1.2', 'EUPL-1.2', version]);
    expect(text('NOTICE')).toContain('SPDX-License-Identifier: EUPL-1.2');
    expect(text('LICENSE')).toMatch(/^EUROPEAN UNION PUBLIC LICENCE v\. 1\.2/);
  });

  it('fits on a few screens', () => {
    expect(text('README.md').split('\n').length).toBeLessThanOrEqual(200);
  });
});
