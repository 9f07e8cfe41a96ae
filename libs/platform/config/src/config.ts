import { plainToInstance } from 'class-transformer';
import {
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  IsUrl,
  Matches,
  Max,
  Min,
  MinLength,
  validateSync,
  type ValidationError,
} from 'class-validator';
import { conflicts } from './conflicts';
import { Option } from './option';

const URL_RULES = { require_tld: false, require_protocol: true, protocols: ['http', 'https'] };
const notUrl = { message: 'must be an http(s) address' };

const Whole =
  (min: number, max: number): PropertyDecorator =>
  (target, property) => {
    const message = `must be a whole number from ${min} to ${max}`;
    for (const rule of [IsInt({ message }), Min(min, { message }), Max(max, { message })]) rule(target, property);
  };

/** Every setting of every process. Absent means the default; an unset optional one switches its feature off. */
export class Config {
  @Option('Port the service listens on; 0 takes a free one.')
  @Whole(0, 65535)
  PORT: number = 3000;

  @Option('Address the service listens on. Anything but a loopback address needs a reverse proxy with TLS in front.')
  @IsString()
  HOST: string = '127.0.0.1';

  @Option('Folder for the embedded database, keys and the audit spool. Back it up; its keys folder opens everything.')
  @IsString()
  DATA_DIR: string = '.data';

  @Option('Login on PostgreSQL 16 or later that may create roles and schemas. Absent: an embedded Postgres is started under DATA_DIR.', {
    secret: true,
  })
  @IsOptional()
  @Matches(/^postgres(ql)?:\/\/\S+$/, { message: 'must be a postgres:// address' })
  DATABASE_URL?: string;

  @Option(
    'Makes roles, schemas and keys of the database at start. False where `raccordo prepare` did it: then DATABASE_URL needs no login of its own.',
  )
  @IsBoolean({ message: 'must be true or false' })
  DATABASE_PREPARE: boolean = true;

  @Option('Where events are kept.')
  @IsIn(['postgres', 'kurrentdb'])
  EVENT_STORE: 'postgres' | 'kurrentdb' = 'postgres';

  @Option('Address of KurrentDB, for EVENT_STORE=kurrentdb.', { secret: true })
  @IsOptional()
  @Matches(/^(kurrentdb|esdb)(\+discover)?:\/\/\S+$/, { message: 'must be a kurrentdb:// address' })
  KURRENTDB_URL?: string;

  @Option('What carries published events between contexts.')
  @IsIn(['in-process', 'kafka'])
  BUS: 'in-process' | 'kafka' = 'in-process';

  @Option('Kafka brokers, host:port separated by commas, for BUS=kafka.')
  @IsOptional()
  @IsString()
  KAFKA_BROKERS?: string;

  @Option('Name of this process in the logs and quotas of Kafka.')
  @IsString()
  KAFKA_CLIENT_ID: string = 'raccordo';

  @Option(
    'Milliseconds after which others take over the work of a consumer that Kafka does not hear of. Brokers take 6000 or more unless told otherwise.',
  )
  @Whole(1000, 300_000)
  KAFKA_SESSION_MS: number = 10_000;

  @Option('Speaks TLS with Kafka.')
  @IsBoolean({ message: 'must be true or false' })
  KAFKA_TLS: boolean = false;

  @Option("PEM file of the authority that signed the brokers' certificates. Absent: the system's authorities.")
  @IsOptional()
  @IsString()
  KAFKA_CA_FILE?: string;

  @Option('PEM file of the certificate this process shows to Kafka.')
  @IsOptional()
  @IsString()
  KAFKA_CERT_FILE?: string;

  @Option('PEM file of the key of KAFKA_CERT_FILE.')
  @IsOptional()
  @IsString()
  KAFKA_KEY_FILE?: string;

  @Option('How this process signs in to Kafka. Absent: by its certificate, or not at all.')
  @IsOptional()
  @IsIn(['plain', 'scram-sha-256', 'scram-sha-512'])
  KAFKA_SASL?: 'plain' | 'scram-sha-256' | 'scram-sha-512';

