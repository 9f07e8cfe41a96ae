import { BadGatewayException, ForbiddenException, HttpException } from '@nestjs/common';
import { DomainError, type Refusal } from '@platform/kernel';
import { answerTo, originOf } from './index';

const told = (error: unknown): unknown => {
  const { status, code, retryAfter } = answerTo(error);
  return [status, code, retryAfter];
};
const coded = (code: string, more: object = {}): Error => Object.assign(new Error('Mario Rossi'), { code, ...more });

describe('an error', () => {
  it.each<[Refusal, number, number | undefined]>([
    ['invalid', 400, undefined],
    ['unauthenticated', 401, undefined],
    ['forbidden', 403, undefined],
    ['not-found', 404, undefined],
    ['refused', 409, undefined],
    ['stale', 412, undefined],
    ['too-large', 413, undefined],
    ['precondition-missing', 428, undefined],
    ['too-many', 429, 1],
    ['unavailable', 503, 1],
  ])('of the kind %s is answered with %i', (kind, status, retryAfter) => {
    expect(told(new DomainError('noun.reason', kind, 'detail'))).toEqual([status, 'noun.reason', retryAfter]);
  });

  it.each([
    coded('ECONNREFUSED'),
    coded('ENOENT', { syscall: 'connect' }),
    coded('57P01'),
    coded('08006'),
    coded('40P01'),
    new Error('Connection terminated unexpectedly'),
    Object.assign(new Error('query failed'), { driverError: coded('53300') }),
    new AggregateError([coded('ECONNREFUSED')], 'both addresses'),
    new Error('wrapped', { cause: coded('ETIMEDOUT') }),
  ])('that passes by waiting asks to come back: %p', (error) => {
    expect(told(error)).toEqual([503, 'service.unavailable', 2]);
  });

  it.each([
    coded('23505'),
    coded('ENOENT'),
    new TypeError('Mario Rossi'),
    'Mario Rossi',
    undefined,
    new BadGatewayException('Mario Rossi'),
  ])('of any other kind is ours, and is not quoted: %p', (error) => {
    expect(told(error)).toEqual([500, 'internal.error', undefined]);
    expect(JSON.stringify(answerTo(error))).not.toContain('Mario');
  });

  it('of the protocol is told in words of ours', () => {
    expect(told(new ForbiddenException('Mario Rossi'))).toEqual([403, 'request.forbidden', undefined]);
    expect(told(new HttpException('Mario Rossi', 418))).toEqual([400, 'request.malformed', undefined]);
    expect(told(Object.assign(new Error('Mario Rossi'), { status: 413 }))).toEqual([413, 'request.too-large', undefined]);
    expect(told(Object.assign(new Error('Mario Rossi'), { status: 502 }))).toEqual([500, 'internal.error', undefined]);
  });

  it('shows the log its class and where it was thrown, never its message', () => {
    const tricky = new Error('Mario Rossi\n    at Mario Rossi (somewhere)');
    expect(originOf(tricky)).toMatch(/^Error \| at .*problem\.spec\.ts/);
    expect(originOf(tricky)).not.toContain('Mario');
    expect(originOf(Object.assign(new Error('x'), { name: 'Mario Rossi' }))).not.toContain('Mario');
    expect(originOf('Mario')).toBe('string');
  });
});
