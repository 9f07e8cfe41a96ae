export { acrOf, type Acr } from './acr';
export { type Ask, type Reply, Session, signInAs } from './demo-client';
export type { Persona } from './demo-issuer';
export { demoLogin, type Failure, type Issuer, loginOf } from './relying-party';
export { GATEWAY_ROLE, signInSchema } from './schema';
export { type SessionLimits, SessionStore, type Sql, type StoredSession } from './session-store';
export { type FailedSignIn, ISSUER_PATH, SignIn, type SignInOptions } from './sign-in';
export { SessionView } from './sign-in.controller';
export { SignInModule } from './sign-in.module';
