import { type DynamicModule, Module } from '@nestjs/common';
import { SignIn } from './sign-in';
import { SignInController } from './sign-in.controller';

/** The routes under /auth. Pass `signIn.middleware()` to `prepareHttp` as well: it puts sessions on requests. */
@Module({})
export class SignInModule {
  static of(signIn: SignIn): DynamicModule {
    return { module: SignInModule, controllers: [SignInController], providers: [{ provide: SignIn, useValue: signIn }], exports: [SignIn] };
  }
}
