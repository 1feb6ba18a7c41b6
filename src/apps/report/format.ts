/** Numbers as text: a true minus sign, commas between thousands, the same digits in a row. */

const MINUS = '−';
const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** What is printed where there is no number. */
export const NONE = '–';

/** A number with a fixed count of decimals: −1,234.50. */
export function fixed(value: number | null | undefined, decimals: number): string {
  if (value === null || value === undefined || Number.isNaN(value)) return NONE;
  if (!Number.isFinite(value)) return value > 0 ? '∞' : `${MINUS}∞`;
  const text = Math.abs(value).toFixed(decimals);
  const [whole, fraction] = text.split('.');
  const sign = value < 0 && Number(text) !== 0 ? MINUS : '';
  return sign + withCommas(whole) + (fraction ? `.${fraction}` : '');
}

/** A change: always with its sign, without one where it rounds to zero. */
export function signed(value: number, decimals: number): string {
  const text = fixed(value, decimals);
  return value > 0 && Number(value.toFixed(decimals)) !== 0 ? `+${text}` : text;
}

/** A whole number: 31,636. */
export function count(value: number): string {
  return fixed(value, 0);
}

/** A share in [0, 1] as 12.3 %. */
export function percent(share: number, decimals = 0): string {
  return `${fixed(share * 100, decimals)} %`;
}

/** A number with about `digits` significant digits, in plain notation or as 1.2·10⁻⁶. */
export function significant(value: number, digits = 3): string {
  if (!Number.isFinite(value)) return fixed(value, 0);
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (size >= 1e-4 && size < 1e6) {
    return fixed(value, Math.max(0, digits - 1 - exponentOf(size, digits)));
  }
  const [mantissa, exponent] = size.toExponential(digits - 1).split('e');
  return `${value < 0 ? MINUS : ''}${mantissa}·10${superscript(Number(exponent))}`;
}

/** A whole number as superscript: ⁻⁶. */
export function superscript(k: number): string {
  return String(k)
    .replace('-', '⁻')
    .replace(/\d/g, (digit) => SUPERSCRIPTS[Number(digit)]);
}

/** A time span: 0.8 s, 42 s, 3 min 5 s, 2 h 4 min. */
export function duration(seconds: number): string {
  if (!Number.isFinite(seconds) || seconds < 0) return NONE;
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  const minutes = Math.round(seconds / 60);
  return `${count(Math.floor(minutes / 60))} h ${minutes % 60} min`;
}

/** A title with the options that were given: "GRIDE dimension (scale = 16)". */
export function titled(
  title: string,
  options: Readonly<Record<string, unknown>> | undefined,
): string {
  const given = Object.entries(options ?? {}).map(
    ([name, value]) => `${name} = ${String(value as number)}`,
  );
  return given.length > 0 ? `${title} (${given.join(', ')})` : title;
}

/** 10ᵏ without the rounding of `Math.pow`. */
export function tenTo(k: number): number {
  return Number(`1e${k}`);
}

/** The power of ten of a number once it is rounded to `digits` significant digits. */
export function exponentOf(size: number, digits = 15): number {
  return Number(size.toExponential(digits - 1).split('e')[1]);
}

function withCommas(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+$)/g, ',');
}
