import { CODE_LISTS } from '@platform/codes';
import { deciding, person, scenario, streamId } from '@platform/testing';
import { type Case, type CaseEvent, evolveCase } from './case';
import { RecordDocumentReference, WithdrawDocumentReference } from './case-commands';
import { caseDecider } from './case.decider';
import { documentAt, type DocumentGroup, documentName, GROUP_OF_KIND, REGISTER_CODE } from './document-reference';

const id = streamId('case', 1);
const keeper = streamId('organisation', 7);
const [registerRef, fingerprintRef] = ['a', 'b'].map((letter) => `vault:umbria:${letter.repeat(26)}`) as [string, string];
const opened: CaseEvent = {
  type: 'CaseOpened',
  data: {
    custodian: { organisation: person().organisation, team: streamId('team', 1), region: 'umbria' },
    responsible: person().member,
    ageBand: 'adult',
    language: 'bn',
    urgent: false,
    refs: [],
  },
};
const recorded = (group: DocumentGroup, number: number): CaseEvent => ({
  type: 'DocumentReferenceRecorded',
  data: { group, number, registerRef },
});
const withdrawn = (group: DocumentGroup, number: number): CaseEvent => ({
  type: 'DocumentReferenceWithdrawn',
  data: { group, number, reason: 'recorded_twice' },
});
const closed: CaseEvent = { type: 'CaseClosed', data: { reason: 'other', closedAt: '2031-03-12T12:00:00.000Z' } };
const body = { kind: 'residence_permit', dated: '2031-01-10', received: '2031-02-01', keeper, registerRef };
const open = scenario(caseDecider, deciding({ keeper })).given(opened);
const record = (more: object = {}) => new RecordDocumentReference(id, { ...body, ...more });
const withdraw = (group: DocumentGroup, number: number, reason = 'recorded_twice') =>
  new WithdrawDocumentReference(id, { group, number, reason });