  @Option('Account of this process at Kafka, for KAFKA_SASL.')
  @IsOptional()
  @IsString()
  KAFKA_USERNAME?: string;

  @Option('Password of KAFKA_USERNAME.', { secret: true })
  @IsOptional()
  @IsString()
  KAFKA_PASSWORD?: string;

  @Option('Fills the service with invented data and lets anybody sign in as an invented person. Refused unless HOST is a loopback address.')
  @IsBoolean({ message: 'must be true or false' })
  DEMO: boolean = false;

  @Option('OpenID Connect issuer people sign in with. Not together with DEMO.')
  @IsOptional()
  @IsUrl(URL_RULES, notUrl)
  OIDC_ISSUER?: string;

  @Option('Client id this service is registered under at the issuer.')
  @IsOptional()
  @IsString()
  OIDC_CLIENT_ID?: string;

  @Option('Client secret at the issuer. Absent: a public client with PKCE only.', { secret: true })
  @IsOptional()
  @IsString()
  OIDC_CLIENT_SECRET?: string;

  @Option('Mail server, smtp://login:password@host:port or smtps://… Absent: nothing is sent by mail.', { secret: true })
  @IsOptional()
  @Matches(/^smtps?:\/\/\S+$/, { message: 'must be an smtp:// or smtps:// address' })
  SMTP_URL?: string;

  @Option(
    'Mail address of the sender of letters. Needed with SMTP_URL. Others look at it, too: it should say nothing of what the installation is for. A name before it is not used: letters bear SIGN_IN_NAME.',
  )
  @IsOptional()
  @Matches(/^([^<>\r\n]{1,80} <)?[^\s<>@]{1,64}@[^\s<>@]{1,190}>?$/, {
    message: 'must be a mail address, with or without a name before it',
  })
  MAIL_FROM?: string;

  @Option(
    'Mail address that the accessibility statement names for feedback. Absent: the page says that whoever runs the installation must name one.',
  )
  @IsOptional()
  @Matches(/^[^\s<>@]{1,64}@[^\s<>@]{1,190}$/, { message: 'must be a mail address' })
  ACCESSIBILITY_CONTACT?: string;

