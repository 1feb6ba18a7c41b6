/** Whole numbers that float64 does not hold stand in texts behind this mark, which no JSON of a server begins with. */
const MARK = '\u0000whole:';

/** A text of JSON, passed over, or a whole number of 16 digits and more outside of texts. */
const TEXT_OR_WHOLE = /"(?:[^"\\]|\\.)*"|(?<![\d.eE+-])-?\d{16,}(?![\d.eE])/g;
const MARKED = /"\\u0000whole:(-?\d+)"/g;

/** JSON with every whole number as it is: those beyond 2⁵³ as marked texts, which `exactText` writes as numbers again. */
export function parseExact(text: string): unknown {
  const kept = text.replace(TEXT_OR_WHOLE, (found) =>
    found.startsWith('"') || Number.isSafeInteger(Number(found))
      ? found
      : `"\\u0000whole:${found}"`,
  );
  return JSON.parse(kept);
}

/** The JSON of a value, with marked texts as the numbers that they stand for. */
export const exactText = (value: unknown): string =>
  JSON.stringify(value).replace(MARKED, (_, digits: string) => digits);

/** The digits of a number that was marked; undefined of all else. */
export const wholeDigits = (value: unknown): string | undefined =>
  typeof value === 'string' && value.startsWith(MARK) ? value.slice(MARK.length) : undefined;

/** A whole number as JSON takes it, marked where float64 does not hold it. */
export const whole = (digits: string): number | string =>
  Number.isSafeInteger(Number(digits)) ? Number(digits) : MARK + digits;
