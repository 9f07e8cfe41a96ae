/**
 * The invented people of the story. `sub` is what the demo issuer vouches for; `name` stands only in the demo's sign-in page.
 * Everything here is made up: DATI INVENTATI.
 */
export interface Persona {
  readonly sub: string;
  readonly name: string;
  readonly label: string;
}

/** Who plays in the story. */
export const STORY_PERSONAS = {
  giulia: { sub: 'demo-01', name: 'Giulia Inventata', label: 'Operatrice antitratta, Umbria' },
  karim: { sub: 'demo-02', name: 'Karim Inventato', label: 'Mediatore culturale, Umbria' },
  elena: { sub: 'demo-03', name: 'Elena Immaginaria', label: 'Coordinatrice, Toscana' },
  bruno: { sub: 'demo-04', name: 'Bruno Immaginario', label: 'Educatore, Toscana' },
  marco: { sub: 'demo-05', name: 'Marco Finto', label: 'Ispettore del lavoro' },
  sara: { sub: 'demo-06', name: 'Sara Finta', label: 'Sindacalista' },
  ada: { sub: 'demo-07', name: 'Ada Esempio', label: 'Revisora, Umbria' },
  dora: { sub: 'demo-08', name: 'Dora Esempio', label: 'Responsabile protezione dati, Umbria' },
  livia: { sub: 'demo-09', name: 'Livia Esempio', label: 'Psicologa ASL, Umbria' },
  teo: { sub: 'demo-10', name: 'Teo Esempio', label: 'Assistente sociale, Toscana' },
  piero: { sub: 'demo-11', name: 'Piero Prova', label: 'Amministratore della piattaforma' },
  rita: { sub: 'demo-13', name: 'Rita Prova', label: 'Coordinatrice dello stesso altro ente, Umbria' },
  nino: { sub: 'demo-12', name: 'Nino Prova', label: 'Operatore di un altro ente, Umbria' },
} as const satisfies Record<string, Persona>;
export type StoryPersonaKey = keyof typeof STORY_PERSONAS;

/** Who else works in the larger world of the invented data. */
const FURTHER_PERSONAS = {
  nora: { sub: 'demo-20', name: 'Nora Immaginaria', label: 'Coordinatrice, Toscana costiera' },
  omar: { sub: 'demo-21', name: 'Omar Immaginario', label: 'Mediatore culturale, Toscana costiera' },
  ugo: { sub: 'demo-22', name: 'Ugo Immaginario', label: 'Assistente sociale, Toscana costiera' },
  ivo: { sub: 'demo-23', name: 'Ivo Fittizio', label: 'Coordinatore, Emilia-Romagna' },
  zoe: { sub: 'demo-24', name: 'Zoe Fittizia', label: 'Operatrice di un altro ente, Emilia-Romagna' },
  mina: { sub: 'demo-25', name: 'Mina Fittizia', label: 'Psicologa ASL, Emilia-Romagna' },
  gina: { sub: 'demo-26', name: 'Gina Supposta', label: 'Coordinatrice, Piemonte' },
  pino: { sub: 'demo-27', name: 'Pino Supposto', label: 'Assistente sociale, Piemonte' },
  luca: { sub: 'demo-28', name: 'Luca Ipotetico', label: 'Coordinatore, Lombardia' },
  lina: { sub: 'demo-29', name: 'Lina Ipotetica', label: 'Assistente sociale, Lombardia' },
} as const satisfies Record<string, Persona>;

export const PERSONAS = { ...STORY_PERSONAS, ...FURTHER_PERSONAS };
export type PersonaKey = keyof typeof PERSONAS;
