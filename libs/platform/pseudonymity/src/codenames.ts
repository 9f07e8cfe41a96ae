import { randomInt } from 'node:crypto';

/**
 * Birds and other animals that are easy to say, spelt without accents, and carry no slur, jinx or contempt; none is a first name.
 * Left out for that: civetta, gufo, balena, donnola, trota, cuculo and their like.
 */
export const CODENAME_WORDS: readonly string[] = (
  'Airone Albatro Allodola Alpaca Antilope Armadillo Astore Averla Balestruccio Beccofrusone Bisonte Calandra Camaleonte ' +
  'Camoscio Canguro Capinera Capriolo Castoro Cavalluccio Cervo Chiurlo Cicogna Cigno Cincia Coccinella Codirosso Cormorano ' +
  'Crociere Cutrettola Daino Delfino Dromedario Ermellino Fagiano Fenicottero Fiorrancino Folaga Formichiere Frosone Gabbiano ' +
  'Garzetta Gazzella Ghepardo Gheppio Ghiandaia Giaguaro Gruccione Ibis Istrice Koala Leopardo Libellula Lince Lontra Lucertola ' +
  'Lucherino Marangone Marmotta Martora Mestolone Migliarino Muflone Narvalo Nibbio Nocciolaia Okapi Organetto Otarda Panda ' +
  'Pavoncella Pellicano Pernice Pettirosso Picchio Pinguino Pispola Pittima Piviere Poiana Procione Ramarro Regolo Renna ' +
  'Rigogolo Rondine Salamandra Saltimpalo Scoiattolo Sparviere Spatola Stambecco Sterna Storione Strolaga Svasso Tapiro ' +
  'Tartaruga Tigre Tordo Tottavilla Tucano Tuffetto Upupa Usignolo Zebra Zigolo '
)
  .trim()
  .split(' ');

// Left out: 0 O, 1 I L, 2 Z, 5 S, 6 G, 8 B, U V, D Q, that are read or heard for one another.
const DIGITS = '34679';
const LETTERS = 'ACEFHJKMNPRTWXY';
const EITHER = DIGITS + LETTERS;

const one = (from: string): string => from.charAt(randomInt(from.length));

/**
 * `Airone 4K7`: a word, a digit, a letter, one of either. Names are unique per audience, so `more` lengthens a name whose short
 * forms are running out.
 */
export const randomCodename = (more = 0): string => {
  const word = CODENAME_WORDS[randomInt(CODENAME_WORDS.length)] ?? 'Airone';
  return `${word} ${one(DIGITS)}${one(LETTERS)}${one(EITHER)}${Array.from({ length: more }, () => one(EITHER)).join('')}`;
};

/** Three characters that stand for these bytes, in the same alphabet. */
export const codenameTail = (bytes: Uint8Array): string =>
  [DIGITS, LETTERS, EITHER].map((from, n) => from.charAt((bytes[n] ?? 0) % from.length)).join('');