describe('a reference to a document', () => {
  it('says in clear only its group and number; what the document is, is sealed, and what leads to it lies in the vault', () => {
    open.when(record({ fingerprintRef })).then({
      type: 'DocumentReferenceRecorded',
      data: { group: 'LEG', number: 1, registerRef, fingerprintRef },
      secret: { LEG: { kind: 'residence_permit', dated: '2031-01-10', received: '2031-02-01', keeper } },
    });
    open.when(record({ kind: 'photograph', dated: undefined })).then({
      type: 'DocumentReferenceRecorded',
      data: { group: 'EXP', number: 1, registerRef },
      secret: { EXP: { kind: 'photograph', received: '2031-02-01', keeper } },
    });
  });

  it.each(CODE_LISTS['document-kind'].codes.map(({ code }) => code))('belongs to one group by its kind: %s', (kind) => {
    const group = GROUP_OF_KIND[kind];
    open.when(record({ kind })).then({
      type: 'DocumentReferenceRecorded',
      data: { group, number: 1, registerRef },
      secret: { [group]: { kind, dated: body.dated, received: body.received, keeper } },
    });
  });

  it('is numbered within its group, so that no number tells of other groups, and a withdrawn number does not come back', () => {
    const next = (number: number) => ({ type: 'DocumentReferenceRecorded', data: { group: 'LEG', number, registerRef } });
    const past = [recorded('HEA', 1), recorded('HEA', 2), recorded('LEG', 1), withdrawn('LEG', 1)];
    expect(caseDecider.decide(record(), [opened, ...past].reduce(evolveCase, null as Case), deciding({ keeper }))).toMatchObject([next(2)]);
  });

  it('is refused with a kind, a day or a keeper that is none', () => {
    open.when(record({ kind: 'diary' })).thenRefused('case.unknown-document-kind', ['/kind']);
    open.when(record({ kind: '__proto__' })).thenRefused('case.unknown-document-kind', ['/kind']);
    open.when(record({ received: '2031-02-30' })).thenRefused('case.no-day', ['/received']);
    open.when(record({ received: '2031-03-15' })).thenRefused('case.in-the-future', ['/received']);
    open.when(record({ dated: 'yesterday' })).thenRefused('case.no-day', ['/dated']);
    open.when(record({ dated: '2031-02-02' })).thenRefused('case.received-before-dated', ['/received']);
    open.when(record({ keeper: streamId('organisation', 8) })).thenRefused('case.unknown-keeper', ['/keeper']);
    open.by({ facts: {} }).when(record()).thenRefused('case.unknown-keeper', ['/keeper']);
  });

  it('holds references into the vault, never what they stand for', () => {
    open.when(record({ registerRef: 'PROT-2031/00417' })).thenRefused('case.malformed', ['/registerRef']);
    open.when(record({ fingerprintRef: 'f'.repeat(64) })).thenRefused('case.malformed', ['/fingerprintRef']);
  });

  it('recorded in error is withdrawn with a reason, once, and never deleted', () => {
    const held = open.given(recorded('LEG', 1));
    held.when(withdraw('LEG', 1)).then(withdrawn('LEG', 1));
    held
      .given(withdrawn('LEG', 1))
      .when(withdraw('LEG', 1, 'other'))
      .thenNothing();
    held.when(withdraw('LEG', 1, 'because')).thenRefused('case.unknown-document-withdrawal', ['/reason']);
    held.when(withdraw('LEG', 2)).thenRefused('case.unknown-document');
    held.when(withdraw('HEA', 1)).thenRefused('case.unknown-document');
  });

  it('is neither recorded nor withdrawn in a case that is closed', () => {
    const over = open.given(recorded('LEG', 1), closed);
    over.when(record()).thenRefused('case.closed');
    over.when(withdraw('LEG', 1)).thenRefused('case.closed');
  });

  it('has a name that leads back to it, and nothing else does', () => {
    for (const at of [
      { group: 'LEG', number: 1 },
      { group: 'EXP', number: 120 },
    ] as const)
      expect(documentAt(documentName(at))).toEqual(at);
    for (const name of ['LEG-0', 'LEG-01', 'LEG-1 ', 'leg-1', 'PROT-1', 'LEG', 'LEG-', 'LEG-１', 'LEG-99999', '']) {
      expect([name, documentAt(name)]).toEqual([name, undefined]);
    }
  });
});

describe('a register code', () => {
  const fits = (code: string): boolean => new RegExp(REGISTER_CODE).test(code);

  it.each(['PROT-2031/00417', '2031/417', 'PG.12-B', 'RGNR.1234/31', 'FASC-31.2/9', '017', 'A/1'])('may be %s', (code) =>
    expect(fits(code)).toBe(true),
  );

  it.each([
    ['a name', 'ROSSI-01'],
    ['a short name and a year', 'ANNA-ROSSI-90'],
    ['a tax code', 'RSSMRA85T10A562S'],
    ['a telephone number', '3331234567'],
    ['small letters', 'prot-2031/1'],
    ['a space', 'PROT 2031/1'],
    ['a line break at the end', 'PROT-2031/1\n'],
    ['digits of another script', 'PROT-２０３１/１'],
    ['a letter that only looks Latin', 'РROT-2031/1'],
    ['an accent', 'PRÒT-2031/1'],
    ['an invisible character', 'PROT-2031\u200b/1'],
    ['a character that turns the direction', '\u202e2031/1'],
    ['letters alone', 'PROT'],
    ['letters and digits run together', 'PROT1'],
    ['two words', 'ANNA-BO-1990'],
    ['a mark at its beginning', '-2031'],
    ['two marks together', '2031--1'],
    ['many parts', '1/2/3/4'],
    ['a long number', '123456789'],
    ['nothing', ''],
  ])('is not %s', (_, code) => expect(fits(code)).toBe(false));
});
