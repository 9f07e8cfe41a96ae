export { COLUMN_WORDS, inWords } from './in-words';
export { type PdfOptions, toPdf } from './pdf';
export { readSheet, type Sheet, SHEET_KINDS, type SheetKind } from './reading';
export { formAsked, NEXT, SheetAnswer, type SheetForm } from './sheet-answer';
export { markedInvented, tableOf, toCsv, toXlsx } from './writing';
