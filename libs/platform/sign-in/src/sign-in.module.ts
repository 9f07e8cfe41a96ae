import { type DynamicModule, Module } from '@nestjs/common';
import { SignIn } from './sign-in';
import { SignInController } from './sign-in.controller';

/** The routes under /auth. Pass `signIn.middleware()` to `prepareHttp` as well: it puts sessions on requests. */
@Module({})
export class SignInModule {
  static of(signIn: SignIn): DynamicModule {
    const providers = [{ provide: SignIn, useValue: signIn }];
    return { module: SignInModule, global: true, controllers: [SignInController], providers, exports: providers };
  }
}
