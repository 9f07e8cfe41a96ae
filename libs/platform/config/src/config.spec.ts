import { Config, configReference, printable, readConfig } from './index';

describe('the configuration', () => {
  it('is embedded, local and closed unless told otherwise', () => {
    expect(readConfig({})).toMatchObject({
      PORT: 3000,
      HOST: '127.0.0.1',
      DATA_DIR: '.data',
      EVENT_STORE: 'postgres',
      BUS: 'in-process',
      DEMO: false,
    });
    expect(readConfig({}).DATABASE_URL).toBeUndefined();
  });

  it('takes numbers and flags from text, and an empty variable for absent', () => {
    expect(readConfig({ PORT: '0', DEMO: 'true', LOG_LEVEL: '', SESSION_IDLE_MINUTES: '5' })).toMatchObject({
      PORT: 0,
      DEMO: true,
      LOG_LEVEL: 'info',
      SESSION_IDLE_MINUTES: 5,
    });
  });

  it('ignores the rest of the environment', () => {
    expect(Object.keys(readConfig({ PATH: '/bin', HOME: '/x' }))).toEqual(Object.keys(readConfig({})));
  });

  it.each([
    ['PORT', '3000x', 'PORT must be a whole number from 0 to 65535'],
    ['PORT', '70000', 'PORT must be a whole number from 0 to 65535'],
    ['EVENT_STORE', 'memory', 'EVENT_STORE must be one of the following values: postgres, kurrentdb'],
    ['DEMO', 'yes', 'DEMO must be true or false'],
    ['OIDC_ISSUER', 'file:///etc', 'OIDC_ISSUER must be an http(s) address'],
    ['DATABASE_URL', 'mysql://user:hush@db/x', 'DATABASE_URL must be a postgres:// address'],
    ['METRICS_TOKEN', 'short', 'METRICS_TOKEN must have at least 24 characters'],
  ])('refuses %s=%s by name', (name, value, problem) => {
    expect(() => readConfig({ [name]: value })).toThrow(`The configuration is not usable:\n  ${problem}`);
  });

  it('names all variables at fault at once, and no value', () => {
    const read = (): unknown => readConfig({ PORT: 'x', BODY_LIMIT_KB: '0', DATABASE_URL: 'hush' });
    expect(read).toThrow(/PORT .*\n.*DATABASE_URL .*\n.*BODY_LIMIT_KB /);
    expect(read).not.toThrow(/hush/);
  });

  it.each([
    [{ DEMO: 'true', HOST: '0.0.0.0' }, 'DEMO is refused unless HOST is a loopback address'],
    [{ DEMO: 'true', PUBLIC_URL: 'https://raccordo.example' }, 'DEMO is refused together with PUBLIC_URL'],
    [{ DEMO: 'true', OIDC_ISSUER: 'https://id.example', OIDC_CLIENT_ID: 'x' }, 'DEMO is refused together with OIDC_ISSUER'],
    [{ OIDC_ISSUER: 'https://id.example' }, 'OIDC_CLIENT_ID is needed'],
    [{ PUBLIC_URL: 'https://raccordo.example/app' }, 'PUBLIC_URL must have no path'],
    [{ PUBLIC_URL: 'http://raccordo.example' }, 'PUBLIC_URL must be https'],
    [{ HOST: '0.0.0.0', OIDC_ISSUER: 'https://id.example', OIDC_CLIENT_ID: 'x' }, 'PUBLIC_URL is needed with OIDC_ISSUER'],
    [{ HOST: '0.0.0.0', OIDC_ISSUER: 'http://id.example', OIDC_CLIENT_ID: 'x' }, 'OIDC_ISSUER must be https'],
    [{ EVENT_STORE: 'kurrentdb' }, 'KURRENTDB_URL is needed'],
    [{ BUS: 'kafka' }, 'KAFKA_BROKERS is needed'],
    [{ KAFKA_SASL: 'scram-sha-512', KAFKA_USERNAME: 'cases' }, 'KAFKA_USERNAME and KAFKA_PASSWORD are needed'],
    [
      { KAFKA_BROKERS: '127.0.0.1:1,k.example:1', KAFKA_SASL: 'plain', KAFKA_USERNAME: 'x', KAFKA_PASSWORD: 'y' },
      'KAFKA_TLS is needed with KAFKA_SASL=plain',
    ],
    [{ SMTP_URL: 'smtp://posta.example' }, 'MAIL_FROM is needed with SMTP_URL'],
    [{ SMTP_URL: 'smtp://[posta', MAIL_FROM: 'a@b.example' }, 'SMTP_URL must be an address that can be read'],
    [{ SMTP_URL: 'http://posta.example' }, 'SMTP_URL must be an smtp://'],
    [{ MAIL_FROM: 'a@b.example\r\nBcc: c@d.example' }, 'MAIL_FROM must be a mail address'],
    [{ KAFKA_TLS: 'true', KAFKA_CERT_FILE: 'a.pem' }, 'KAFKA_CERT_FILE and KAFKA_KEY_FILE are needed together'],
    [{ KAFKA_CA_FILE: 'a.pem' }, 'KAFKA_TLS is needed with KAFKA_CA_FILE'],
  ])('refuses %j', (env, problem) => {
    expect(() => readConfig(env)).toThrow(problem);
  });

  it('is printed without secrets', () => {
    const config = readConfig({ DATABASE_URL: 'postgres://user:hush@db/x', METRICS_TOKEN: 'hush-hush-hush-hush-hush' });
    expect(printable(config)).toMatchObject({ PORT: 3000, DATABASE_URL: 'set', METRICS_TOKEN: 'set' });
    expect(JSON.stringify(printable(config))).not.toContain('hush');
  });

  it('documents every option it has', () => {
    const config = plainNames();
    expect(
      configReference()
        .map(({ name }) => name)
        .sort(),
    ).toEqual(config);
    expect(configReference().every(({ description }) => description.length > 20)).toBe(true);
    expect(configReference().find(({ name }) => name === 'BODY_LIMIT_KB')?.fallback).toBe('256');
  });
});

/** Names with a type in the compiled class: what a reader of the source sees. */
function plainNames(): string[] {
  const env = {
    KURRENTDB_URL: 'kurrentdb://x',
    DATABASE_URL: 'postgres://x/y',
    KAFKA_BROKERS: 'x:1',
    PUBLIC_URL: 'https://x',
    METRICS_TOKEN: 'x'.repeat(24),
    TRACES_URL: 'http://x:4318',
    TRACES_TOKEN: 'x'.repeat(8),
    SMTP_URL: 'smtp://x',
    MAIL_FROM: 'a@b.example',
    ACCESSIBILITY_CONTACT: 'a@b.example',
  };
  const oidc = { OIDC_ISSUER: 'https://x', OIDC_CLIENT_ID: 'x', OIDC_CLIENT_SECRET: 'x' };
  const kafka = ['KAFKA_CA_FILE', 'KAFKA_CERT_FILE', 'KAFKA_KEY_FILE', 'KAFKA_SASL', 'KAFKA_USERNAME', 'KAFKA_PASSWORD'];
  const separate = ['KEYS_DIR', 'IDENTITY_KEY', 'TRUST_DIR', 'INSTANCE', 'VAULT_REGIONS'];
  return Object.keys(new Config()).concat(Object.keys(env), Object.keys(oidc), kafka, separate).sort();
}
