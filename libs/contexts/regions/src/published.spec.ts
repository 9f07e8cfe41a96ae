import { recorded, streamId } from '@platform/testing';
import { publishedOf } from './published';

const own = streamId('organisation', 1);
const nameRef = 'vault:umbria:abcdefghijklmnopqrstuvwxyz';
const told = (noun: string, type: string, data: object) => {
  const published = publishedOf(recorded({ type, data }, { stream: streamId(noun, 1), revision: 4 }));
  return published && { type: published.type, data: published.data };
};

describe('what regions publish', () => {
  it('of a policy is the whole document, so that every context decides by its own copy', () => {
    const data = { region: 'umbria', number: 2, hash: 'a'.repeat(64), document: { version: '2' } };
    const activated = { ...data, signatures: [{ cell: 'seal.readers', signer: streamId('member', 1) }] };
    expect(told('policy', 'PolicyActivated', activated)).toEqual({
      type: 'raccordo.regions.PolicyActivated.v1',
      data: { ...data, policy: streamId('policy', 1), widens: true },
    });
    expect(told('policy', 'PolicyProposed', { ...data, lines: [], proposer: 'system' })).toBeUndefined();
  });

  it('of a member is how to recognise the session, not the name', () => {
    const data = { organisation: own, region: 'umbria', login: 'b'.repeat(64) };
    expect(told('member', 'MemberInvited', { ...data, nameRef })?.data).toEqual({ ...data, member: streamId('member', 1) });
  });

  it('of an organisation begins with its accreditation, without designation and papers', () => {
    const identity = { kind: 'association', sector: 'private_social', region: 'umbria' };
    expect(told('organisation', 'OrganisationRegistered', { ...identity, designation: 'Ponte' })).toBeUndefined();
    const papers = { agreement: 'c'.repeat(64), signedOn: '2031-01-01' };
    expect(told('organisation', 'OrganisationAccredited', { ...identity, ...papers })?.data).toEqual({
      ...identity,
      organisation: streamId('organisation', 1),
    });
  });

  it('of a team is who sits in it, not what it talks about', () => {
    const seat = { member: streamId('member', 1), organisation: own, region: 'umbria', discipline: 'educator' };
    expect(told('team', 'TeamMemberAdded', seat)?.data).toEqual({ ...seat, team: streamId('team', 1) });
    expect(
      told('team', 'TeamMeetingRecorded', { heldOn: '2031-01-01', attendees: [], decisions: [], minutesRef: nameRef }),
    ).toBeUndefined();
    expect(told('team', 'TeamProposed', { kind: 'local', leadRegion: 'umbria', organisation: own, designation: 'Équipe' })).toBeUndefined();
  });

  it('of an agreement are its terms once it binds', () => {
    const terms = {
      parties: [{ organisation: own, region: 'umbria' }],
      scope: ['joint_case'],
      caps: [],
      expiresAt: '2032-01-01T00:00:00.000Z',
    };
    expect(told('territorialAgreement', 'AgreementDrafted', terms)).toBeUndefined();
    expect(told('territorialAgreement', 'AgreementActivated', terms)?.data).toEqual({
      ...terms,
      agreement: streamId('territorialAgreement', 1),
    });
  });
});
