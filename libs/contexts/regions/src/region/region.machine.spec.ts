import { checkMachine, deciding, streamId } from '@platform/testing';
import type { RegionEvent } from './region';
import { ActivateRegion, ReactivateRegion, type RegionCommand, regionDecider, RegisterRegion, SuspendRegion } from './region.decider';

const id = streamId('region', 1);
const own = streamId('organisation', 1);
const standing = { organisation: own, kind: 'region', sector: 'public', region: 'umbria', active: true } as const;
const context = deciding({ taken: false, organisations: new Map([[own, standing]]), openReferrals: 0 });

const registered: RegionEvent = { type: 'RegionRegistered', data: { region: 'umbria' } };
const activated: RegionEvent = { type: 'RegionActivated', data: { region: 'umbria', custodian: own, controller: own } };
const suspended: RegionEvent = { type: 'RegionSuspended', data: { region: 'umbria', reason: 'own_request' } };
const pasts: Record<string, RegionEvent[]> = {
  '-': [],
  Registered: [registered],
  Active: [registered, activated],
  Suspended: [registered, activated, suspended],
};
const commands: Record<string, RegionCommand> = {
  RegisterRegion: new RegisterRegion(id, 'umbria'),
  ActivateRegion: new ActivateRegion(id, own, own),
  SuspendRegion: new SuspendRegion(id, 'own_request'),
  ReactivateRegion: new ReactivateRegion(id),
};

checkMachine({
  noun: 'region',
  decider: regionDecider,
  stateName: ({ status }) => status,
  commandFor: (command, from) => ({ given: pasts[from]!, command: commands[command]!, context }),
});
