import { systemActor } from '@platform/kernel';
import { checkMachine, deciding } from '@platform/testing';
import { alertDecider } from './alert.decider';
import * as commands from './alert-commands';
import * as example from './alert-examples';
import { ALERT as ID } from './alert-examples';

const attempts: Readonly<Record<string, () => commands.AlertCommand>> = {
  DraftAlert: () => new commands.DraftAlert(ID, example.draft),
  ScreenAlert: () => new commands.ScreenAlert(ID, false),
  HoldAlert: () => new commands.HoldAlert(ID, 'retaliation_risk'),
  ReleaseAlert: () => new commands.ReleaseAlert(ID, 'risk_assessed'),
  RejectAlert: () => new commands.RejectAlert(ID),
  IssueAlert: () => new commands.IssueAlert(ID, ['labour_inspectorate']),
  CloseAlert: () => new commands.CloseAlert(ID),
  WithdrawAlert: () => new commands.WithdrawAlert(ID, 'error'),
  ExpireAlert: () => new commands.ExpireAlert(ID),
};

checkMachine({
  noun: 'alert',
  decider: alertDecider,
  stateName: (state) => state?.status ?? '-',
  commandFor: (command, from) => {
    const byClock = command === 'ExpireAlert';
    const actor = byClock ? systemActor('umbria') : command === 'ReleaseAlert' ? example.second : example.issuer;
    return {
      given: example.pastOf[from] ?? [],
      command: attempts[command]?.() ?? new commands.CloseAlert(ID),
      context: deciding(example.facts, actor, byClock ? example.EXPIRES : example.DRAFTED_AT),
    };
  },
});
