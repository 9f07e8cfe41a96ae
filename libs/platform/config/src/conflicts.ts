import type { Config } from './config';

const LOOPBACK = ['127.0.0.1', '::1', 'localhost'];
/** Whether an address to listen on is reached from this machine only. */
export const isLoopback = (host: string): boolean => LOOPBACK.includes(host);

const isOrigin = (url: string): boolean => ['', '/'].includes(new URL(url).pathname + new URL(url).search);

const brokersOf = ({ KAFKA_BROKERS = '' }: Config): string[] => KAFKA_BROKERS.split(',').map((broker) => broker.trim());
const hostOf = (broker: string): string => broker.replace(/:\d+$/, '').replace(/^\[(.*)\]$/, '$1');

/** What the rules of single settings cannot see: names, never values. */
export function conflicts(config: Config): string[] {
  const loopback = isLoopback(config.HOST);
  const needs = (condition: boolean, problem: string): string[] => (condition ? [problem] : []);
  return [
    ...needs(config.DEMO && !loopback, 'DEMO is refused unless HOST is a loopback address: anybody could sign in'),
    ...needs(config.DEMO && config.PUBLIC_URL !== undefined, 'DEMO is refused together with PUBLIC_URL: anybody could sign in'),
    ...needs(config.DEMO && config.OIDC_ISSUER !== undefined, 'DEMO is refused together with OIDC_ISSUER: choose one way to sign in'),
    ...needs(
      config.PUBLIC_URL !== undefined && !isOrigin(config.PUBLIC_URL),
      'PUBLIC_URL must have no path: cookies belong to the whole host',
    ),
    ...needs(
      config.PUBLIC_URL?.startsWith('http:') === true && !isLoopback(new URL(config.PUBLIC_URL).hostname),
      'PUBLIC_URL must be https: sessions and cases would travel in clear',
    ),
    ...needs(
      config.OIDC_ISSUER !== undefined && !loopback && !config.PUBLIC_URL,
      'PUBLIC_URL is needed with OIDC_ISSUER unless HOST is a loopback address: the issuer sends people back to it',
    ),
    ...needs(config.OIDC_ISSUER !== undefined && !config.OIDC_CLIENT_ID, 'OIDC_CLIENT_ID is needed with OIDC_ISSUER'),
    ...needs(
      config.OIDC_ISSUER?.startsWith('http:') === true && !loopback && !isLoopback(new URL(config.OIDC_ISSUER).hostname),
      'OIDC_ISSUER must be https unless it or HOST is a loopback address',
    ),
    ...needs(config.SMTP_URL !== undefined && !URL.canParse(config.SMTP_URL), 'SMTP_URL must be an address that can be read'),
    ...needs(config.SMTP_URL !== undefined && !config.MAIL_FROM, 'MAIL_FROM is needed with SMTP_URL'),
    ...needs(config.EVENT_STORE === 'kurrentdb' && !config.KURRENTDB_URL, 'KURRENTDB_URL is needed with EVENT_STORE=kurrentdb'),
    ...needs(config.BUS === 'kafka' && !config.KAFKA_BROKERS, 'KAFKA_BROKERS is needed with BUS=kafka'),
    ...needs(
      config.KAFKA_SASL !== undefined && !(config.KAFKA_USERNAME && config.KAFKA_PASSWORD),
      'KAFKA_USERNAME and KAFKA_PASSWORD are needed with KAFKA_SASL',
    ),
    ...needs(
      config.KAFKA_SASL === 'plain' && !config.KAFKA_TLS && !brokersOf(config).every((broker) => LOOPBACK.includes(hostOf(broker))),
      'KAFKA_TLS is needed with KAFKA_SASL=plain unless all KAFKA_BROKERS are on this machine: the password would travel in clear',
    ),
    ...needs(!config.KAFKA_CERT_FILE !== !config.KAFKA_KEY_FILE, 'KAFKA_CERT_FILE and KAFKA_KEY_FILE are needed together'),
    ...needs(
      !config.KAFKA_TLS && (config.KAFKA_CA_FILE ?? config.KAFKA_CERT_FILE) !== undefined,
      'KAFKA_TLS is needed with KAFKA_CA_FILE and KAFKA_CERT_FILE: Kafka would be spoken to in clear',
    ),
  ];
}
