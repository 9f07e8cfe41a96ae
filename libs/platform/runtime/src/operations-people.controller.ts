import { Controller, Get, HttpCode, Inject, Param, Post, UseGuards } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { ApiExcludeController } from '@nestjs/swagger';
import { Public } from '@platform/http';
import { notFound } from '@platform/kernel';
import { type Enrolment, type Holder, WaysBack } from '@platform/sign-in';
import { OperationsGuard } from './operations.guard';

export const OPERATIONS_ORIGIN = Symbol('operations origin');

/** Shown once: whoever has it makes the person's way in. */
export interface OpenedWay {
  readonly member: string;
  readonly link: string;
  /** ISO 8601. */
  readonly expires: string;
}

/** Ways back in for people nobody else can help. Without a context that keeps people the routes do not exist. */
@ApiExcludeController()
@Controller('operations/people')
@UseGuards(OperationsGuard)
export class OperationsPeopleController {
  constructor(
    @Inject(ModuleRef) private readonly modules: ModuleRef,
    @Inject(OPERATIONS_ORIGIN) private readonly origin: () => string,
  ) {}

  @Get()
  @Public()
  async holders(): Promise<{ items: readonly Holder[] }> {
    return { items: await this.#ways().holders() };
  }

  @Post(':member/invitation')
  @HttpCode(200)
  @Public()
  async invite(@Param('member') member: string): Promise<OpenedWay> {
    return this.#opened(member, await this.#ways().invite(member));
  }

  @Post(':member/reset')
  @HttpCode(200)
  @Public()
  async reset(@Param('member') member: string): Promise<OpenedWay> {
    return this.#opened(member, await this.#ways().reset(member));
  }

  #opened(member: string, { token, expires }: Enrolment): OpenedWay {
    const address = new URL('/invito', this.origin());
    // On one's own machine passkeys know the name only.
    if (address.hostname === '127.0.0.1') address.hostname = 'localhost';
    address.hash = token;
    return { member, link: address.href, expires };
  }

  #ways(): WaysBack {
    try {
      return this.modules.get(WaysBack, { strict: false });
    } catch {
      throw notFound('route');
    }
  }
}
