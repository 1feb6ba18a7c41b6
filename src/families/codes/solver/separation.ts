import { fourSumDot } from '../../../numerics/rows/dot.ts';
import { closestChord, MOST_CELLED, visitNear } from './cells.ts';
import { chordBetween } from './chord.ts';
import { WasmOverlap } from './wasm-overlap.ts';
import { ifTimeAllows, Watch } from './watch.ts';

/** From so many multiplications on the WebAssembly kernel looks at the pairs. */
const MANY = 2e8;

/** Cosines that differ by less than this are one cosine. */
const SAME_COSINE = 1e-11;

/** How far apart the rows of a code are. */
export interface Separation {
  /** Smallest chord; for lines, of y and −y to the nearer. */
  readonly chord: number;
  /** Pairs at the largest cosine, up to rounding. */
  readonly contacts: number;
}

/** The same where time may be up before all pairs were looked at. */
export interface PartialSeparation {
  /** NaN where it is not known. */
  readonly chord: number;
  /** null where they were not counted. */
  readonly contacts: number | null;
}

/** The smallest chord among n × d unit rows, in float64, and how many pairs have it. */
export async function separationOf(x: Float64Array, d: number, lines = false): Promise<Separation> {
  const { chord, contacts } = await separationWithin(x, d, new Watch(), lines);
  return { chord, contacts: contacts ?? 0 };
}

/** The same as far as there is time. */
export async function separationWithin(
  x: Float64Array,
  d: number,
  watch: Watch,
  lines = false,
): Promise<PartialSeparation> {
  const n = x.length / d;
  if (n * n * d < MANY) {
    const chord = minChord(x, d, lines);
    return { chord, contacts: contactsOf(x, d, 1 - chord ** 2 / 2, lines) };
  }
  if (d <= MOST_CELLED && !lines) return celledSeparation(x, d, watch);
  await watch.pause();
  const kernel = await WasmOverlap.create({ n, d, frozen: 0, lines }, watch.check);
  const cosine = await ifTimeAllows(() => kernel.largestCosine(x));
  if (cosine === undefined) return { chord: NaN, contacts: null };
  await watch.pause();
  const contacts = await ifTimeAllows(() => kernel.count(x, cosine - SAME_COSINE));
  return { chord: Math.sqrt(Math.max(0, 2 - 2 * cosine)), contacts: contacts ?? null };
}

/** Pairs in neighbouring cells alone, in few dimensions. */
async function celledSeparation(
  x: Float64Array,
  d: number,
  watch: Watch,
): Promise<PartialSeparation> {
  const chord = await ifTimeAllows(() => closestChord(x, d, watch));
  if (chord === undefined) return { chord: NaN, contacts: null };
  const cosine = 1 - chord ** 2 / 2;
  const contacts = await ifTimeAllows(async () => {
    let count = 0;
    await visitNear(
      x,
      d,
      Math.sqrt(2 - 2 * (cosine - SAME_COSINE)) * (1 + 1e-12),
      watch,
      (i, j) => {
        if (fourSumDot(x, i, x, j, d) > cosine - SAME_COSINE) count += 1;
      },
    );
    return count;
  });
  return { chord, contacts: contacts ?? null };
}

/** The smallest chord, from differences, which are exact near 0 where cosines are not. */
export function minChord(x: Float64Array, d: number, lines = false): number {
  let largest = -2;
  let smallest = Infinity;
  for (let i = d; i < x.length; i += d) {
    for (let j = 0; j < i; j += d) {
      const product = fourSumDot(x, i, x, j, d);
      const cosine = lines ? Math.abs(product) : product;
      // Differences decide among the pairs whose products agree to rounding.
      if (cosine < largest - 1e-14) continue;
      if (cosine > largest) largest = cosine;
      const chord = chordBetween(x, i, j, d, lines && product < 0 ? -1 : 1);
      if (chord < smallest) smallest = chord;
    }
  }
  return smallest;
}

function contactsOf(x: Float64Array, d: number, cosine: number, lines: boolean): number {
  let count = 0;
  for (let i = d; i < x.length; i += d) {
    for (let j = 0; j < i; j += d) {
      const product = fourSumDot(x, i, x, j, d);
      if ((lines ? Math.abs(product) : product) > cosine - SAME_COSINE) count += 1;
    }
  }
  return count;
}
