import type { ReactNode } from 'react';
import { useCodes, useSpokenLanguages } from '../text/codes';
import { useDates } from '../text/dates';
import { knownComune } from '../text/known-comuni';
import { useText } from '../text/strings';
import { Facts } from '../ui/notice';
import { Place } from '../ui/place';
import { type Keepable, type Wording } from './commands';
import { offlineStrings } from './strings';

type FieldKey = keyof typeof offlineStrings.it.field;

/** The words of a command or of a part of a record, field by field. */
export function CommandFacts({ of, values }: { readonly of: Keepable; readonly values: unknown }): ReactNode {
  const say = useText(offlineStrings);
  const word = useWording();
  const given = (values ?? {}) as Readonly<Record<string, unknown>>;
  const lines = Object.entries(of.fields).flatMap(([field, wording]) =>
    given[field] === undefined || given[field] === '' ? [] : [[say(`field.${field as FieldKey}`), word(wording, given[field])] as const],
  );
  const person = [given.person, given.place].some((values) => Array.isArray(values) && values.length > 0);
  return (
    <>
      <Facts of={lines} />
      {person ? <p className="rc-soft">{say('waiting.person')}</p> : null}
    </>
  );
}

function useWording(): (wording: Wording, value: unknown) => ReactNode {
  const say = useText(offlineStrings);
  const { label } = useCodes();
  const { name } = useSpokenLanguages();
  const { day } = useDates();
  return (wording, value) => {
    const text = Array.isArray(value) ? '' : String(value);
    if (wording === 'flag') return say(value === true ? 'value.yes' : 'value.no');
    if (wording === 'day') return day(text);
    if (wording === 'language') return name(text);
    if (wording === 'age' || wording === 'met') return say(`value.${text as 'adult'}`);
    if (wording === 'place') {
      const comune = knownComune(text);
      return comune ? `${comune.name} (${comune.province})` : <Place of={text} />;
    }
    if (wording.startsWith('code:')) {
      const list = wording.slice('code:'.length);
      if (!Array.isArray(value)) return label(list, text);
      return value.length === 0 ? say('value.none') : value.map((one) => label(list, String(one))).join(', ');
    }
    return text;
  };
}
