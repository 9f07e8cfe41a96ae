/**
 * The invented people of the story. `sub` is what the demo issuer vouches for; `name` stands only in the demo's sign-in page.
 * Everything here is made up: DATI INVENTATI.
 */
export interface Persona {
  readonly sub: string;
  readonly name: string;
  readonly label: string;
}

export const PERSONAS = {
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
export type PersonaKey = keyof typeof PERSONAS;
