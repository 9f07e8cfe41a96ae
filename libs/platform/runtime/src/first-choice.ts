import { type Config, isLoopback, SetupToken } from '@platform/config';

/** What whoever opens an empty installation on their own machine may choose: to live the story with invented data instead of setting it up. */
export class FirstChoice {
  #choose: () => void = () => undefined;
  readonly #chosen: Promise<void>;

  constructor() {
    this.#chosen = new Promise((resolve) => (this.#choose = resolve));
  }

  /** Only an installation that nobody has set up, on this machine alone, and without an issuer or a database of its own. */
  static offered(config: Config, token: SetupToken): boolean {
    const { DEMO, HOST, OIDC_ISSUER, PUBLIC_URL, DATABASE_URL } = config;
    return (
      !DEMO && isLoopback(HOST) && (OIDC_ISSUER ?? PUBLIC_URL ?? DATABASE_URL) === undefined && token.value !== undefined && !token.begun
    );
  }

  choose(): void {
    this.#choose();
  }
  get chosen(): Promise<void> {
    return this.#chosen;
  }
}
