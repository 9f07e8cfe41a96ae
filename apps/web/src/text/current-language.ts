import i18next from 'i18next';
import { useSyncExternalStore } from 'react';

export type Language = 'it' | 'en';
export const LANGUAGES: readonly Language[] = ['it', 'en'];

const subscribe = (changed: () => void): (() => void) => {
  i18next.on('languageChanged', changed);
  return () => i18next.off('languageChanged', changed);
};

/** The chosen language; whoever asks is shown anew when it changes. All we would use of react-i18next, without its three kilobytes. */
export const useLanguage = (): Language => useSyncExternalStore(subscribe, () => (i18next.language === 'en' ? 'en' : 'it'));
