import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

export interface ComposeService {
  readonly image?: string;
  readonly user?: string;
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly volumes?: readonly string[];
  readonly tmpfs?: readonly string[];
  readonly cap_drop?: readonly string[];
  readonly security_opt?: readonly string[];
  readonly read_only?: boolean;
  readonly restart?: string;
  readonly stop_grace_period?: string;
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly healthcheck?: {
    readonly test: readonly string[];
    readonly interval?: string;
    readonly timeout?: string;
    readonly retries?: number;
    readonly start_period?: string;
  };
}

/** The services of a compose file that run our image, by name; each after those it waits for. */
export function oursIn(file: string): ReadonlyMap<string, ComposeService> {
  const { services } = parse(readFileSync(file, 'utf8'), { merge: true }) as { services: Record<string, ComposeService> };
  const ours = Object.entries(services).filter(([, { image }]) => image?.startsWith('raccordo:'));
  const names = new Set(ours.map(([name]) => name));
  const sorted = new Map<string, ComposeService>();
  while (sorted.size < ours.length) {
    const next = ours.find(
      ([name, { depends_on: awaited = {} }]) =>
        !sorted.has(name) && Object.keys(awaited).every((other) => sorted.has(other) || !names.has(other)),
    );
    if (!next) throw new Error('some services wait for each other');
    sorted.set(...next);
  }
  return sorted;
}

/** Whether it does its work and ends. */
export const isJob = ({ restart }: ComposeService): boolean => restart === 'no';

/**
 * What `docker run` is told, so that a container is as the compose file has it.
 * @param volume name of a volume of this run
 */
export function optionsOf(
  service: ComposeService,
  environment: Readonly<Record<string, string>>,
  volume: (name: string) => string,
): string[] {
  const { healthcheck: health } = service;
  const named = (flag: string, value: string | number | undefined): string[] => (value === undefined ? [] : [flag, String(value)]);
  return [
    ...named('--user', service.user),
    ...(service.read_only ? ['--read-only'] : []),
    ...(service.tmpfs ?? []).flatMap((folder) => ['--tmpfs', folder]),
    ...(service.cap_drop ?? []).flatMap((capability) => ['--cap-drop', capability]),
    ...(service.security_opt ?? []).flatMap((option) => ['--security-opt', option]),
    ...(service.volumes ?? []).flatMap((each) => {
      const [name = '', place = ''] = each.split(':');
      return ['--volume', `${volume(name)}:${place}`];
    }),
    ...Object.entries(environment).flatMap(([name, value]) => ['--env', `${name}=${value}`]),
    ...named('--stop-timeout', service.stop_grace_period?.replace(/s$/, '')),
    ...(health
      ? [
          ...['--health-cmd', health.test.slice(1).map(quoted).join(' ')],
          ...named('--health-interval', health.interval),
          ...named('--health-timeout', health.timeout),
          ...named('--health-retries', health.retries),
          ...named('--health-start-period', health.start_period),
        ]
      : []),
  ];
}

/** Docker hands a health check to a shell. */
const quoted = (word: string): string => `'${word.replaceAll("'", String.raw`'\''`)}'`;