  @Option(
    'Name under which people’s own devices list their way in here (passkey, one-time codes), and the sender’s name in letters. Others look at those lists, too: it says nothing of what the installation is for.',
  )
  @Matches(/^[\p{L}\p{N}][\p{L}\p{N} ’'.-]{1,39}$/u, { message: 'must be 2 to 40 letters, numbers or spaces' })
  SIGN_IN_NAME: string = 'Rete Casi';

  @Option('Minutes without a request after which a session ends.')
  @Whole(1, 240)
  SESSION_IDLE_MINUTES: number = 20;

  @Option('Hours after sign-in at which a session ends in any case.')
  @Whole(1, 24)
  SESSION_MAX_HOURS: number = 10;

  @Option('Least severe log lines that are written.')
  @IsIn(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
  LOG_LEVEL: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent' = 'info';

  @Option('Address people reach the service under, when a proxy stands in front. Decides over secure cookies and HSTS.')
  @IsOptional()
  @IsUrl(URL_RULES, notUrl)
  PUBLIC_URL?: string;

  @Option('Number of proxies in front whose forwarding headers are believed.')
  @Whole(0, 5)
  TRUST_PROXY: number = 0;

  @Option('Bearer token that may read /metrics from elsewhere. Absent: only from the same machine.', { secret: true })
  @IsOptional()
  @MinLength(24, { message: 'must have at least 24 characters' })
  METRICS_TOKEN?: string;

  @Option(
    'OpenTelemetry collector that gets one span for each request, over OTLP/HTTP. Absent: nothing is sent, and the SDK is not even loaded.',
  )
  @IsOptional()
  @IsUrl(URL_RULES, notUrl)
  TRACES_URL?: string;

  @Option('Bearer token the collector asks for.', { secret: true })
  @IsOptional()
  @MinLength(8, { message: 'must have at least 8 characters' })
  TRACES_TOKEN?: string;

  @Option('How many of a hundred traces are sent.')
  @Whole(1, 100)
  TRACES_PERCENT: number = 100;

  @Option('Largest request body, in kilobytes.')
  @Whole(1, 10_240)
  BODY_LIMIT_KB: number = 256;

  @Option('Requests per second from one address in the long run, and five times as many at once. An office shares one address.')
  @Whole(1, 100_000)
  REQUESTS_PER_SECOND: number = 200;

  @Option('Steps of a sign-in per minute from one address in the long run, and twice as many at once.')
  @Whole(1, 100_000)
  SIGN_INS_PER_MINUTE: number = 30;

  @Option('Separate services: folder of the keys they share (installation.key, http.key). Absent: the keys folder below DATA_DIR.')
  @IsOptional()
  @IsString()
  KEYS_DIR?: string;

  @Option('Separate services: file with this service’s own Ed25519 key. Absent: identity.key in the keys folder below DATA_DIR.')
  @IsOptional()
  @IsString()
  IDENTITY_KEY?: string;

  @Option('Separate services: folder of the public keys of all services, `<service>.pub`. Absent: trust in the keys folder below DATA_DIR.')
  @IsOptional()
  @IsString()
  TRUST_DIR?: string;

  @Option(
    'Separate services: where the others are, `cases=http://…,vault=http://…`. `vault.umbria=` serves one region; a name that comes twice has two instances.',
  )
  @IsString()
  PEERS: string = '';

  @Option('Separate services: name of this instance, where one service has several on disks of their own, e.g. `cases-0`.')
  @IsOptional()
  @Matches(/^[a-z][a-z0-9-]{0,62}$/, { message: 'must be lower case with digits and hyphens' })
  INSTANCE?: string;

  @Option('Separate services: seconds the gateway waits for an answer before it says that a service is away.')
  @Whole(1, 120)
  GATEWAY_PATIENCE_SECONDS: number = 15;

  @Option('Separate services: regions this vault serves, separated by commas. Absent: every region it is asked to open.')
  @IsOptional()
  @Matches(/^[a-z][a-z-]{1,39}(,[a-z][a-z-]{1,39})*$/, { message: 'must be region codes separated by commas' })
  VAULT_REGIONS?: string;
}

/** The environment names what is wrong with a variable, never its value: it may be a secret. */
export class ConfigError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(`The configuration is not usable:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
    this.name = 'ConfigError';
  }
}

const problemOf = ({ property, constraints }: ValidationError): string =>
  `${property} ${(Object.values(constraints ?? {})[0] ?? 'is not valid').replace(`${property} `, '')}`;

/**
 * The configuration from environment variables; empty ones count as absent.
 * @throws ConfigError that names every variable at fault, and no value
 */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const names = Object.keys(new Config()).concat(Object.keys(env));
  const given = Object.fromEntries([...new Set(names)].filter((name) => env[name]).map((name) => [name, typed(name, env[name] ?? '')]));
  const config = plainToInstance(Config, given, { exposeDefaultValues: true, strategy: 'excludeAll' });
  const problems = validateSync(config, { stopAtFirstError: true }).map(problemOf);
  if (problems.length === 0) problems.push(...conflicts(config));
  if (problems.length > 0) throw new ConfigError(problems);
  return Object.freeze(config);
}

/** Only full numbers and `true`/`false` are converted: `3000x` stays text and is refused by its rule. */
function typed(name: string, value: string): unknown {
  const type: unknown = Reflect.getMetadata('design:type', Config.prototype, name);
  if (type === Number) return /^-?\d{1,9}$/.test(value) ? Number(value) : value;
  if (type === Boolean) return value === 'true' ? true : value === 'false' ? false : value;
  return value;
}
