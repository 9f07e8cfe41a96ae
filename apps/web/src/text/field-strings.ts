type Pair = readonly [it: string, en: string];

const needed: Pair = ['Questo campo serve.', 'This field is needed.'];
const listed: Pair = ['Scegli una delle voci dell’elenco.', 'Choose one of the list.'];
const someListed: Pair = ['Scegli almeno una voce dell’elenco.', 'Choose at least one of the list.'];
const form: Pair = ['Non è scritto nella forma giusta: ricontrollalo.', 'It is not written in the right form: check it.'];
const twice: Pair = ['Una voce c’è due volte.', 'One of them stands there twice.'];
const day: Pair = ['Scrivi una data vera.', 'Write a real date.'];
const instant: Pair = ['Scrivi una data e un’ora vere.', 'Write a real date and time.'];
const order: Pair = [
  'Le date non sono in ordine: la fine viene prima dell’inizio.',
  'The dates are out of order: the end comes before the beginning.',
];
const later: Pair = ['La nuova data viene dopo quella di prima.', 'The new date lies after the one before.'];
const groups: Pair = ['Scegli almeno un gruppo di dati.', 'Choose at least one group of data.'];
const group: Pair = ['Questo gruppo di dati non c’è.', 'There is no such group of data.'];
const comune: Pair = ['Scrivi le prime lettere e scegli il comune dall’elenco.', 'Write the first letters and choose the municipality.'];
const organisation: Pair = ['Scegli un’organizzazione della rete.', 'Choose an organisation of the network.'];
const recipient: Pair = ['Indica una sola organizzazione, o una sola équipe.', 'Name one organisation or one team.'];
const field: Pair = ['C’è un dato che qui non si registra.', 'It holds something that is not recorded here.'];
const designation: Pair = [
  'In un nome non stanno numeri di telefono, codici fiscali o indirizzi.',
  'A name has no telephone or tax number and no address in it.',
];
const page: Pair = ['Ricarica la pagina e riprova.', 'Load the page again and retry.'];
const ours: Pair = [
  'Questa pagina ha inviato qualcosa che il servizio non capisce. Ricaricala e riprova.',
  'This page sent what the service does not understand. Load it again and retry.',
];

/**
 * What can be wrong with a field, by the code of it; `*.reason` for a reason that several kinds of record share. Numbers of the service's
 * sentence stand where `{{0}}`, `{{1}}` do. `npm run lint` fails for a code without words here or among a context's own refusals.
 */
