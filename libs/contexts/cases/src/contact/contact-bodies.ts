import { CODE_LISTS } from '@platform/codes';
import { Code, code, Count, DateOnly, Handle, ListOf, Nested, Slug, Text } from '@platform/http';
import { SHEET_KINDS, type SheetKind } from '@platform/sheets';
import { VAULT_FIELDS } from '../case/particulars';
import { MET_HOW } from './contact';

const of = (list: 'need' | 'service' | 'contact-channel'): string[] => CODE_LISTS[list].codes.map((one) => one.code);
const FIELDS = (['ID', 'CON'] as const).flatMap((group) => VAULT_FIELDS[group].map((field) => `${group}.${field}`));

/** One value about the person met, only where they agree to give it. */
export class ContactValue {
  @Code(['ID', 'CON']) group!: 'ID' | 'CON';
  @Slug({ pattern: '^[a-z_]{2,30}$' }) field!: string;
  @Text({ max: 4000, lines: true }) value!: string;
}
export class ContactBody {
  @DateOnly() on!: string;
  @Slug({ pattern: '^[0-9]{6}$', description: 'Six-digit ISTAT code of the comune' }) comune!: string;
  @Code(of('contact-channel')) channel!: string;
  @Slug({ pattern: '^[a-z]{2,3}$' }) language!: string;
  @Code(MET_HOW) met!: (typeof MET_HOW)[number];
  @ListOf(code(of('need')), { max: 20, optional: true, description: 'Urgent needs' }) needs?: string[];
  @ListOf(code(of('service')), { max: 20, optional: true, description: 'Services spoken of' }) offered?: string[];
  @ListOf(() => ContactValue, { max: 20, optional: true, description: 'Absent for an anonymous contact' }) person?: ContactValue[];
}
export class ContactLinkBody {
  @Handle({ description: 'Case of the same person' }) case!: string;
}
export class SamePersonBody {
  @Handle({ description: 'Another contact with the same person' }) other!: string;
}
export class ContactRevealBody {
  @Code(FIELDS) field!: string;
  @Text({ min: 10, max: 500, lines: true, description: 'Why the value is needed now; kept in the vault' }) reason!: string;
}

/** Which column is which; the first is 0. */
export class SheetMappingBody {
  @Count({ min: 0, max: 199, optional: true }) on?: number;
  @Count({ min: 0, max: 199, optional: true }) comune?: number;
  @Count({ min: 0, max: 199, optional: true }) channel?: number;
  @Count({ min: 0, max: 199, optional: true }) language?: number;
  @Count({ min: 0, max: 199, optional: true }) met?: number;
  @Count({ min: 0, max: 199, optional: true }) needs?: number;
  @Count({ min: 0, max: 199, optional: true }) offered?: number;
}
export class ContactSheetBody {
  @Code(SHEET_KINDS) kind!: SheetKind;
  @Slug({ pattern: '^[A-Za-z0-9+/]{4,}={0,2}$', description: 'The file, base64' }) file!: string;
  @Nested(() => SheetMappingBody, { optional: true, description: 'Absent: what the names of the columns say' }) mapping?: SheetMappingBody;
  @Count({ min: 2, max: 100_000, optional: true, description: 'Number, in the whole sheet, of the first row sent below the names' })
  first?: number;
}
export class ContactSheetPieceBody extends ContactSheetBody {
  @Slug({ pattern: '^[0-9a-f]{64}$', optional: true, description: 'SHA-256 of the whole file this is a part of; absent: of what is sent' })
  digest?: string;
  @Count({ min: 2, max: 100_000, description: 'Row to begin with, as spreadsheets count: 1 is the first of the file' }) from!: number;
}
