import type { Slice } from '@platform/commanding';
import { nounOf } from '@platform/kernel';
import type { Erasure, ErasureEvent } from './erasure';
import { type ErasureCommand, erasureCommands, erasureDecider, type ErasureFacts } from './erasure.decider';

export const erasureSlice: Slice<Erasure, ErasureCommand, ErasureEvent, ErasureFacts> = {
  context: 'cases',
  noun: 'erasure',
  decider: erasureDecider,
  commands: erasureCommands,
  regionOf: (_command, by) => by.actor.region,
  casesOf: (command, state) => {
    const subject = command.kind === 'RequestErasure' ? command.body.subject : state?.subject;
    return subject !== undefined && nounOf(subject) === 'case' ? [subject] : [];
  },
};
