import { Body, Get, HttpCode, Param, Post } from '@nestjs/common';
import { Act, ContextController, type Exchange, Http } from '@platform/http';
import { ContactSheetBody, ContactSheetPieceBody } from './contact-bodies';
import { type Checked, ContactImport, type Imported } from './contact-import';
import { ContactUndo, type ImportView, type Undone } from './contact-undo';

/** What teams have in spreadsheets and survey tools: looked at first, then recorded piece by piece, so that it can be stopped and gone on with. */
@ContextController('contacts/sheets', 'Contacts')
export class ContactImportController {
  constructor(private readonly sheets: ContactImport) {}

  /** The dry run: which rows would be recorded, and what is wrong with the others. Writes nothing. */
  @Post('check')
  @HttpCode(200)
  @Act('CheckContactSheet')
  check(@Http() http: Exchange, @Body() body: ContactSheetBody): Promise<Checked> {
    return this.sheets.check(http.by, body);
  }

  /** Records up to fifty rows from one on. A row of the same file and columns is recorded once, however often it is sent. */
  @Post('rows')
  @HttpCode(200)
  @Act('RecordContact')
  record(@Http() http: Exchange, @Body() body: ContactSheetPieceBody): Promise<Imported> {
    return this.sheets.record(http.by, body);
  }
}

/** What was imported lately, and the way back. */
@ContextController('contacts/imports', 'Contacts')
export class ContactUndoController {
  constructor(private readonly imports: ContactUndo) {}

  /** Imports that may still be undone: one's own, or those of the organisation for whoever coordinates. */
  @Get()
  @Act('ListContactImports')
  async list(@Http() http: Exchange): Promise<{ items: ImportView[] }> {
    return { items: await this.imports.list(http.by) };
  }

  /** Withdraws up to fifty contacts of an import that nobody has made anything of. Ask again while some are left. */
  @Post(':import/withdrawals')
  @HttpCode(200)
  @Act('UndoContactImport')
  undo(@Http() http: Exchange, @Param('import') asked: string): Promise<Undone> {
    return this.imports.undo(http.by, asked);
  }
}
