import { createHash, timingSafeEqual } from 'node:crypto';
import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { notFound } from '@platform/kernel';

export const OPERATIONS_TOKEN = Symbol('operations token');
const HERE = ['127.0.0.1', '::1', '::ffff:127.0.0.1'];

/** From this machine, not through a proxy, with the token of the data folder. To everybody else the routes do not exist. */
@Injectable()
export class OperationsGuard implements CanActivate {
  constructor(@Inject(OPERATIONS_TOKEN) private readonly token: { readonly value: string }) {}

  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<Request>();
    const forwarded = request.headers['x-forwarded-for'] ?? request.headers.forwarded;
    const here = forwarded === undefined && HERE.includes(request.socket.remoteAddress ?? '');
    const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
    if (here && timingSafeEqual(digest(request.headers.authorization ?? ''), digest(`Bearer ${this.token.value}`))) return true;
    throw notFound('route');
  }
}
