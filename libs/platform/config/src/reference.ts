import { Config } from './config';
import { optionsOf, type OptionText } from './option';

export interface OptionReference extends OptionText {
  /** Default as text; absent when the option is off unless set. */
  readonly fallback: string | undefined;
}

/** Every option with its default, in the order of the source: what docs/reference/config.md is generated from. */
export const configReference = (): readonly OptionReference[] => {
  const defaults = new Config() as unknown as Record<string, unknown>;
  return optionsOf(Config).map((option) => ({
    ...option,
    fallback: defaults[option.name] === undefined ? undefined : `${defaults[option.name] as string}`,
  }));
};

/** The configuration as it may be printed: secrets only as `set`. */
export const printable = (config: Config): Readonly<Record<string, unknown>> => {
  const values = config as unknown as Record<string, unknown>;
  const set = optionsOf(Config).filter(({ name }) => values[name] !== undefined);
  return Object.fromEntries(set.map(({ name, secret }) => [name, secret ? 'set' : values[name]]));
};
