import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { Problem } from './problem';

export const OPENAPI_PATH = '/openapi.json';
const METHODS = ['get', 'put', 'post', 'delete', 'patch'] as const;

/** The API as OpenAPI 3: made from the same decorators that validate. Every operation may answer with a problem. */
export function buildOpenApi(app: INestApplication, version: string): OpenAPIObject {
  const config = new DocumentBuilder()
    .setTitle('Raccordo')
    .setDescription('Need-to-know sharing of pseudonymised cases. Problems follow RFC 9457; ids are handles of the caller’s organisation.')
    .setVersion(version)
    .setOpenAPIVersion('3.1.0')
    .addCookieAuth('raccordo-session', { type: 'apiKey', in: 'cookie' }, 'session')
    .build();
  const document = SwaggerModule.createDocument(app, config, { extraModels: [Problem] });
  const problem = {
    description: 'A problem',
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  };
  for (const item of Object.values(document.paths)) {
    for (const method of METHODS) {
      const operation = item[method];
      if (operation) operation.responses = { ...operation.responses, default: problem };
    }
  }
  return document;
}

/** Serves the document at `/openapi.json`: it describes the product and holds nothing about anybody. Call before `listen`. */
export function serveOpenApi(app: INestApplication, version: string): void {
  let text: string | undefined;
  const http = app.getHttpAdapter();
  http.get(OPENAPI_PATH, (_: Request, response: Response) => {
    text ??= JSON.stringify(buildOpenApi(app, version));
    response.type('application/json').send(text);
  });
}
