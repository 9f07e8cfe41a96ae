import { type DynamicModule, Module } from '@nestjs/common';
import { AccountController } from './local/account.controller';
import { Enrolments } from './local/enrolments';
import { LocalSignInController } from './local/local-sign-in.controller';
import { SignIn } from './sign-in';
import { SignInController } from './sign-in.controller';

/** The routes under /auth. Pass `signIn.middleware()` to `prepareHttp` as well: it puts sessions on requests. */
@Module({})
export class SignInModule {
  static of(signIn: SignIn): DynamicModule {
    const accounts = signIn.accounts ? [{ provide: Enrolments, useValue: signIn.accounts }] : [];
    const providers = [{ provide: SignIn, useValue: signIn }, ...accounts];
    const controllers = [SignInController, LocalSignInController, AccountController];
    return { module: SignInModule, global: true, controllers, providers, exports: providers };
  }
}
