import { codecIds } from '../store/codecs.ts';

/** A way of coding that is tried: a codec with options, over so many coordinates. */
export interface Coding {
  readonly codec: string;
  readonly options: Readonly<Record<string, string | number | boolean>>;
}

/**
 * What is tried of each codec. Codecs that train for long (pq, opq, csr, flops) are left to those who ask for them by name.
 */
const CODINGS: readonly Coding[] = [
  { codec: 'float', options: { type: 'f4' } },
  { codec: 'float', options: { type: 'f2' } },
  { codec: 'float8', options: {} },
  { codec: 'int8', options: {} },
  { codec: 'int4', options: {} },
  { codec: 'rotated-scalar', options: { bits: 4 } },
  { codec: 'rotated-scalar', options: { bits: 2 } },
  { codec: 'bits', options: { rotation: 'random' } },
];

/** Shares of the columns that are kept along principal axes. */
const SHARES = [1, 3 / 4, 1 / 2, 3 / 8, 1 / 4, 1 / 8];

/** The codings whose codec is in the catalogue, or those of the codecs named. */
export function codingsOf(codecs: readonly string[] = codecIds()): readonly Coding[] {
  const known = new Set(codecs);
  const usual = CODINGS.filter(({ codec }) => known.has(codec));
  const others = codecs.filter((id) => !CODINGS.some(({ codec }) => codec === id));
  // Fewer coordinates as floats are `float` with fewer coordinates.
  const named = others.filter((id) => !UNASKED.has(id) || codecs.length < codecIds().length);
  return [...usual, ...named.map((codec) => ({ codec, options: {} }))];
}

const UNASKED = new Set(['truncation', 'pca', 'pq', 'opq', 'csr', 'flops']);

/** How many coordinates are tried, of d: all first. */
export function dimsTried(d: number): readonly number[] {
  const tried = SHARES.map((share) => Math.max(1, Math.round(d * share)));
  return tried.filter((m, i) => tried.indexOf(m) === i);
}
