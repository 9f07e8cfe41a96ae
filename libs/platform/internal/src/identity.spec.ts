import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { SpecIdentities } from '../test/peers-for-specs';
import { Identity, makeIdentity, Trust } from './identity';
import { PersonAssertions } from './person-assertions';
import { ServiceTokens } from './service-tokens';

const people = { login: 'a'.repeat(64), acr: 2, session: 'session-0123456789' };
const identities = new SpecIdentities(['gateway', 'cases', 'audit', 'vault']);
afterAll(() => identities.remove());

describe('a word of the gateway about a person', () => {
  const gateway = new PersonAssertions(identities.of('gateway'));
  const read = (token: string, { as = 'cases', method = 'GET', url = '/api/cases?limit=1' } = {}) =>
    PersonAssertions.read(identities.trust, as, 'gateway', token, method, url);
  const invalid = { code: 'assertion.invalid', kind: 'unauthenticated' };

  it('names who asks, how strongly they signed in, and their session', async () => {
    expect(await read(await gateway.issue('cases', people, 'GET', '/api/cases?limit=1'))).toEqual({ person: people });
  });
  it('can say that nobody is signed in', async () => {
    expect(await read(await gateway.issue('cases', undefined, 'GET', '/api/cases?limit=1'))).toEqual({ person: undefined });
  });
  it('fits one service, one method and one address', async () => {
    const word = await gateway.issue('cases', people, 'GET', '/api/cases?limit=1');
    for (const elsewhere of [{ as: 'audit' }, { method: 'POST' }, { url: '/api/cases?limit=2' }, { url: '/api/contacts' }])
      await expect(read(word, elsewhere)).rejects.toMatchObject(invalid);
  });
  it('counts from the gateway only, however it is signed', async () => {
    const another = new PersonAssertions(identities.of('audit'));
    await expect(read(await another.issue('cases', people, 'GET', '/api/cases?limit=1'))).rejects.toMatchObject(invalid);
    const impostor = new SpecIdentities(['gateway']);
    const forged = new PersonAssertions(impostor.of('gateway'));
    await expect(read(await forged.issue('cases', people, 'GET', '/api/cases?limit=1'))).rejects.toMatchObject(invalid);
    impostor.remove();
  });
  it('is not a service’s own token, nor nothing, nor anything else', async () => {
    const own = await identities.tokens('gateway').for('cases');
    const word = await gateway.issue('cases', people, 'GET', '/api/cases?limit=1');
    const [header = '', claims = ''] = word.split('.');
    const unsigned = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${claims}.`;
    for (const token of [own, '', 'x', `${header}.${claims}.`, unsigned, word.slice(0, -4)])
      await expect(read(token)).rejects.toMatchObject(invalid);
  });
  it('ends after seconds, which is no reason to sign in again', async () => {
    const word = await gateway.issue('cases', people, 'GET', '/api/cases?limit=1');
    const real = Date.now();
    for (const shift of [60_000, -60_000]) {
      const clock = jest.spyOn(Date, 'now').mockReturnValue(real + shift);
      jest.useFakeTimers({ now: real + shift, doNotFake: ['nextTick', 'setImmediate', 'setTimeout', 'queueMicrotask', 'performance'] });
      await expect(read(word)).rejects.toMatchObject({ code: 'assertion.not-current', kind: 'unavailable' });
      jest.useRealTimers();
      clock.mockRestore();
    }
  });
});

describe('a service’s own token', () => {
  it('says which service calls, to the one it is for', async () => {
    const token = await identities.tokens('cases').for('vault');
    expect(await ServiceTokens.callerOf(identities.trust, 'vault', ['audit', 'cases'], token)).toBe('cases');
    await expect(ServiceTokens.callerOf(identities.trust, 'audit', ['cases'], token)).rejects.toMatchObject({ code: 'assertion.invalid' });
    await expect(ServiceTokens.callerOf(identities.trust, 'vault', ['audit'], token)).rejects.toMatchObject({ code: 'assertion.invalid' });
  });
  it('is not the gateway’s word about a person', async () => {
    const word = await new PersonAssertions(identities.of('gateway')).issue('vault', people, 'POST', '/x');
    await expect(ServiceTokens.callerOf(identities.trust, 'vault', ['gateway'], word)).rejects.toMatchObject({ code: 'assertion.invalid' });
  });
});

describe('an identity', () => {
  it('is refused when others may read its key, or when it is missing', () => {
    const own = new SpecIdentities(['cases']);
    chmodSync(own.file('cases'), 0o644);
    expect(() => own.of('cases')).toThrow('may be read by other users');
    expect(() => Identity.read('vault', own.file('vault'))).toThrow('is missing');
    own.remove();
  });
  it('is never made twice over', () => {
    const trust = path.join(identities.folder, 'trust');
    expect(() => makeIdentity('cases', identities.file('cases'), trust)).toThrow('EEXIST');
  });
  it('can be replaced without a moment in which nobody is believed', async () => {
    const own = new SpecIdentities(['cases']);
    const folder = path.join(own.folder, 'trust');
    const before = await own.tokens('cases').for('vault');
    makeIdentity('cases', path.join(own.folder, 'new', 'identity.key'), folder); // published first
    const after = await new ServiceTokens(Identity.read('cases', path.join(own.folder, 'new', 'identity.key'))).for('vault');
    const trust = new Trust(folder);
    for (const token of [before, after]) expect(await ServiceTokens.callerOf(trust, 'vault', ['cases'], token)).toBe('cases');
    const both = readFileSync(path.join(folder, 'cases.pub'), 'utf8');
    writeFileSync(path.join(folder, 'cases.pub'), both.slice(both.lastIndexOf('-----BEGIN'))); // the old one withdrawn
    await expect(ServiceTokens.callerOf(new Trust(folder), 'vault', ['cases'], before)).rejects.toMatchObject({
      code: 'assertion.invalid',
    });
  });
});
