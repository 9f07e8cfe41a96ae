import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor, StreamableFile } from '@nestjs/common';
import type { Request, Response } from 'express';
import { mergeMap, type Observable } from 'rxjs';
import { tableOf, toCsv, toXlsx } from './writing';

const CSV = 'text/csv';
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
/** Where the next page of a list begins, as `next` of the list itself. */
export const NEXT = 'Raccordo-Next';

/**
 * Gives any list as a sheet to whoever asks for one by `Accept`: what the route has answered – judged, masked and on record – in another form.
 * There is no second way to the data.
 */
@Injectable()
export class SheetAnswer implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const http = context.switchToHttp();
    const request = http.getRequest<Request>();
    const form = request.method === 'GET' ? wanted(request.headers.accept) : undefined;
    if (form === undefined) return next.handle();
    return next.handle().pipe(mergeMap((answer) => inForm(form, answer, http.getResponse<Response>())));
  }
}

/** Only an explicit wish: a browser that takes anything wants the list. */
const wanted = (accept = ''): typeof CSV | typeof XLSX | undefined => {
  const types = accept.split(',').map((type) => type.split(';')[0]?.trim().toLowerCase());
  return types.includes(CSV) ? CSV : types.includes(XLSX) ? XLSX : undefined;
};

async function inForm(form: typeof CSV | typeof XLSX, answer: unknown, response: Response): Promise<unknown> {
  const { items, next } = (answer ?? {}) as { items?: unknown; next?: unknown };
  if (!Array.isArray(items) || !items.every((item): item is object => typeof item === 'object' && item !== null)) return answer;
  // Nothing is cut off in silence.
  if (typeof next === 'string') response.setHeader(NEXT, next);
  const table = tableOf(items);
  const file = form === CSV ? toCsv(table) : await toXlsx(table);
  const name = form === CSV ? 'elenco.csv' : 'elenco.xlsx';
  return new StreamableFile(file, {
    type: form === CSV ? `${CSV}; charset=utf-8` : XLSX,
    disposition: `attachment; filename="${name}"`,
    length: file.length,
  });
}
