import { defineRefusals } from '../text/refusals';

defineRefusals({
  'organisation.sector-unfit': [
    'Un’organizzazione di questo tipo non appartiene a questo settore.',
    'An organisation of this kind does not belong to this sector.',
  ],
  'organisation.designation-form': [
    'Il nome pubblico non contiene telefoni, codici fiscali o indirizzi.',
    'A public name holds no telephone number, tax number or address.',
  ],
  'organisation.withdrawn': ['Questa organizzazione ha lasciato la rete.', 'This organisation has left the network.'],
  'organisation.not-accredited': ['L’organizzazione non è accreditata.', 'The organisation is not accredited.'],
  'organisation.not-suspended': ['L’organizzazione non è sospesa.', 'The organisation is not suspended.'],
  'organisation.suspended': [
    'È sospesa: si riammette, non si accredita di nuovo.',
    'It is suspended: reinstate it, do not accredit it anew.',
  ],
  'organisation.own-accreditation': [
    'La propria organizzazione la accredita un’altra.',
    'One’s own organisation is accredited by another.',
  ],
  'organisation.own-reinstatement': [
    'La propria organizzazione la riammette un’altra.',
    'One’s own organisation is reinstated by another.',
  ],
  'organisation.agreement-not-yet-signed': [
    'L’accordo porta una data che deve ancora venire.',
    'The agreement is dated on a day that has not come yet.',
  ],
  'organisation.open-custody': [
    'Ha in carico delle persone: prima i loro casi si trasferiscono o si chiudono.',
    'People are in its charge: transfer or close their cases first.',
  ],
  'team.designation-form': [
    'Il nome non contiene telefoni, codici fiscali o indirizzi.',
    'A name holds no telephone number, tax number or address.',
  ],
  'team.dissolved': ['Questa équipe è sciolta.', 'This team was dissolved.'],
  'team.member-inactive': [
    'Il codice non è di una persona attiva. Ricontrolla con chi te l’ha dato.',
    'The code is not that of an active person. Check it with whoever gave it to you.',
  ],
  'team.organisation-inactive': ['La sua organizzazione non è accreditata.', 'Their organisation is not accredited.'],
  'team.discipline-undeclared': [
    'Questa professione non è fra quelle dichiarate per la persona.',
    'This profession is not one of those declared for the person.',
  ],
  'team.conflict-of-interest': [
    'Un conflitto di interessi, o un ruolo di controllo, tiene la persona fuori dall’équipe.',
    'A conflict of interest, or a role of oversight, keeps the person out of the team.',
  ],
  'team.member-of-other-region': [
    'In un’équipe locale c’è solo chi lavora nella sua regione.',
    'A local team has people of its own region only.',
  ],
  'team.too-few-disciplines': ['Servono persone di almeno due professioni.', 'People of at least two professions are needed.'],
  'team.too-few-regions': ['Servono persone di almeno due regioni.', 'People of at least two regions are needed.'],
  'team.no-public-organisation': ['Serve almeno un’organizzazione pubblica.', 'At least one public organisation is needed.'],
  'team.no-private-social-organisation': [
    'Serve almeno un’organizzazione del privato sociale.',
    'At least one organisation of the private social sector is needed.',
  ],
  'team.not-constituted': ['L’équipe non è costituita.', 'The team is not constituted.'],
  'team.meeting-not-yet-held': ['Una riunione si registra dopo che si è tenuta.', 'A meeting is recorded after it was held.'],
  'team.attendee-not-member': ['Partecipa solo chi fa parte dell’équipe o la visita.', 'Only members and visitors of the team attend.'],
  'territorialAgreement.cap-of-stranger': ['Un limite sta fra due parti diverse dell’accordo.', 'A cap is between two different parties.'],
  'territorialAgreement.cap-twice': [
    'C’è già un limite fra queste due parti, in questa direzione.',
    'This pair of parties has a cap already.',
  ],
  'territorialAgreement.too-few-parties': ['Un accordo ha almeno due parti.', 'An agreement has at least two parties.'],
  'territorialAgreement.without-end': ['La fine deve ancora venire.', 'The end has to lie ahead.'],
  'territorialAgreement.too-long': ['Un accordo dura al più cinque anni.', 'An agreement lasts at most five years.'],
  'territorialAgreement.party-not-accredited': ['Ogni parte deve essere accreditata.', 'Every party has to be accredited.'],
  'territorialAgreement.not-a-party': ['Agisce solo chi è parte dell’accordo.', 'Only the parties act on an agreement.'],
  'territorialAgreement.not-negotiating': ['La trattativa non è aperta.', 'The negotiation has not been opened.'],
  'territorialAgreement.unsigned': ['Non hanno ancora firmato tutte le parti.', 'Not every party has signed yet.'],
  'territorialAgreement.past-its-end': ['La fine concordata è passata.', 'The end agreed on has passed.'],
  'territorialAgreement.already-active': ['L’accordo è già in vigore.', 'The agreement is in force already.'],
  'territorialAgreement.over': ['L’accordo è finito.', 'The agreement is over.'],
  'territorialAgreement.expired': ['L’accordo è scaduto.', 'The agreement has expired.'],
});
