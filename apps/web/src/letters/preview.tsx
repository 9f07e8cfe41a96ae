import type { ReactNode } from 'react';
import { useRead } from '../api/query';
import { useLanguage } from '../text/language';
import { useText } from '../text/strings';
import { Shown } from '../ui/screen';
import { letterStrings } from './strings';

interface Due {
  readonly count: number;
  readonly first?: string;
}

/** Everything a letter would say now: whoever reads it sees that there is nothing else in it. */
export function Preview(): ReactNode {
  const say = useText(letterStrings);
  const language = useLanguage();
  const due = useRead<Due>('/api/letters/preview');
  const words = ({ count, first }: Due): string => {
    if (count === 0) return say('preview.none');
    if (first === undefined) return say('preview.bare', { count });
    const locale = language === 'it' ? 'it-IT' : 'en-GB';
    const format = new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long', timeZone: 'Europe/Rome' });
    return say('preview.due', { count, day: format.format(new Date(first)) });
  };
  return (
    <section className="rc-card" aria-labelledby="preview">
      <h2 id="preview">{say('preview.title')}</h2>
      <Shown of={due}>{({ data }) => <p>{words(data)}</p>}</Shown>
    </section>
  );
}
