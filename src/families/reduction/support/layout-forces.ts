/** Tables begin at 2⁻³² and end at 2³², with 64 numbers for each power of two. */
const LOWEST = -32;
const HIGHEST = 32;
const PER_OCTAVE = 64;

/** Bits of a float32 below those that choose the place in a table. */
export const SHIFT = 17;
/** What a float32's upper bits are at the start of a table. */
export const FIRST = (127 + LOWEST) * PER_OCTAVE;
/** The last place with a next one. */
export const LAST = (HIGHEST - LOWEST) * PER_OCTAVE - 1;
/** One place, in lower bits. */
export const PLACE = 2 ** SHIFT;

/**
 * What two rows of a map at squared distance d² do to one another: a row y moves by rate · f(d²)·(y − other).
 *
 * Tables over d², linear between neighbouring entries, to 2e-4 of f for the laws here: powers and logarithms that give
 * the same bits everywhere would cost ten times as much.
 */
export interface Forces {
  /** Along an edge; negative. */
  readonly attraction: Float64Array;
  /** Between a row and one that was drawn; positive. */
  readonly repulsion: Float64Array;
}

/** The tables of two laws of the squared distance. */
export function forcesOf(
  attraction: (squared: number) => number,
  repulsion: (squared: number) => number,
): Forces {
  return { attraction: tableOf(attraction), repulsion: tableOf(repulsion) };
}

function tableOf(law: (squared: number) => number): Float64Array {
  return Float64Array.from({ length: LAST + 2 }, (_, at) => {
    const octave = Math.floor(at / PER_OCTAVE);
    return law(2 ** (LOWEST + octave) * (1 + (at % PER_OCTAVE) / PER_OCTAVE));
  });
}

/** f(d²) of a table. */
export function forceAt(table: Float64Array, squared: number, bits: FloatBits): number {
  bits.float[0] = squared;
  const word = bits.word[0];
  const at = (word >>> SHIFT) - FIRST;
  if (at < 0) return table[0];
  if (at > LAST) return table[LAST + 1];
  const here = table[at];
  return here + ((word & (PLACE - 1)) / PLACE) * (table[at + 1] - here);
}

/** A float32 and its bits. */
export interface FloatBits {
  readonly float: Float32Array;
  readonly word: Int32Array;
}

export function floatBits(): FloatBits {
  const float = new Float32Array(1);
  return { float, word: new Int32Array(float.buffer) };
}
