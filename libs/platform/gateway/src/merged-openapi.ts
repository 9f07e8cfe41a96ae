import type { INestApplication } from '@nestjs/common';
import type { OpenAPIObject } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { answerTo, buildOpenApi, OPENAPI_PATH } from '@platform/http';
import { DomainError } from '@platform/kernel';

type Named = Readonly<Record<string, unknown>>;

/** @throws Error when two services mean different things by one name */
function joined(what: string, parts: readonly Named[]): Record<string, unknown> {
  const all: Record<string, unknown> = {};
  for (const part of parts) {
    for (const [name, value] of Object.entries(part)) {
      if (Object.hasOwn(all, name) && JSON.stringify(all[name]) !== JSON.stringify(value))
        throw new Error(`two services describe the ${what} ${name} differently`);
      all[name] = value;
    }
  }
  return all;
}

/** One description of the interface out of the gateway's own and those of the services, in that order. */
export function mergeOpenApi(own: OpenAPIObject, others: readonly OpenAPIObject[]): OpenAPIObject {
  const documents = [own, ...others];
  const named = (part: object | undefined): Named => (part ?? {}) as Named;
  return {
    ...own,
    paths: joined(
      'path',
      documents.map(({ paths }) => named(paths)),
    ) as OpenAPIObject['paths'],
    components: {
      ...own.components,
      schemas: joined(
        'schema',
        documents.map(({ components }) => named(components?.schemas)),
      ) as never,
      securitySchemes: joined(
        'scheme',
        documents.map(({ components }) => named(components?.securitySchemes)),
      ) as never,
    },
  };
}

/** Serves the whole interface at `/openapi.json`; until every service was asked once it is not known. Call before `listen`. */
export function serveMergedOpenApi(app: INestApplication, version: string, services: () => readonly string[]): void {
  let text: string | undefined;
  const http = app.getHttpAdapter();
  http.get(OPENAPI_PATH, async (_: Request, response: Response) => {
    try {
      text ??= JSON.stringify(mergeOpenApi(buildOpenApi(app, version), await Promise.all(services().map(described))));
      response.type('application/json').send(text);
    } catch (error) {
      const { status, code, detail, retryAfter } = answerTo(error);
      if (retryAfter !== undefined) response.setHeader('Retry-After', retryAfter);
      response
        .status(status)
        .type('application/problem+json')
        .send(JSON.stringify({ title: code, status, detail }));
    }
  });
}

async function described(url: string): Promise<OpenAPIObject> {
  const response = await fetch(url + OPENAPI_PATH, { signal: AbortSignal.timeout(5_000), redirect: 'error' }).catch(() => undefined);
  if (!response?.ok) throw new DomainError('service.away', 'unavailable', 'A part of the service that describes itself is away.', [], 2);
  return (await response.json()) as OpenAPIObject;
}
