export { type Letter, Mail, type Sent } from './mail';
export { NoMail, SmtpMail, type SmtpSettings } from './smtp-mail';
