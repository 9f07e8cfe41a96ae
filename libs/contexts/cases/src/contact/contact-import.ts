import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { uuidOf } from '@platform/commanding';
import { newStreamId, RequestValidation } from '@platform/http';
import { type Authority, DomainError } from '@platform/kernel';
import { Reading } from '@platform/querying';
import { readSheet, type SheetKind } from '@platform/sheets';
import { CaseLog } from '../case-log';
import type { ContactData } from './contact';
import { contactDecider, RecordContact } from './contact.decider';
import { ContactBody } from './contact-bodies';
import { ContactReading } from './contact-reading';
import { bodyOf, faultAt, type Mapping, numbered, type SheetFault, suggestedMapping } from './contact-sheet';

export interface SheetAsked {
  readonly kind: SheetKind;
  /** base64 */
  readonly file: string;
  /** Absent: what the columns seem to be. */
  readonly mapping?: Mapping;
  /** Of a part of a sheet: number of its first row in the whole. */
  readonly first?: number;
}
export interface Checked {
  readonly columns: readonly string[];
  readonly mapping: Mapping;
  readonly rows: number;
  readonly good: number;
  readonly faults: readonly SheetFault[];
}
export interface Imported {
  /** By which it can be undone. */
  readonly import: string;
  readonly recorded: number;
  readonly refused: readonly SheetFault[];
  /** Row to go on from; absent at the end. */
  readonly next?: number;
}

const AT_ONCE = 50;
/** More than a part of a sheet can have. */
const MOST_FAULTS = 2_000;
type Met = Omit<ContactData<'ContactRecorded'>, 'organisation' | 'keepUntil' | 'urgent' | 'sheet'> & { readonly needs: readonly string[] };

/**
 * Contacts out of a sheet people have. Each row is judged by the same rules as a body of the API; a piece of the sheet is recorded per request, by
 * whoever asks and as they may at that moment. A row of a file is one contact however often it is sent.
 */
@Injectable()
export class ContactImport {
  readonly #validation = new RequestValidation();

  constructor(
    private readonly commands: CommandBus,
    private readonly log: CaseLog,
    private readonly contacts: ContactReading,
    private readonly reading: Reading,
  ) {}

  /** The dry run: writes nothing, repeats no value. */
  async check(by: Authority, asked: SheetAsked): Promise<Checked> {
    const { region } = by.actor;
    const judgement = await this.contacts.judge(by);
    return this.reading.show(by, { act: 'CheckContactSheet', noun: 'contact', region, judgement, cases: [], groups: [] }, async () => {
      const sheet = await readSheet(asked.kind, Buffer.from(asked.file, 'base64'));
      const mapping = asked.mapping ?? suggestedMapping(sheet.columns);
      const faults: SheetFault[] = [];
      const bad = new Set<number>();
      for (const { row, cells } of numbered(sheet, asked.first)) {
        const found = await this.#faults(by, row, cells, mapping);
        if (found.length > 0) bad.add(row);
        if (faults.length < MOST_FAULTS) faults.push(...found);
      }
      return {
        columns: sheet.columns,
        mapping,
        rows: sheet.rows.length,
        good: sheet.rows.length - bad.size,
        faults: faults.slice(0, MOST_FAULTS),
      };
    });
  }

  /** Records the next rows, from one on; faulty ones are passed over and named. */
  async record(by: Authority, asked: SheetAsked & { readonly from: number; readonly digest?: string }): Promise<Imported> {
    const file = Buffer.from(asked.file, 'base64');
    const sheet = await readSheet(asked.kind, file);
    const mapping = asked.mapping ?? suggestedMapping(sheet.columns);
    const digest = asked.digest ?? sha256(file);
    const { organisation, member } = by.actor;
    const sheetImport = sha256(`contact-import|${organisation}|${member}|${digest}`);
    const rows = numbered(sheet, asked.first).filter(({ row }) => row >= asked.from);
    const refused: SheetFault[] = [];
    let recorded = 0;
    for (const { row, cells } of rows.slice(0, AT_ONCE)) {
      const found = await this.#faults(by, row, cells, mapping);
      if (found.length > 0) refused.push(...found);
      else if (await this.#one(by, `${digest}|${row}`, { ...(await this.#met(cells, mapping)), import: sheetImport })) recorded++;
      else refused.push({ row, field: '', code: 'contact.row-recorded' });
    }
    const next = rows[AT_ONCE]?.row;
    return { import: sheetImport, recorded, refused, ...(next === undefined ? {} : { next }) };
  }

  /** False when this row was recorded before, by a colleague or with other columns: it is not recorded a second time. */
  async #one(by: Authority, place: string, met: Met & { readonly import: string }): Promise<boolean> {
    const commandId = await this.#freeId(`contact-sheet|${by.actor.organisation}|${place}`);
    const { actor, purpose, at, request, causation, correlation } = by;
    const command = new RecordContact(newStreamId('contact', commandId), met);
    try {
      await this.commands.execute(command.by({ actor, purpose, at, request, causation, correlation, commandId }));
      return true;
    } catch (error) {
      if (error instanceof DomainError && error.code === 'request.idempotency-key-reused') return false;
      throw error;
    }
  }

  /** A row whose import was undone may be recorded anew, as another contact. */
  async #freeId(place: string): Promise<string> {
    for (let n = 0; ; n++) {
      const commandId = uuidOf(n === 0 ? place : `${place}|${n}`);
      const before = await this.log.fold(contactDecider, newStreamId('contact', commandId));
      if (before?.state?.status !== 'Withdrawn') return commandId;
    }
  }

  async #met(cells: readonly string[], mapping: Mapping): Promise<Met> {
    const body = (await this.#validation.transform(bodyOf(cells, mapping), { type: 'body', metatype: ContactBody })) as ContactBody;
    const { needs = [], offered = [], on, comune, channel, language, met } = body;
    return { on, comune, channel, language, met, needs, offered, refs: [] };
  }

  /** The API's field rules first, then those of the contact itself. */
  async #faults(by: Authority, row: number, cells: readonly string[], mapping: Mapping): Promise<SheetFault[]> {
    try {
      const command = new RecordContact('contact-checked', await this.#met(cells, mapping));
      contactDecider.decide(command, null, { actor: by.actor, at: by.at, facts: {} });
      return [];
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      const named = error.errors.length > 0 && error.code === 'request.invalid';
      if (named) return error.errors.map((fault) => faultAt(row, fault));
      return [{ row, field: error.errors[0]?.pointer.split('/')[1] ?? '', code: error.code }];
    }
  }
}

const sha256 = (of: string | Buffer): string => createHash('sha256').update(of).digest('hex');
