import { Code, Flag, Slug } from '@platform/http';
import { LETTER_LANGUAGES, type LetterLanguage } from '@platform/mail';

export class AddressBody {
  @Slug({ pattern: '^[^\\s<>@,;:"\\\\]{1,64}@[^\\s<>@,;:"\\\\]{1,190}$', description: 'Kept sealed; a code is sent to it' })
  address!: string;
  @Code(LETTER_LANGUAGES, { description: 'Language of letters' }) language!: LetterLanguage;
}
export class ConfirmationBody {
  @Slug({ pattern: '^[0-9]{8}$', description: 'As it came in the letter' }) code!: string;
}
export class WishBody {
  @Flag({ description: 'A letter a day, when something waits; otherwise none' }) daily!: boolean;
  @Code(LETTER_LANGUAGES, { description: 'Language of letters' }) language!: LetterLanguage;
}
