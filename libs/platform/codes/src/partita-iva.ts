const ELEVEN_DIGITS = /^[0-9]{11}$/;

/**
 * Italian VAT number: seven digits for the company, three for the office, one for control. The control digit follows Luhn: of the
 * first ten digits those in even places are doubled (less 9 when above 9), all are summed, and the control digit fills the sum up
 * to the next ten. A provisional eleven-digit tax code of a person or body looks the same, so a context never guesses which it has.
 */
export const isPartitaIva = (value: string): boolean =>
  ELEVEN_DIGITS.test(value) && !value.startsWith('0000000') && controlDigit(value.slice(0, 10)) === Number(value[10]);

/** The digit that completes ten digits. */
export const controlDigit = (ten: string): number => {
  const sum = [...ten].reduce((total, digit, place) => {
    const value = Number(digit) * (place % 2 === 0 ? 1 : 2);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return (10 - (sum % 10)) % 10;
};

/** One form for comparing and labelling: without blanks, dots and the country prefix. Undefined when that is no valid number. */
export const normalisePartitaIva = (typed: string): string | undefined => {
  const digits = typed.replace(/[ .\-/]/g, '').replace(/^IT/i, '');
  return isPartitaIva(digits) ? digits : undefined;
};
