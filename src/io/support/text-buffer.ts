import { NEWLINE } from './text.ts';

const POWERS = Float64Array.from({ length: 16 }, (_, i) => Number(`1e${i}`));
const ZERO = 0x30;
const POINT = 0x2e;
const MINUS = 0x2d;

/** Longest text of a number, and room to spare. */
const LONGEST = 32;

const encoder = new TextEncoder();
const digits = new Uint8Array(LONGEST);

/** What is not an ordinary number of ordinary size, in JavaScript's own way. */
function unusualText(x: number): string {
  if (x === 0) return Object.is(x, -0) ? '-0' : '0';
  if (x - x !== 0) return Number.isNaN(x) ? 'nan' : x > 0 ? 'inf' : '-inf';
  for (let count = 6; count < 9; count++) {
    const rounded = Number(x.toPrecision(count));
    if (Math.fround(rounded) === x) return String(rounded);
  }
  return String(Number(x.toPrecision(9)));
}

/** Text as UTF-8 bytes in one growing piece of memory. */
export class TextBuffer {
  #bytes = new Uint8Array(1 << 16);
  #length = 0;

  /** What was written; valid until more is. */
  bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  clear(): void {
    this.#length = 0;
  }

  #reserve(more: number): void {
    if (this.#length + more <= this.#bytes.length) return;
    const grown = new Uint8Array(Math.max(this.#bytes.length * 2, this.#length + more));
    grown.set(this.bytes());
    this.#bytes = grown;
  }

  /** One ASCII character. */
  byte(code: number): void {
    this.#reserve(1);
    this.#bytes[this.#length++] = code;
  }

  newline(): void {
    this.byte(NEWLINE);
  }

  text(text: string): void {
    // UTF-8 takes at most three bytes for each unit of UTF-16.
    this.#reserve(text.length * 3);
    this.#length += encoder.encodeInto(text, this.#bytes.subarray(this.#length)).written;
  }

  /**
   * The shortest of 7, 8 or 9 digits that give the same float32 again, zeros at the end left off;
   * `nan`, `inf` and `-inf` as NumPy has them.
   */
  float32(x: number): void {
    const size = Math.abs(x);
    if (!(size >= 1e-6 && size < 1e7)) {
      this.text(unusualText(x));
      return;
    }
    let order = 0;
    while (size * POWERS[-order] < 1) order--;
    while (size >= POWERS[order + 1]) order++;
    let places = 6 - order;
    let scaled = Math.round(size * POWERS[places]);
    while (places < 8 - order && Math.fround(scaled / POWERS[places]) !== size) {
      places++;
      scaled = Math.round(size * POWERS[places]);
    }
    this.#reserve(LONGEST);
    if (x < 0) this.#bytes[this.#length++] = MINUS;
    this.#decimal(scaled, places);
  }

  /** `scaled` / 10^`places`, without zeros at the end of the fraction. */
  #decimal(scaled: number, places: number): void {
    let rest = scaled;
    let count = 0;
    for (; rest > 0 || count <= places; count++) {
      const tenth = Math.floor(rest / 10);
      digits[count] = ZERO + rest - tenth * 10;
      rest = tenth;
    }
    let last = 0;
    while (last < places && digits[last] === ZERO) last++;
    for (let i = count - 1; i >= last; i--) {
      if (i === places - 1) this.#bytes[this.#length++] = POINT;
      this.#bytes[this.#length++] = digits[i];
    }
  }
}

/** The text `TextBuffer.float32` writes. */
export function float32Text(x: number): string {
  const buffer = new TextBuffer();
  buffer.float32(x);
  return new TextDecoder().decode(buffer.bytes());
}
