import { useLanguage } from './language';

const ZONE = 'Europe/Rome';
const locale = { it: 'it-IT', en: 'en-GB' } as const;

/** In a narrow column a date stays in one piece. */
const whole = (words: string): string => words.replaceAll(' ', '\u00a0');

/** Days and instants in words; a day (`YYYY-MM-DD`) has no hour and no zone. */
export function useDates() {
  const language = useLanguage();
  const of = (options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat => new Intl.DateTimeFormat(locale[language], options);
  return {
    day: (day: string): string => whole(of({ dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(`${day.slice(0, 10)}T00:00:00Z`))),
    instant: (at: string): string =>
      of({ dateStyle: 'medium', timeStyle: 'short', timeZone: ZONE }).format(new Date(at)).split(', ').map(whole).join(', '),
    /** `fra 3 giorni`, `2 ore fa` */
    fromNow: (at: string, now: number = Date.now()): string => {
      const minutes = Math.round((Date.parse(at) - now) / 60_000);
      const relative = new Intl.RelativeTimeFormat(locale[language], { numeric: 'auto' });
      if (Math.abs(minutes) < 60) return relative.format(minutes, 'minute');
      if (Math.abs(minutes) < 48 * 60) return relative.format(Math.round(minutes / 60), 'hour');
      return relative.format(Math.round(minutes / 1440), 'day');
    },
  };
}

/** Today in Italy, as `YYYY-MM-DD`. */
export const today = (): string => new Intl.DateTimeFormat('sv-SE', { timeZone: ZONE }).format(new Date());
