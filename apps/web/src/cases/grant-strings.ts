import { defineStrings } from '../text/strings';

/** What the custodian does with an access that was opened. */
export const grantStrings = defineStrings('case-grants', {
  it: {
    change: 'Cambia',
    title: 'Cambia questo accesso',
    narrow: 'Restringi',
    narrowText: 'Si toglie soltanto: quello che non è spuntato, da subito non si vede più.',
    groups: 'Che cosa resta aperto',
    until: 'Fino al',
    renew: 'Prolunga',
    renewText: 'Solo finché dura il consenso, o la base giuridica, su cui poggia.',
    renewals: {
      service_continues: 'Il servizio continua',
      joint_work_continues: 'Il lavoro insieme continua',
      proceedings_continue: 'Il procedimento continua',
    },
    revoke: 'Revoca',
    revokeText: 'Da subito nessuno legge più il caso per questa via. Non si torna indietro: se serve ancora, se ne apre un altro.',
    revocations: {
      no_longer_needed: 'Non serve più',
      member_left: 'La persona non lavora più lì',
      granted_by_mistake: 'Aperto per errore',
    },
    unshare: 'Togli dalla vista',
    unshareText: 'L’équipe interregionale, da subito, non vede più il caso.',
    unsharings: { no_longer_needed: 'Non serve più', person_asked: 'Lo chiede la persona' },
    why: 'Perché',
  },
  en: {
    change: 'Change',
    title: 'Change this access',
    narrow: 'Narrow',
    narrowText: 'It only takes away: what is not ticked is not seen any more, from now on.',
    groups: 'What stays open',
    until: 'Until',
    renew: 'Extend',
    renewText: 'Only as long as the consent, or the legal basis, it rests on.',
    renewals: {
      service_continues: 'The service goes on',
      joint_work_continues: 'The work together goes on',
      proceedings_continue: 'The proceedings go on',
    },
    revoke: 'Revoke',
    revokeText: 'From now on nobody reads the case this way. There is no way back: where it is still needed, another is opened.',
    revocations: {
      no_longer_needed: 'Not needed any more',
      member_left: 'The person does not work there any more',
      granted_by_mistake: 'Opened by mistake',
    },
    unshare: 'Take out of the view',
    unshareText: 'From now on the interregional team does not see the case any more.',
    unsharings: { no_longer_needed: 'Not needed any more', person_asked: 'The person asks for it' },
    why: 'Why',
  },
});
