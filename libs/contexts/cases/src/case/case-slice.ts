import type { Slice } from '@platform/commanding';
import type { Case, CaseEvent } from './case';
import { type CaseCommand, caseCommands } from './case-commands';
import { caseDecider } from './case.decider';
import type { CaseFacts } from './case-facts';

/** The case as the pipeline runs it: in the log of its custodian's region. */
export const caseSlice: Slice<Case, CaseCommand, CaseEvent, CaseFacts> = {
  context: 'cases',
  noun: 'case',
  decider: caseDecider,
  commands: caseCommands,
  regionOf: (command, by) => (command.kind === 'OpenCase' ? command.body.custodian.region : by.actor.region),
};
