import { type FieldGroup, type Role, systemActor } from '@platform/kernel';
import { deciding, person, scenario, streamId } from '@platform/testing';
import type { UnmaskEvent } from './unmask';
import { ApproveUnmask, EndUnmask, RefuseUnmask, RequestUnmask, unmaskDecider, type UnmaskFacts } from './unmask.decider';

const id = streamId('unmask', 1);
const asker = person({ roles: ['auditor'], acr: 3 });
const approver = person({ member: streamId('member', 2), roles: ['dpo'], acr: 3 });
const accountRef = `vault:umbria:${'a'.repeat(26)}`;
const body = { case: streamId('case', 1), groups: ['ID', 'CON'], reason: 'authorised_replay', minutes: 10, accountRef } as const;
const what = { case: body.case, member: asker.member, organisation: asker.organisation, groups: body.groups } as const;
const until = '2031-03-14T12:10:00.000Z';
const requested: UnmaskEvent = { type: 'UnmaskRequested', data: { ...what, reason: body.reason, accountRef, minutes: 10 } };
const approved: UnmaskEvent = { type: 'UnmaskApproved', data: { ...what, approver: approver.member, until } };
const facts: UnmaskFacts = { case: { region: 'umbria', recused: [] }, approverIsSubordinate: false };
const unmask = scenario(unmaskDecider, deciding(facts, asker));
const second = unmask.by({ actor: approver }).given(requested);
const changed = (change: object): RequestUnmask => new RequestUnmask(id, { ...body, ...change });

describe('an unmasking', () => {
  it('is asked for with field groups, minutes and a reason in words', () => unmask.when(new RequestUnmask(id, body)).then(requested));

  it('is asked for once under one id', () => unmask.given(requested).when(changed({})).thenRefused('unmask.already-requested'));

  it.each<[Role]>([['operator'], ['case_manager'], ['coordinator'], ['administrator'], ['mentor']])('is not asked for by a %s', (role) =>
    unmask
      .by({ actor: person({ roles: [role], acr: 3 }) })
      .when(changed({}))
      .thenRefused('unmask.role-not-listed'),
  );

  it('asks for the strongest sign-in of both people', () => {
    unmask
      .by({ actor: { ...asker, acr: 2 } })
      .when(changed({}))
      .thenRefused('unmask.sign-in-too-weak');
    second
      .by({ actor: { ...approver, acr: 2 } })
      .when(new ApproveUnmask(id))
      .thenRefused('unmask.sign-in-too-weak');
  });

  it('stays inside the region, and away from whoever is recused', () => {
    unmask.by({ facts: {} }).when(changed({})).thenRefused('case.not-found');
    unmask
      .by({ actor: { ...asker, region: 'toscana' } })
      .when(changed({}))
      .thenRefused('case.not-found');
    unmask
      .by({ facts: { case: { region: 'umbria', recused: [asker.member] } } })
      .when(changed({}))
      .thenRefused('case.not-found');
    second
      .by({ actor: { ...approver, region: 'toscana' } })
      .when(new ApproveUnmask(id))
      .thenRefused('unmask.not-found');
    second
      .by({ facts: { ...facts, case: { region: 'umbria', recused: [approver.member] } } })
      .when(new ApproveUnmask(id))
      .thenRefused('unmask.not-found');
  });

  it('lasts 1 to 15 minutes', () => {
    for (const minutes of [0, 16, 1.5, -1, Number.NaN]) unmask.when(changed({ minutes })).thenRefused('unmask.too-long', ['/minutes']);
    for (const minutes of [1, 15])
      unmask.when(changed({ minutes })).then({ type: 'UnmaskRequested', data: { ...what, reason: body.reason, accountRef, minutes } });
  });

  it('names field groups that are masked', () => {
    unmask.when(changed({ groups: [] })).thenRefused('unmask.no-groups');
    unmask.when(changed({ groups: ['ID', 'REF' as FieldGroup] })).thenRefused('unmask.nothing-masked');
    unmask.when(changed({ accountRef: 'because' })).thenRefused('unmask.malformed');
  });

  it('is approved by a second person and opens for the minutes asked', () => second.when(new ApproveUnmask(id)).then(approved));

  it('is never approved by whoever asked (A4)', () =>
    unmask
      .by({ actor: { ...asker, roles: ['auditor', 'dpo'] } })
      .given(requested)
      .when(new ApproveUnmask(id))
      .thenRefused('unmask.self-approval'));

  it('is approved only in a listed role', () =>
    second
      .by({ actor: { ...approver, roles: ['auditor', 'administrator'] } })
      .when(new ApproveUnmask(id))
      .thenRefused('unmask.role-not-listed'));

  it('is not approved by somebody who answers to whoever asked, nor when nobody knows', () => {
    second
      .by({ facts: { ...facts, approverIsSubordinate: true } })
      .when(new ApproveUnmask(id))
      .thenRefused('unmask.approver-subordinate');
    second
      .by({ facts: { case: facts.case! } })
      .when(new ApproveUnmask(id))
      .thenRefused('unmask.approver-subordinate');
  });

  it('is decided once', () => {
    const refusal: UnmaskEvent = { type: 'UnmaskRefused', data: what };
    second.when(new RefuseUnmask(id)).then(refusal);
    second.given(refusal).when(new RefuseUnmask(id)).thenNothing();
    second.given(refusal).when(new ApproveUnmask(id)).thenRefused('unmask.already-decided');
    second.given(approved).when(new ApproveUnmask(id)).thenNothing();
    second.given(approved).when(new RefuseUnmask(id)).thenRefused('unmask.already-decided');
  });

  it('is refused only in a listed role', () =>
    second
      .by({ actor: person({ roles: ['operator'] }) })
      .when(new RefuseUnmask(id))
      .thenRefused('unmask.role-not-listed'));

  it('ends by the clock alone, at its instant', () => {
    const ended: UnmaskEvent = { type: 'UnmaskEnded', data: what };
    const clock = (at: string) => ({ actor: systemActor('umbria'), at });
    second.given(approved).when(new EndUnmask(id)).thenRefused('unmask.only-by-clock');
    second.given(approved).by(clock('2031-03-14T12:09:59.999Z')).when(new EndUnmask(id)).thenRefused('unmask.not-yet');
    second.given(approved).by(clock(until)).when(new EndUnmask(id)).then(ended);
    second.given(approved, ended).by(clock(until)).when(new EndUnmask(id)).thenNothing();
    second.by(clock(until)).when(new EndUnmask(id)).thenRefused('unmask.not-open');
  });

  it('may be ended early by whoever asked', () =>
    unmask.given(requested, approved).when(new EndUnmask(id)).then({ type: 'UnmaskEnded', data: what }));

  it('that does not exist answers like one outside need-to-know', () => {
    unmask.when(new ApproveUnmask(id)).thenRefused('unmask.not-found');
  });
});
