import { loadPolicy, narrow } from './load-policy';
import { casePolicy, casePolicyText } from '../test/case-database';
import { mayCommand } from './decide-command';
import { type ReadQuestion, viewsFor } from './decide-read';
import { changesBetween, diffInWords } from './difference';
import { explain, explainCommand, prose } from './prose';
import { parse } from 'yaml';

const shared: ReadQuestion = {
  ...{ kind: 'anti_trafficking_project', relation: 'interregional-team', disciplines: ['social_worker'], purpose: 'joint_case' },
  ...{
    phase: 'Emersion',
    acr: 2,
    recused: false,
    sealedGroups: [],
    grant: { live: true, groups: ['ID', 'TERR', 'EXP'], purpose: 'joint_case' },
  },
};
const why = (question: ReadQuestion, language: 'it' | 'en' = 'it'): string =>
  explain(casePolicy, 'Elena', question, viewsFor(casePolicy, question), language);
const changed = (from: string, to: string) => loadPolicy(casePolicyText.replace(from, to));

describe('the policy in words', () => {
  it.each(['it', 'en'] as const)('is one sentence for each rule, each with its id and reason (%s)', (language) => {
    const sentences = prose(casePolicy, language);
    const { kinds = [], relations = [], limits = [] } = casePolicy.reading ?? {};
    expect(sentences).toHaveLength(kinds.length + relations.length + limits.length + 1 + casePolicy.commands.length);
    for (const sentence of sentences) {
      expect(sentence).toMatch(language === 'it' ? /^\[[A-Z0-9-]+(\.\w+)?] .+ Perché: .+\.$/ : /^\[[A-Z0-9-]+(\.\w+)?] .+ Because: .+\.$/);
      expect(sentence).not.toMatch(/undefined|\[object|_/);
    }
  });

  it('says in Italian what a lawyer has to sign', () => {
    expect(prose(casePolicy, 'it').find((sentence) => sentence.startsWith('[R-REF1]'))).toBe(
      "[R-REF1] Chi è incaricato di valutare l’invio può vedere: dati dell'invio, identità (pseudonimo e codici), racconto dello sfruttamento e indicatori " +
        "(per fasce), bisogni e servizi (pseudonimo e codici) e zona e periodo (per fasce); per lo scopo valutazione dell'invio, nelle fasi emersione, " +
        'prossimità, prima assistenza, inclusione sociale, follow-up e sospeso, accesso con due fattori, solo con un’autorizzazione in vigore e nei ' +
        'gruppi che essa nomina; valgono anche il tetto del tipo di ente e il limite della disciplina. Perché: Sintesi pseudonima per valutare ' +
        'l’invio, su consenso o altra base.',
    );
    expect(prose(casePolicy, 'it').find((sentence) => sentence.startsWith('[K-INS]'))).toContain('non raggiungono mai un caso');
  });

  it('says of a region’s policy that the ceiling binds as well', () => {
    expect(prose(narrow(casePolicy, parse(casePolicyText)), 'it').at(-1)).toContain(casePolicy.hash.slice(0, 12));
  });
});

describe('a decision in words', () => {
  it('names what is shown, how far, for what and why', () => {
    expect(why(shared)).toBe(
      "Elena può vedere «dati dell'invio», «identità» (pseudonimo e codici), «racconto dello sfruttamento e indicatori» (per fasce) e «zona e " +
        'periodo» per lo scopo «caso congiunto» perché è dell’équipe interregionale con cui il caso è condiviso: Caso condiviso espressamente con l’équipe interregionale, con base e scadenza [R-INTER]; Ente attuatore del programma unico di ' +
        'emersione, assistenza e integrazione sociale (art. 18 d.lgs. 286/1998) [K-HOLD]; Il racconto dello sfruttamento serve a chi ricostruisce il ' +
        'rapporto di lavoro [D-EXP].',
    );
    expect(why(shared, 'en')).toMatch(
      /^Elena may see «service, region, urgency, language», «identity» \(pseudonym and codes\), «.+» \(banded\) and «.+» for the purpose «joint case» because they are in the/,
    );
  });

  it.each([
    ['l’autorizzazione, o la base su cui poggia, non è più in vigore', { grant: { ...shared.grant, live: false } }],
    ['manca un’autorizzazione', { grant: undefined }],
    ['lo scopo dichiarato non è ammesso', { purpose: 'direct_assistance' }],
    ['in questa fase del caso non è ammesso', { phase: 'Closed' }],
    ['si è astenuto o è stato ricusato', { recused: true }],
    ['il suo tipo di ente non può trovarsi in questa relazione', { kind: 'trade_union' }],
    ['non ha alcuna relazione con il caso', { relation: 'none' }],
    ['l’accesso al sistema non è abbastanza forte', { acr: 0 }],
  ])('says that nothing is shown because %s', (told, change) => {
    const sentence = why({ ...shared, ...change } as ReadQuestion);
    expect(sentence).toMatch(/^Elena non può vedere nulla di questo caso perché /);
    expect(sentence).toContain(told);
  });

  it('says who may command and why not', () => {
    const actor = { member: 'm', session: 's', kind: 'anti_trafficking_project', roles: ['operator'], acr: 2 } as const;
    const asked = { actor, standings: ['custodian-team'], purpose: 'direct_assistance', recused: false } as const;
    const told = (command: string): string =>
      explainCommand(casePolicy, 'Giulia', command, mayCommand(casePolicy, { ...asked, command }), 'it');
    expect(told('RecordNeeds')).toBe(
      'Giulia può eseguire «RecordNeeds» come operatore o operatrice perché Presa in carico [C-CASE.RecordNeeds].',
    );
    expect(told('CloseCase')).toBe('Giulia non può eseguire «CloseCase» perché nessuno dei suoi ruoli lo consente.');
    expect(told('Nonsense')).toBe('Giulia non può eseguire «Nonsense» perché il comando non esiste.');
  });

  it('has words for every code a decision can give', () => {
    for (const question of [
      shared,
      { ...shared, grant: { live: true, groups: [], purpose: 'x' } },
      { ...shared, acr: Number.NaN },
    ] as ReadQuestion[]) {
      expect(why(question)).not.toMatch(/(grant|purpose|phase|acr|relation|kind|member|question)\.[a-z-]+/);
    }
  });
});

describe('a change of the policy in words', () => {
  it('says what widens before what narrows', () => {
    const next = changed(
      "cells: 'F   P  -   -    -   B   -   P   -   P    P    P    F'",
      "cells: 'F   P  B   -    -   B   -   P   -   P    P    -    F'",
    );
    expect(diffInWords(casePolicy, next)).toEqual([
      'WIDENS chi è dell’équipe interregionale con cui il caso è condiviso, Contatto sicuro: nulla → per fasce',
      "NARROWS chi è dell’équipe interregionale con cui il caso è condiviso, Collegamento con l'azienda: pseudonimo e codici → nulla",
    ]);
  });

  it.each([
    [
      'a purpose more',
      'purposes: [joint_case]',
      'purposes: [joint_case, audit]',
      'WIDENS who is in the interregional team the case is shared with, Audit: no → yes',
    ],
    [
      'a weaker sign-in',
      '        acr: 3\n',
      '        acr: 2\n',
      'WIDENS «OpenBreakGlass», sign-in: a phishing-resistant factor → two factors',
    ],
    [
      'a role less',
      'RenewAccess: { roles: [case_manager, coordinator]',
      'RenewAccess: { roles: [coordinator]',
      'NARROWS «RenewAccess», Case manager, in the team that has the person in charge: yes → no',
    ],
    ['a seal without a reader', 'readers: responsible', 'readers: nobody', 'NARROWS sealed groups: responsible worker → nobody'],
    [
      'a condition',
      'F?signatory:B B',
      'F B',
      'WIDENS Trade union, Link to the company: everything if signatory of the agreement, otherwise banded → everything',
    ],
  ])('tells of %s', (_, from, to, line) => expect(diffInWords(casePolicy, changed(from, to), 'en')).toContain(line));

  it('tells of a ceiling that is put over a policy or taken away as one change', () => {
    const regional = narrow(casePolicy, parse(casePolicyText));
    expect(changesBetween(casePolicy, regional).map(({ direction, place }) => [direction, place])).toEqual([['NARROWS', 'ceiling']]);
    expect(changesBetween(regional, casePolicy).map(({ direction, place }) => [direction, place])).toEqual([['WIDENS', 'ceiling']]);
  });
});
