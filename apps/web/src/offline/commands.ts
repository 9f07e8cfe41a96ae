import type { GetPath, PostPath } from '../api/client';

export type CommandName = 'contact' | 'case' | 'needs' | 'safety' | 'zone' | 'formal';
/** How a value of a body is said: by a code list, as a place, as a day, or as it is. */
export type Wording = 'text' | 'day' | 'place' | 'language' | 'flag' | 'age' | 'met' | `code:${string}`;

export interface Keepable {
  readonly name: CommandName;
  /** Fields of the body that are shown, in order. What is about the person as such is not: it may be read over a shoulder. */
  readonly fields: Readonly<Record<string, Wording>>;
  /** Where the present state is read when somebody else was faster, and the part of it that is compared. */
  readonly present?: { readonly path: GetPath; readonly group: 'NEED' | 'CON' | 'TERR' | 'LEG'; readonly beside?: 'REF' };
}

/**
 * What may wait for a line. Decisions that are about now (a reveal, an emergency access, an answer to a referral, a consent) are not among them:
 * done an hour later they would be another decision.
 */
export const KEEPABLE: Readonly<Partial<Record<PostPath, Keepable>>> = {
  '/api/contacts': {
    name: 'contact',
    fields: { on: 'day', comune: 'place', channel: 'code:contact-channel', language: 'language', met: 'met', needs: 'code:need' },
  },
  '/api/cases': { name: 'case', fields: { ageBand: 'age', language: 'language', urgent: 'flag' } },
  '/api/cases/{handle}/needs': {
    name: 'needs',
    fields: { needs: 'code:need', urgent: 'flag' },
    // How urgent a case is, is said to more people than what is needed.
    present: { path: '/api/cases/{handle}', group: 'NEED', beside: 'REF' },
  },
  '/api/cases/{handle}/safety': {
    name: 'safety',
    fields: { status: 'code:safety-status' },
    present: { path: '/api/cases/{handle}', group: 'CON' },
  },
  '/api/cases/{handle}/work-zone': {
    name: 'zone',
    fields: { comune: 'place', from: 'day', to: 'day' },
    present: { path: '/api/cases/{handle}', group: 'TERR' },
  },
  '/api/cases/{handle}/formal-identification': {
    name: 'formal',
    fields: { outcome: 'code:identification-outcome', decidedBy: 'code:identification-authority', on: 'day' },
    present: { path: '/api/cases/{handle}', group: 'LEG' },
  },
};

export const keepable = (path: string): Keepable | undefined => (Object.hasOwn(KEEPABLE, path) ? KEEPABLE[path as PostPath] : undefined);
