import { Expose } from 'class-transformer';
import 'reflect-metadata';

const OPTIONS = 'raccordo:options';

export interface OptionText {
  readonly name: string;
  readonly description: string;
  /** Its value appears in no log, print or error. */
  readonly secret: boolean;
}

/** Documents a setting: the reference page and the printed configuration are made from it. */
export const Option =
  (description: string, { secret = false }: { secret?: boolean } = {}): PropertyDecorator =>
  (target, property) => {
    Expose()(target, property);
    const known = (Reflect.getMetadata(OPTIONS, target) as OptionText[] | undefined) ?? [];
    Reflect.defineMetadata(OPTIONS, [...known, { name: String(property), description, secret }], target);
  };

export const optionsOf = (type: abstract new () => object): readonly OptionText[] =>
  (Reflect.getMetadata(OPTIONS, type.prototype as object) as OptionText[] | undefined) ?? [];
