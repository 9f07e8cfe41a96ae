import type { Checks, Step } from '../step';
import type { World } from '../world';

/** Values that must never be seen outside the vault: the canaries every table, log and file is searched for. */
export const CANARIES = [
  ...(['Zafferano Canarino', 'Quellarino', '+39 000 55501', 'Azienda Agricola Esempio Fantasma'] as const),
  // Where the permit stands in a register, and the SHA-256 of its file.
  ...(['QX-90417/77031', 'c0ffee5eedca5e5a11ed0c5a11ed0c5a11ed0c5a11ed0c5a11ed0c5a11ed0c5a'] as const),
] as const;
const [NAME, FAMILY, PHONE, COMPANY, REGISTER, FINGERPRINT] = CANARIES;
/** Plainly invented, with a correct control digit. */
export const VAT = '99999990007';

export const CASE = {
  indicators: ['EX01', 'EX02', 'EX04', 'CD01', 'CD14', 'DR02', 'DR03'],
  needs: ['legal', 'housing', 'italian_language'],
} as const;

async function run(world: World, check: Checks): Promise<void> {
  const { teams } = world.ids;
  const contact = await world.post<{ handle: string }>('karim', '/api/contacts', {
    on: '2026-03-02',
    comune: '054013',
    channel: 'field_camp',
    language: 'fr',
    met: 'approached_by_team',
    offered: ['legal_advice'],
    needs: ['food_and_material_aid'],
  });
  check.equal('an anonymous contact is recorded', contact.status, 201);

  const minor = await world.post('giulia', '/api/cases', { team: teams['equipe-umbria'], ageBand: 'minor', language: 'fr' });
  check.refused('a minor stays with the system for unaccompanied minors', minor, 409, 'case.minor-belongs-to-msna');

  const opened = await world.post<{ handle: string; codename: string }>('giulia', '/api/cases', {
    ...{ team: teams['equipe-umbria'], ageBand: 'adult', language: 'fr', urgent: true },
    contact: contact.body.handle,
    person: [
      { group: 'ID', field: 'given_name', value: NAME },
      { group: 'ID', field: 'family_name', value: FAMILY },
      { group: 'CON', field: 'phone', value: PHONE },
    ],
  });
  check.equal('a case is opened', opened.status, 201);
  check.holds(
    'the worker has a codename to say on the phone',
    /^\p{Lu}[\p{L} ]+ [A-Z0-9]{3,4}$/u.test(opened.body.codename),
    opened.body.codename,
  );
  const handle = world.learn('case', opened.body.handle);
  world.learn('codename', opened.body.codename);
  const path = `/api/cases/${handle}`;
  const record = (part: string, body: unknown) => world.change('giulia', path, `${path}/${part}`, body);

  check.equal('indicators are recorded', (await record('indicators', { list: 'ilo_delphi', indicators: CASE.indicators })).status, 204);
  check.equal(
    'those of art. 603-bis as well',
    (await record('indicators', { list: 'art_603bis', indicators: ['603bis-1', '603bis-2', 'state_of_need'] })).status,
    204,
  );
  check.equal('needs are recorded', (await record('needs', { needs: CASE.needs, urgent: true })).status, 204);
  const permit = { kind: 'residence_permit', received: '2026-03-02', keeper: world.ids.organisations['progetto-umbria'] };
  const kept = await record('documents', { ...permit, register: REGISTER, fingerprint: FINGERPRINT });
  check.equal('where the permit is kept is recorded, and no file', kept.status, 204);
  check.refused('a name is no place in a register', await record('documents', { ...permit, register: 'QUELLARINO' }), 400);
  const unknown = await record('indicators', { list: 'ilo_delphi', indicators: ['ЕX01'] });
  check.refused('a look-alike letter is no indicator', unknown, 400);

  const wrongVat = await world.post('giulia', '/api/companies', { vat: '99999990008', name: COMPANY, sector: 'A', comune: '054013' });
  check.refused('a partita IVA with a wrong control digit is refused', wrongVat, 400);
  const company = await world.post<{ handle: string }>('giulia', '/api/companies', {
    vat: VAT,
    name: COMPANY,
    sector: 'A',
    comune: '054013',
  });
  check.holds('a company is recorded once in the region', [200, 201].includes(company.status), String(company.status));
  world.learn('company', company.body.handle);
  check.equal('the company is linked', (await record('companies', { company: company.body.handle })).status, 204);
  check.equal(
    'a work zone is set from the list of municipalities',
    (await record('work-zone', { comune: '054013', from: '2025-09-01' })).status,
    204,
  );
  const nowhere = await record('work-zone', { comune: '999999' });
  check.refused('a comune that does not exist is refused', nowhere, 400);

  const seen = await world.get<{ groups: { EXP?: { indication?: unknown; note?: unknown } } }>('giulia', path);
  check.holds('the score is an indication, and says so', /indication/i.test(JSON.stringify(seen.body.groups.EXP ?? {})));
  for (const canary of CANARIES) check.holds('no value of the vault stands in the case', !seen.text.includes(canary));
  const documents = `${path}/documents/LEG-1`;
  const place = await world.post<{ value: string }>('karim', `${documents}/reveals`, { reason: 'Serve alla legale per il rinnovo' });
  check.equal('whoever sees all of the legal status opens the register code, with a reason', place.body.value, REGISTER);
  const same = await world.post('karim', `${documents}/comparisons`, { fingerprint: FINGERPRINT });
  const other = await world.post('karim', `${documents}/comparisons`, { fingerprint: 'ab'.repeat(32) });
  check.equal('a file at hand is the one or is not', [same.body, other.body], [{ same: true }, { same: false }]);
  check.refused('a colleague of another region does not find it', await world.get('bruno', path), 404, 'case.not-found');
  check.refused('nor does somebody of the region outside the team', await world.get('nino', path), 404, 'case.not-found');
}

export const step1: Step = {
  number: 1,
  name: 'An anonymous contact becomes a case',
  run,
  fault: ({ who, method, path, status, body }) =>
    who === 'bruno' && method === 'GET' && path.startsWith('/api/cases/') ? { status: 200, body: { handle: 'x' } } : { status, body },
};
