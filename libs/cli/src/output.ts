export const LANGUAGES = ['it', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];
/** One sentence in the languages of the command line. */
export type Words = Readonly<Record<Language, string>>;

/** How a command ended: 0 yes, 1 no, 2 it could not be asked that way, 130 stopped by Ctrl-C. */
export const EXIT = { ok: 0, no: 1, usage: 2, stopped: 130 } as const;

/** Ends a command with an exit code and a sentence for the person at the keyboard. Never holds a value out of a case. */
export class CommandFailure extends Error {
  constructor(
    readonly exit: number,
    readonly words: Words,
  ) {
    super(words.en);
    this.name = 'CommandFailure';
  }
}
export const usage = (it: string, en: string): CommandFailure => new CommandFailure(EXIT.usage, { it, en });
export const no = (it: string, en: string): CommandFailure => new CommandFailure(EXIT.no, { it, en });

/** Where a command's text goes. */
export interface Streams {
  out(line: string): void;
  err(line: string): void;
  /** A line about what is going on, in the place of the one before; an empty one ends it. Absent where nobody watches. */
  now?(line: string): void;
}

/** What every command is asked with. */
export interface Asked {
  readonly json: boolean;
  readonly lang: Language;
}

/** Says each thing once: as a line of JSON, or in the person's language. */
export class Output {
  #marked = false;

  constructor(
    private readonly streams: Streams,
    readonly asked: Asked,
  ) {}

  /** @param value what `--json` prints on one line
   *  @param text what is printed without it; absent: nothing */
  say(value: unknown, text?: string | Words): void {
    if (this.asked.json) this.streams.out(JSON.stringify(value));
    else if (text !== undefined) this.streams.out(this.words(text));
  }
  /** A hint on the way: on the error stream with `--json`, so that the output stays a list of values. */
  note(text: string | Words): void {
    if (this.asked.json) this.streams.err(this.words(text));
    else this.streams.out(this.words(text));
  }
  /** How far something is, for whoever watches it at a terminal; without words: it is over. */
  progress(text: string | Words = ''): void {
    if (!this.asked.json) this.streams.now?.(this.words(text));
  }
  /** Says once, before anything else, that what is shown is invented. */
  invented(): void {
    if (!this.#marked) this.note({ it: 'DATI INVENTATI', en: 'INVENTED DATA' });
    this.#marked = true;
  }
  fail(error: CommandFailure): void {
    if (this.asked.json) this.streams.out(JSON.stringify({ ok: false, error: error.words[this.asked.lang] }));
    else this.streams.err(error.words[this.asked.lang]);
  }
  words = (text: string | Words): string => (typeof text === 'string' ? text : text[this.asked.lang]);
}
