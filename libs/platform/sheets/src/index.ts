export { readSheet, type Sheet, SHEET_KINDS, type SheetKind } from './reading';
export { NEXT, SheetAnswer } from './sheet-answer';
export { tableOf, toCsv, toXlsx } from './writing';
