/** Languages letters are written in. */
export const LETTER_LANGUAGES = ['it', 'en'] as const;
export type LetterLanguage = (typeof LETTER_LANGUAGES)[number];

/** How much waits for somebody, and until when: all that a letter may ever say of it. */
export interface Due {
  readonly count: number;
  /** Earliest deadline, ISO 8601; absent where nothing has one. */
  readonly first?: string | undefined;
}

/** What a letter says. Nothing else ever stands in one: no case, no service, no person, no place. */
export type Letter =
  | { readonly kind: 'test' }
  | { readonly kind: 'code'; readonly language: LetterLanguage; readonly code: string }
  | ({ readonly kind: 'due'; readonly language: LetterLanguage } & Due);

/**
 * `refused`: the server said no. `unreachable`: nothing was handed over. `unsure`: the line broke while it was handed over, so that sending it
 * again could make two.
 */
export type Sent = 'sent' | 'refused' | 'unreachable' | 'unsure';

/** Letters to one address. Absent settings: there is no post, and everything works without it. */
export abstract class Mail {
  abstract readonly configured: boolean;
  /**
   * Hands a letter to the mail server.
   * @returns how it went; the server's own words are not repeated: they may hold the address
   */
  abstract send(to: string, letter: Letter): Promise<Sent>;
}
