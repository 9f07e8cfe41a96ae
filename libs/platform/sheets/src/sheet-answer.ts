import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor, StreamableFile } from '@nestjs/common';
import type { Request, Response } from 'express';
import { mergeMap, type Observable } from 'rxjs';
import { inWords } from './in-words';
import { toPdf } from './pdf';
import { markedInvented, tableOf, toCsv, toXlsx } from './writing';

const TYPES = {
  csv: 'text/csv',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  pdf: 'application/pdf',
} as const;
/** Forms a list can be taken away in. */
export type SheetForm = keyof typeof TYPES;
const FORMS = Object.keys(TYPES) as SheetForm[];
/** Where the next page of a list begins, as `next` of the list itself. */
export const NEXT = 'Raccordo-Next';

/** The form somebody asks for. Only an explicit wish: a browser that takes anything wants the list. */
export function formAsked({ method, headers }: Pick<Request, 'method' | 'headers'>): SheetForm | undefined {
  if (method !== 'GET') return undefined;
  const types = (headers.accept ?? '').split(',').map((type) => type.split(';')[0]?.trim().toLowerCase());
  return FORMS.find((form) => types.includes(TYPES[form]));
}

export interface SheetOptions {
  /** The data are invented: what is taken away says so. */
  readonly invented: boolean;
  /** When somebody asked, and under which number the trail has it. */
  readonly asked: (request: Request) => { readonly at: string; readonly request: string };
}

/**
 * Gives any list as a sheet to whoever asks for one by `Accept`: what the route has answered – judged, masked and on record – in another form.
 * There is no second way to the data.
 */
@Injectable()
export class SheetAnswer implements NestInterceptor {
  constructor(private readonly options: SheetOptions) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const http = context.switchToHttp();
    const request = http.getRequest<Request>();
    const form = formAsked(request);
    if (form === undefined) return next.handle();
    return next.handle().pipe(mergeMap((answer) => this.#inForm(form, answer, request, http.getResponse<Response>())));
  }

  async #inForm(form: SheetForm, answer: unknown, request: Request, response: Response): Promise<unknown> {
    const { items, next } = (answer ?? {}) as { items?: unknown; next?: unknown };
    if (!Array.isArray(items) || !items.every((item): item is object => typeof item === 'object' && item !== null)) return answer;
    // Nothing is cut off in silence.
    if (typeof next === 'string') response.setHeader(NEXT, next);
    const file = await this.#file(form, items, typeof next === 'string', request);
    return new StreamableFile(file, {
      type: form === 'csv' ? `${TYPES.csv}; charset=utf-8` : TYPES[form],
      disposition: `attachment; filename="elenco.${form}"`,
      length: file.length,
    });
  }

  /** Paper is for people; a sheet is read by programs as well, that of another office included, and keeps the names of the API. */
  async #file(form: SheetForm, items: readonly object[], goesOn: boolean, request: Request): Promise<Buffer> {
    const { invented, asked } = this.options;
    if (form === 'pdf') {
      const language = languageOf(request);
      return toPdf(tableOf(items, inWords(language)), { language, invented, goesOn, ...asked(request) });
    }
    const table = invented ? markedInvented(tableOf(items)) : tableOf(items);
    return form === 'csv' ? toCsv(table) : toXlsx(table);
  }
}

/** Italian, unless English is asked for before it. */
const languageOf = (request: Request): 'it' | 'en' => (request.acceptsLanguages('it', 'en') === 'en' ? 'en' : 'it');
