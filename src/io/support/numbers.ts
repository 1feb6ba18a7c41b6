const POWERS = Float64Array.from({ length: 23 }, (_, i) => Number(`1e${i}`));

/** Largest integer below which every integer is a float64. */
const EXACT = 9007199254740991;

/** Relative error that a mantissa cut after 17 digits and one power of ten can bring, rounded up. */
const DOUBT = 2e-15;

/** ASCII text of the bytes from `start` to `end`. */
export function asciiText(bytes: Uint8Array, start: number, end: number): string {
  let text = '';
  for (let i = start; i < end; i++) text += String.fromCharCode(bytes[i]);
  return text;
}

/** What `Number` does not take, but other programs write. */
function literal(text: string): number | undefined {
  switch (text.toLowerCase()) {
    case 'nan':
    case '+nan':
    case '-nan':
      return NaN;
    case 'inf':
    case '+inf':
    case 'infinity':
    case '+infinity':
      return Infinity;
    case '-inf':
    case '-infinity':
      return -Infinity;
    default:
      return undefined;
  }
}

const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** The number a text stands for, or undefined; decimal notation, `nan` and `inf` in any case. */
export function numberOf(text: string): number | undefined {
  return DECIMAL.test(text) ? Number(text) : literal(text);
}

const POINT = 0x2e;

/** The byte between a number's whole part and its fraction: a point or a comma. */
export type Point = 0x2e | 0x2c;

/** The same with a decimal comma, where `point` says so. */
export function numberWith(point: Point, text: string): number | undefined {
  if (point === POINT) return numberOf(text);
  return text.includes('.') ? undefined : numberOf(text.replace(',', '.'));
}

/**
 * The number in the bytes from `start` to `end`, or undefined if they are something else. Rounded
 * to float32 it is exactly what the text says; the float64 itself may be off in its last digits.
 */
export function parseFloat32(
  bytes: Uint8Array,
  start: number,
  end: number,
  point: Point = POINT,
): number | undefined {
  let i = start;
  const first = bytes[i];
  if (first === 0x2d || first === 0x2b) i++;
  let mantissa = 0;
  let digits = 0;
  let significant = 0;
  let exponent = 0;
  let fraction = false;
  for (; i < end; i++) {
    const byte = bytes[i];
    if (byte >= 0x30 && byte <= 0x39) {
      digits++;
      if (significant < 17) {
        mantissa = mantissa * 10 + (byte - 0x30);
        if (mantissa > 0) significant++;
        if (fraction) exponent--;
      } else if (!fraction) exponent++;
    } else if (byte === point && !fraction) fraction = true;
    else break;
  }
  if (digits === 0) return numberWith(point, asciiText(bytes, start, end));
  if (i < end) {
    if ((bytes[i] | 0x20) !== 0x65 || i + 1 === end) return undefined;
    const sign = bytes[i + 1] === 0x2d ? -1 : 1;
    let power = 0;
    let k = bytes[i + 1] === 0x2d || bytes[i + 1] === 0x2b ? i + 2 : i + 1;
    if (k === end) return undefined;
    for (; k < end; k++) {
      const byte = bytes[k];
      if (byte < 0x30 || byte > 0x39) return undefined;
      if (power < 10000) power = power * 10 + (byte - 0x30);
    }
    exponent += sign * power;
  }
  if (exponent < -22 || exponent > 22) return numberWith(point, asciiText(bytes, start, end));
  const size = exponent < 0 ? mantissa / POWERS[-exponent] : mantissa * POWERS[exponent];
  if (significant > 15 && mantissa > EXACT) {
    // Both ends of the doubt must round to the same float32; where they do not, the slow way.
    if (Math.fround(size * (1 - DOUBT)) !== Math.fround(size * (1 + DOUBT))) {
      return numberWith(point, asciiText(bytes, start, end));
    }
  }
  return first === 0x2d ? -size : size;
}
