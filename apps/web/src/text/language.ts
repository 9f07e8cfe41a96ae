import i18next from 'i18next';
import { initReactI18next, useTranslation } from 'react-i18next';
import { addKnownStrings, type Language, LANGUAGES } from './strings';

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
  await i18next.use(initReactI18next).init({
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

export function useLanguage(): Language {
  const { i18n } = useTranslation();
  return i18n.language === 'en' ? 'en' : 'it';
}
