import { useLanguage } from '../text/language';
import { accountStrings } from './strings';

/** What the codes of accounts mean, for error notices. Their keys hold dots, so they are looked up as they are. */
export const useAccountWords = (): Readonly<Record<string, string>> => accountStrings[useLanguage()].wrong;
