import i18next from 'i18next';
import { type Language, LANGUAGES } from './current-language';
import { addKnownStrings } from './strings';

export { type Language, useLanguage } from './current-language';

const KEPT = 'lingua';

const isLanguage = (value: unknown): value is Language => LANGUAGES.includes(value as Language);

/** Storage may be closed to us: then the choice lasts as long as the page. */
function kept(): Language {
  try {
    const value = localStorage.getItem(KEPT);
    if (isLanguage(value)) return value;
  } catch {
    // Italian, below.
  }
  return 'it';
}

export async function startLanguage(): Promise<void> {
  await i18next.init({
    lng: kept(),
    fallbackLng: 'it',
    resources: {},
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  addKnownStrings();
  document.documentElement.lang = i18next.language;
}

export async function chooseLanguage(language: Language): Promise<void> {
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
  try {
    localStorage.setItem(KEPT, language);
  } catch {
    // Only convenience is lost.
  }
}
