/** Stands where the face has no letter. */
export const UNKNOWN = '□';

/** Only what a text is looked up by; pdfkit keeps it to itself. */
interface Face {
  readonly _font: { readonly font: { hasGlyphForCodePoint(codePoint: number): boolean } };
}

/**
 * A text as the face can draw it. A letter it lacks would be drawn as nothing known – to a screen reader neither – and a paper with such a
 * letter conforms to no standard: it is drawn as a box, and the paper says beside it what the letter is.
 * @param document whose present font is asked
 */
export function drawableBy(document: object): (text: string) => string {
  const { font } = (document as Face)._font;
  const known = new Map<string, boolean>();
  const has = (letter: string): boolean => {
    const codePoint = letter.codePointAt(0)!;
    return codePoint >= 0x20 && codePoint !== 0x7f && font.hasGlyphForCodePoint(codePoint);
  };
  return (text) =>
    [...text.replaceAll('\t', ' ')]
      .map((letter) => {
        const drawn = known.get(letter) ?? has(letter);
        known.set(letter, drawn);
        return drawn ? letter : UNKNOWN;
      })
      .join('');
}