export const FIELD_WORDS: Readonly<Record<string, Pair>> = {
  // Of the form of a value.
  'field.required': needed,
  'field.unknown': field,
  'field.invalid': form,
  'text.type': form,
  'text.formula': ['Il testo non può iniziare come una formula (=, +, -, @).', 'The text cannot begin like a formula (=, +, -, @).'],
  'text.characters': ['Ci sono caratteri che non si possono usare.', 'It holds characters that cannot be used.'],
  'text.length': ['Servono da {{0}} a {{1}} caratteri.', 'It takes {{0}} to {{1}} characters.'],
  'text.blank': needed,
  'phone.form': [
    'Un numero di telefono ha solo cifre e spazi, anche con + davanti.',
    'A telephone number has digits and spaces only, with or without +.',
  ],
  'code.unknown': listed,
  'code.form': form,
  'code.wrong': [
    'Non è l’ultimo codice inviato, oppure è scaduto. Chiedine un altro.',
    'It is not the last code that was sent, or it is too old. Ask for another.',
  ],
  'count.type': ['Scrivi un numero intero.', 'Write a whole number.'],
  'count.range': ['Scrivi un numero da {{0}} a {{1}}.', 'Write a number from {{0}} to {{1}}.'],
  'flag.type': ['Scegli sì o no.', 'Choose yes or no.'],
  'date.form': day,
  'instant.form': instant,
  'handle.form': listed,
  'list.type': someListed,
  'list.length': ['Servono da {{0}} a {{1}} voci.', 'It takes {{0}} to {{1}} entries.'],
  'list.twice': twice,
  'object.type': ours,
  'object.depth': ours,
  'file.unreadable': ['Il file non si legge come foglio di questo tipo, o è vuoto.', 'The file is no sheet of this kind, or it is empty.'],
  'otp.wrong': [
    'Il codice non corrisponde. Controlla anche l’ora del telefono.',
    'The code does not match. Check the clock of the phone, too.',
  ],
  'password.weak': [
    'La password è troppo debole: almeno {{0}} caratteri, sei diversi, senza il tuo nome.',
    'The password is too weak: at least {{0}} characters, six of them different, without your name.',
  ],
  'words.wrong': [
    'Non sono le parole chieste. Guarda che cosa hai scritto sul foglio.',
    'These are not the words asked for. Look at what you wrote on the sheet.',
  ],

  // Of a request as a whole.
  'request.invalid': ours,
  'request.malformed': ours,
  'request.at-least': page,
  'request.idempotency-key': page,
  'request.page': page,
  'purpose.unknown': page,
  'list.limit': page,
  'list.unknown-filter': page,
  'cut.where': ['Indica un numero di voce, oppure una data: non tutti e due.', 'Give the number of an entry or a time, not both.'],
  'proof.range': ['In un registro così lungo questo punto non c’è.', 'There is no such place in a log of that size.'],
  'proof.size': ['Il registro non è così lungo.', 'The log is not as long as that.'],
  'audit.malformed-places': ours,
  'vault.malformed-call': ours,
  'vault.malformed-label': ours,
  'vault.malformed-name': ours,
  'vault.malformed-text': ['Ci sono caratteri che non si possono usare.', 'It holds characters that cannot be used.'],
  'vault.malformed-value': form,

  // Reasons that several kinds of record share.
  '*.malformed': form,
  '*.code-twice': twice,
  '*.group-twice': twice,
  '*.no-groups': groups,
  '*.unknown-group': group,
  '*.no-day': day,
  '*.no-instant': instant,
  '*.in-the-future': ['Questo giorno deve ancora venire.', 'This day is still to come.'],
  '*.period-backwards': order,
  '*.unknown-comune': comune,
  '*.unknown-language': ['Scegli una lingua dall’elenco.', 'Choose a language of the list.'],
  '*.unknown-indicator': ['Scegli un indicatore dall’elenco.', 'Choose an indicator of the list.'],
  '*.unknown-sector': ['Scegli un settore dall’elenco.', 'Choose a sector of the list.'],
  '*.unknown-reason': ['Scegli un motivo dall’elenco.', 'Choose a reason of the list.'],
  '*.unknown-outcome': ['Scegli un esito dall’elenco.', 'Choose an outcome of the list.'],
  '*.unknown-service': ['Scegli almeno un servizio dall’elenco.', 'Choose at least one service of the list.'],
  '*.unknown-need': ['Scegli almeno un bisogno dall’elenco.', 'Choose at least one need of the list.'],
  '*.unknown-field': field,
  '*.no-recipient': recipient,
  '*.designation-form': designation,

  // Reasons of one kind of record.
  'accessGrant.audience-empty': [
    'Scegli a chi si apre. Per non aprire più a nessuno, revoca l’autorizzazione.',
    'Choose who shall see it. For nobody, revoke the grant.',
  ],
  'accessGrant.audience-mixed': [
    'Una vista condivisa si apre all’équipe, non a singole persone.',
    'A shared view is granted to the team, not to people.',
  ],
  'accessGrant.not-later': later,
  'accessGrant.referral-missing': ['Indica la richiesta e il suo servizio.', 'Name the referral and its service.'],
  'accessGrant.team-for-referral': [
    'Una richiesta apre il caso a persone nominate, mai a un’équipe.',
    'A referral opens a case to named people, never to a team.',
  ],
  'account.code-wrong': [
    'Il codice non corrisponde. Controlla anche l’ora del telefono.',
    'The code does not match. Check the clock of the phone, too.',
  ],
  'account.weak-password': ['La password è troppo debole.', 'The password is too weak.'],
  'alert.expiry-out-of-range': ['Un’allerta finisce entro {{0}} giorni.', 'An alert ends within {{0}} days.'],
  'alert.kind-without-profile': ['Organizzazioni di questo tipo non ricevono allerte.', 'Organisations of this kind receive no alerts.'],
  'alert.period-impossible': [
    'Il periodo è già cominciato, e la fine non viene prima dell’inizio.',
    'The period has begun already, and does not end before it begins.',
  ],
  'alert.says-nothing': ['Indica almeno una dinamica o un indicatore.', 'Name at least one pattern or indicator.'],
  'alert.subject-misplaced': ['Per un territorio si indica il suo comune.', 'A territory is named by its municipality.'],
  'alert.unknown-area': ['Il luogo è un comune o una provincia.', 'The place is a municipality or a province.'],
  'alert.unknown-company': ['Scegli un’impresa.', 'Choose a company.'],
  'alert.unknown-pattern': ['Scegli una dinamica dall’elenco.', 'Choose a pattern of the list.'],
  'breakGlass.reason-missing': ['Scrivi il perché, con parole tue.', 'Say why in words of your own.'],
  'breakGlass.unknown-break-glass-reason': ['Scegli un motivo dall’elenco.', 'Choose a reason of the list.'],
  'case.link-incomplete': [
    'Un caso nato da una richiesta congiunta indica sia la richiesta sia il collegamento.',
    'A case from a joint referral names both the referral and the link.',
  ],
  'case.no-code': ['Qui si registrano solo voci dell’elenco.', 'Only entries of the list are recorded here.'],
  'case.no-link-id': page,
  'case.nothing-recorded': [
    'Non c’è niente da registrare: compila almeno un campo.',
    'There is nothing to record: fill in at least one field.',
  ],
  'case.unknown-case-closure': ['Scegli un motivo di chiusura dall’elenco.', 'Choose a reason for closing of the list.'],
  'case.unknown-document-kind': ['Scegli un tipo di documento dall’elenco.', 'Choose a kind of document of the list.'],
  'case.unknown-document-withdrawal': ['Scegli un motivo dall’elenco.', 'Choose a reason of the list.'],
  'case.unknown-exploitation-type': ['Scegli un tipo di sfruttamento dall’elenco.', 'Choose a type of exploitation of the list.'],
  'case.unknown-identification-authority': ['Scegli un’autorità dall’elenco.', 'Choose an authority of the list.'],
  'case.unknown-identification-outcome': ['Scegli un esito dall’elenco.', 'Choose an outcome of the list.'],
  'case.unknown-safety-status': listed,
  'companyDossier.no-indicators': ['Scegli almeno un indicatore.', 'Choose at least one indicator.'],
  'companyDossier.no-vat-number': [
    'Non è una partita IVA italiana: manca una cifra, o è sbagliata.',
    'This is no Italian VAT number: a digit is missing or wrong.',
  ],
  'companyDossier.unknown-alert-outcome': ['Scegli un esito dall’elenco.', 'Choose an outcome of the list.'],
  'consent.ends-before-answer': ['Finirebbe prima di poter essere dato.', 'It would end before it could be given.'],
  'contact.unknown-contact-channel': ['Scegli un canale dall’elenco.', 'Choose a channel of the list.'],
  'explanation.unknown-act': ['Scegli un atto dall’elenco.', 'Choose an act of the list.'],
  'indicator.unknown': ['Scegli un indicatore dall’elenco.', 'Choose an indicator of the list.'],
  'letters.code-wrong': [
    'Non è l’ultimo codice inviato, oppure è scaduto. Chiedine un altro.',
    'It is not the last code that was sent, or it is too old. Ask for another.',
  ],
  'member.login-malformed': form,
  'member.no-subject': [
    'Indica l’emittente presso cui la persona entra, e il suo codice lì.',
    'Name the issuer the person signs in at, and the subject they are there.',
  ],
  'notice.unknown-kind': listed,
  'organisation.company-in-clear': [
    'Un’impresa può portare il nome di una persona: il suo nome sta nel deposito protetto.',
    'A company may be named after its owner: its name belongs to the vault.',
  ],
  'organisation.nameless': ['Serve un nome.', 'A name is needed.'],
  'organisation.sector-unfit': [
    'Un’organizzazione di questo tipo non è di questo settore.',
    'An organisation of this kind does not belong to this sector.',
  ],
  'policy.outside-vocabulary': [
    'Qui il documento usa parole che una politica non conosce.',
    'Here the document uses words that a policy does not know.',
  ],
  'preview.unknown-receiver': organisation,
  'referral.group-beyond-ceiling': [
    'A questo servizio questo gruppo di dati non si mostra mai.',
    'This service is never shown this group of data.',
  ],
  'referral.no-basis-named': ['Scegli il consenso o la base giuridica su cui poggia.', 'Choose the consent or legal basis it rests on.'],
  'referral.note-not-in-vault': page,
  'referral.nothing-to-disclose': [
    'Scegli che cosa serve a chi riceve, dopo che ha accettato.',
    'Choose what the receiver needs after accepting.',
  ],
  'referral.preview-missing': [
    'Guarda prima l’anteprima di ciò che vedrà chi riceve.',
    'Look at the preview of what the receiver will see first.',
  ],
  'referral.unknown-mode': ['Una richiesta è per un servizio, oppure congiunta.', 'A referral is for a service or joint.'],
  'referral.unknown-organisation': organisation,
  'referral.unknown-purpose': ['Per questo scopo non si invia niente.', 'Nothing is referred for this purpose.'],
  'referral.unknown-urgency': ['Scegli un’urgenza dall’elenco.', 'Choose an urgency of the list.'],
  'region.not-a-slug': [
    'Una regione si scrive in minuscolo e senza spazi, come emilia-romagna.',
    'A region is a lower-case word such as emilia-romagna.',
  ],
  'setup.words-wrong': [
    'Non sono le parole chieste. Guarda che cosa hai scritto sul foglio.',
    'These are not the words asked for. Look at what you wrote on the sheet.',
  ],
  'sheet.unreadable': ['Il file non si legge come foglio di questo tipo, o è vuoto.', 'The file is no sheet of this kind, or it is empty.'],
  'subscription.covers-nothing': ['Scegli una regione e un tipo di oggetto.', 'Choose a region and a kind of subject.'],
  'subscription.unknown-region': ['Scegli una regione dall’elenco.', 'Choose a region of the list.'],
  'territorialAgreement.cap-of-stranger': ['Un limite vale tra due parti diverse dell’accordo.', 'A cap is between two different parties.'],
  'territorialAgreement.cap-twice': ['Tra due parti c’è un limite solo.', 'A pair of parties has one cap.'],
  'territorialAgreement.party-twice': ['Una parte c’è due volte.', 'A party is named twice.'],
  'territorialAgreement.too-few-parties': ['A un accordo servono almeno due parti.', 'An agreement needs at least two parties.'],
  'territorialAgreement.too-long': ['Un accordo dura al massimo {{0}} anni.', 'An agreement lasts at most {{0}} years.'],
  'territorialAgreement.without-end': ['A un accordo serve una fine che deve ancora venire.', 'An agreement needs an end that lies ahead.'],
  'territorialAgreement.without-scope': ['Scegli almeno uno scopo dell’accordo.', 'Choose at least one purpose of the agreement.'],
  'territorialDynamic.no-place': ['Indica un comune o una zona di confine.', 'Name a municipality or a border zone.'],
  'territorialDynamic.unknown-territorial-pattern': ['Scegli una dinamica dall’elenco.', 'Choose a pattern of the list.'],
  'unmask.nothing-masked': ['In questo gruppo di dati non c’è niente di coperto.', 'This group of data holds nothing that is masked.'],
  'unmask.too-long': ['Uno svelamento dura da {{0}} a {{1}} minuti.', 'An unmasking lasts {{0}} to {{1}} minutes.'],
  'urgency.unknown': ['Scegli un’urgenza dall’elenco.', 'Choose an urgency of the list.'],
};
