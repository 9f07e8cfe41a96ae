import type { OpenedWay } from '@platform/runtime';
import type { Holder } from '@platform/sign-in';
import { answered, operate, running } from './instance';
import { EXIT, no, type Output, usage, type Words } from './output';

/** What the service says of people's accounts that deserves more than its own words. */
const REFUSALS: Readonly<Record<string, Words>> = {
  'member.signs-in-elsewhere': {
    it: 'Qui non si tengono conti: le persone entrano presso un altro emittente, o l’istanza è in DEMO.',
    en: 'No accounts are kept here: people sign in at another issuer, or the instance is in DEMO.',
  },
  'account.enrolled': {
    it: 'Questa persona ha già un conto. Se ha perso la chiave: raccordo user reset.',
    en: 'This person has an account already. If the key was lost: raccordo user reset.',
  },
  'member.disabled': { it: 'Questa persona è stata disattivata per sempre.', en: 'This person was disabled for good.' },
  'route.not-found': {
    it: 'Il processo su DATA_DIR non tiene le persone: chiedere a quello che le tiene.',
    en: 'The process on DATA_DIR keeps no people: ask the one that does.',
  },
};

async function asked<T>(method: 'GET' | 'POST', path: string): Promise<T> {
  const reply = await operate(running(), method, path);
  const known = REFUSALS[(reply.body as { title?: string } | undefined)?.title ?? ''];
  if (reply.status >= 300 && known) throw no(known.it, known.en);
  return answered<T>(reply);
}
const holders = async (): Promise<readonly Holder[]> => (await asked<{ items: readonly Holder[] }>('GET', 'people')).items;

/** Who may have an account, without names: those are opened to people only, each time on record. */
export async function listUsers(output: Output): Promise<number> {
  for (const holder of await holders()) {
    const { member, status, roles, signIn } = holder;
    output.say(holder, `${member}  ${signIn.padEnd(8)}  ${status.padEnd(9)}  ${roles.join(', ') || '–'}`);
  }
  return EXIT.ok;
}

export const inviteUser = (who: string, output: Output): Promise<number> => open(who, 'invitation', output);
export const resetUser = (who: string, output: Output): Promise<number> => open(who, 'reset', output);

async function open(who: string, how: 'invitation' | 'reset', output: Output): Promise<number> {
  const { member } = named(who, await holders());
  const way = await asked<OpenedWay>('POST', `people/${member}/${how}`);
  const { link, expires } = way;
  const day = expires.slice(0, 16).replace('T', ' ');
  const ended: Words =
    how === 'reset'
      ? { it: 'Sessioni chiuse, vecchie chiavi eliminate. ', en: 'Sessions ended, old keys thrown away. ' }
      : { it: '', en: '' };
  output.say(
    { ok: true, ...way },
    {
      it: `${ended.it}Collegamento per una volta sola, fino al ${day} UTC; chi lo apre entra come questa persona, e il registro lo dice:\n${link}`,
      en: `${ended.en}Link for one use, until ${day} UTC; whoever opens it comes in as this person, and the trail says so:\n${link}`,
    },
  );
  return EXIT.ok;
}

/** By the id in full, or by a beginning of it that fits one person only. */
function named(who: string, all: readonly Holder[]): Holder {
  const wanted = who.startsWith('member-') ? who : `member-${who}`;
  const fits = all.filter(({ member }) => member.startsWith(wanted));
  if (fits.length === 1 && fits[0]) return fits[0];
  throw fits.length === 0
    ? usage(`Nessuna persona «${who}»: raccordo user list.`, `No person "${who}": raccordo user list.`)
    : usage(`«${who}» può essere ${fits.length} persone: scrivere di più.`, `"${who}" may be ${fits.length} people: write more of it.`);
}
