/** What a letter says. Nothing else ever stands in one: no case, no service, no person. */
export type Letter = 'test' | 'request' | 'digest';

export type Sent = 'sent' | 'refused' | 'unreachable';

/** Letters of fixed words to one address. Absent settings: there is no post, and everything works without it. */
export abstract class Mail {
  abstract readonly configured: boolean;
  /**
   * Hands a letter to the mail server.
   * @param path of the page the link opens, on this service; opaque to whoever reads the letter
   * @returns how it went; the server's own words are not repeated: they may hold the address
   */
  abstract send(to: string, letter: Letter, path?: string): Promise<Sent>;
}
