import { generateSync } from 'otplib';
import { Session } from '../src/index';
import { SignInApp } from './sign-in-app';

export const PASSWORD = 'quattro sedie e un ombrello';
/** What people's devices call the service. */
export const HOUSE = 'Casa di prova';
export const subjectOf = (n: number): string => `member-0193aaaa-0000-7000-8000-${String(n).padStart(12, '0')}`;

interface Beginning {
  readonly attempt: string;
  readonly code: { readonly secret: string; readonly uri: string };
  readonly passkey?: {
    readonly challenge: string;
    readonly rp: { readonly id?: string; readonly name: string };
    readonly user: { readonly id: string };
  };
}

/** A service that is its own issuer, and what a browser does at its doors. */
export class LocalApp {
  private constructor(readonly app: SignInApp) {}

  static async start(): Promise<LocalApp> {
    return new LocalApp(await SignInApp.start({ issuer: { accountsKey: Buffer.alloc(32, 9), house: HOUSE } }));
  }
  stop = (): Promise<void> => this.app.stop();

  get accounts() {
    const { accounts } = this.app.signIn;
    if (!accounts) throw new Error('the service is not its own issuer');
    return accounts;
  }
  /** The same service under the name that passkeys know. */
  get named(): string {
    return this.app.base.replace('127.0.0.1', 'localhost');
  }

  /** The code an authenticator application shows now. */
  code = (secret: string, steps = 0): string =>
    generateSync({ secret, epoch: Math.floor(Date.parse(this.app.clock.now()) / 1000) + steps * 30 });

  begin = async (session: Session, token: string, name: string) =>
    (await session.post<Beginning & { title?: string }>('/auth/local/enrolment', { token, name })).body;

  /** Makes an account with a password and one-time codes. */
  async enrol(n: number, name: string): Promise<{ session: Session; secret: string; subject: string }> {
    const subject = subjectOf(n);
    this.app.members.set(this.accounts.loginOf(subject), subject);
    const { token } = await this.accounts.invite(subject);
    const session = new Session(this.app.base);
    const { attempt, code } = await this.begin(session, token, name);
    const { status } = await session.post('/auth/local/enrolment/password', {
      ...{ token, attempt, password: PASSWORD, code: this.code(code.secret) },
    });
    if (status !== 204) throw new Error(`the enrolment was refused with status ${status}`);
    return { session: await session.refresh(), secret: code.secret, subject };
  }

  signIn = async (name: string, password: string, code: string) => {
    const session = new Session(this.app.base);
    const { status, body, headers } = await session.post<{ title?: string; detail?: string }>('/auth/local/password', {
      name,
      password,
      code,
    });
    return { session, status, title: body.title, detail: body.detail, wait: Number(headers.get('retry-after')) };
  };
}
