import type { BodyOf } from '../api/client';

export interface SetUpValues {
  readonly region: string;
  readonly designation: string;
  readonly kind: string;
  readonly signedOn: string;
  readonly agreement: string;
  readonly name: string;
  readonly issuer: string;
  readonly subject: string;
  readonly keys: boolean;
  readonly token: string;
}
export const EMPTY: SetUpValues = {
  region: '',
  designation: '',
  kind: 'anti_trafficking_project',
  signedOn: '',
  agreement: '',
  name: '',
  issuer: '',
  subject: '',
  keys: false,
  token: '',
};

const hex = (bytes: ArrayBuffer): string => Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('');

/** How the server knows a login: digest of issuer and subject, made here so that neither travels. */
const loginOf = async (issuer: string, subject: string): Promise<string> =>
  hex(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(`${issuer}|${subject}`)));

/** The smallest installation: one region, its custodian, and the person who invites everybody else. */
export async function bodyOf(values: SetUpValues): Promise<BodyOf<'/api/setup'>> {
  const { region, kind, designation, agreement, signedOn, name, issuer, subject } = values;
  const custodian = 'custode';
  return {
    regions: [{ region, custodian, controller: custodian }],
    organisations: [
      { key: custodian, region, kind: kind as 'association', designation, agreement: agreement.trim().toLowerCase(), signedOn },
    ],
    members: [
      {
        key: 'amministra',
        organisation: custodian,
        login: await loginOf(issuer.trim(), subject.trim()),
        roles: ['administrator'],
        disciplines: ['coordinator'],
        name,
      },
    ],
    teams: [],
  };
}
