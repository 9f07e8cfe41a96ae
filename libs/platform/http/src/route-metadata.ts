/** Metadata keys that the guards and the route list read. */
export const PUBLIC = 'raccordo:public';
export const ACT = 'raccordo:act';
export const CALLER = 'raccordo:caller';
