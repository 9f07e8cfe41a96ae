export { LetterQueue } from './letter-queue';
export { LetterRounds, Telling } from './letter-rounds';
export { type Due, type Letter, LETTER_LANGUAGES, type LetterLanguage, Mail, type Sent } from './mail';
export { MAIL_ROLE, mailSchema } from './mail-schema';
export { type Mailbox, Mailboxes } from './mailboxes';
export { postTime } from './post-hours';
export { NoMail, SmtpMail, type SmtpSettings } from './smtp-mail';
