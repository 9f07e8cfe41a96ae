import { applyDecorators, Controller, type CustomDecorator, SetMetadata, UseGuards, UseInterceptors } from '@nestjs/common';
import { ApiCookieAuth, ApiExtension, ApiHeader, ApiTags } from '@nestjs/swagger';
import { CallerGuard } from './caller.guard';
import { NothingFound } from './nothing-found';
import { ACT, CALLER, PUBLIC } from './route-metadata';

/** A route anybody may call: health, sign-in, static texts. Never data. */
export const Public = (): CustomDecorator => SetMetadata(PUBLIC, true);

/** What a route does, as policy and trail name it, e.g. `AcceptReferral` or `ReadCase`. A route without it is closed. */
export const Act = (name: string): MethodDecorator => applyDecorators(SetMetadata(ACT, name), ApiExtension('x-raccordo-act', name));

/**
 * A context's controller under `/api/<path>`: its callers are known to the context's own `Directory`.
 * @param path e.g. `referrals`
 * @param tag heading in the API reference
 */
export const ContextController = (path: string, tag: string): ClassDecorator =>
  applyDecorators(
    Controller(`api/${path.replace(/^\/?(api\/)?/, '')}`),
    SetMetadata(CALLER, true),
    UseGuards(CallerGuard),
    UseInterceptors(NothingFound),
    ApiTags(tag),
    ApiCookieAuth('session'),
    ApiHeader({ name: 'Raccordo-Purpose', required: false, description: 'Purpose of the processing; direct_assistance unless told.' }),
  );
