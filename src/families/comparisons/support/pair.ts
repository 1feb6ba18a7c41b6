import { InputError, ShapeError } from '../../../core/errors.ts';
import { firstBadValue } from '../../../core/finite.ts';
import { gathered, type Matrix, toFloat64 } from '../../../core/matrix.ts';
import { Random } from '../../../core/random.ts';
import type { Engine, Work } from '../../../engine/engine.ts';
import { centered } from '../../../numerics/rows/centered.ts';
import { unitOrZeroRows } from '../../../numerics/rows/unit-rows.ts';
import type { ComparisonRunOptions, Meaning, Pair, PairInput, SharedNeighbors } from '../types.ts';
import { turnedBlocks } from './haar.ts';
import { commonNeighbors, nearestOf } from './neighbors.ts';
import { scatterAxes, scattersOf, whitenedProduct } from './scatter.ts';

export const DEFAULT_SAMPLE = 2000;
export const DEFAULT_MOST_ROWS = 20_000;

type Lists = Promise<SharedNeighbors>;

export interface PairOptions extends Pick<ComparisonRunOptions, 'seed' | 'sample' | 'mostRows'> {
  readonly signal?: AbortSignal | undefined;
}

/** Computes a thing at the first call, and keeps it. */
function once<T>(compute: () => T): () => T {
  let known: { readonly value: T } | undefined;
  return () => {
    known ??= { value: compute() };
    return known.value;
  };
}

/** A fact about a pair that several comparisons share: computed at the first call for that pair. */
export function oncePerPair<T>(compute: (pair: Pair) => T): (pair: Pair) => T {
  const known = new WeakMap<Pair, { readonly value: T }>();
  return (pair) => {
    const found = known.get(pair) ?? { value: compute(pair) };
    known.set(pair, found);
    return found.value;
  };
}

/** A `Pair`; refuses what cannot be compared, naming `where`. */
export function createPair(
  where: string,
  input: PairInput,
  meaning: Pick<Meaning, 'rows' | 'columns'>,
  engine: Engine,
  options: PairOptions = {},
  work: Work = { signal: options.signal },
): Pair {
  requireComparable(where, input, meaning);
  const all = sameType(input);
  const random = Random.fromSeed(options.seed ?? 0);
  const fork = (name: string) => random.fork(name);
  const most = options.mostRows ?? DEFAULT_MOST_ROWS;
  const { a, b } = meaning.rows === 'paired' ? thinned(all, most, fork('rows')) : all;
  const n = a.rows;
  const shuffled = once(() => fork('sample').sample(n));
  const graphs = { cosine: new Map<number, Lists>(), euclidean: new Map<number, Lists>() };
  const pair: Pair = {
    a,
    b,
    paired: meaning.rows === 'paired',
    n,
    all,
    engine,
    work,
    sample: options.sample ?? DEFAULT_SAMPLE,
    random: fork,
    someRows: (m) => shuffled().slice(0, m).sort(),
    evened: once(() => {
      const even = { a: nearOne(all.a), b: nearOne(all.b) };
      const isSame = even.a === all.a && even.b === all.b;
      return isSame ? pair : createPair(where, even, meaning, engine, options, work);
    }),
    centered: once(() => ({ a: centered(a), b: centered(b) })),
    directions: once(() => directionsOf({ a, b })),
    scatters: once(() => scattersOf(pair.centered(), engine, work)),
    axes: once(async () => {
      const { a: sa, b: sb } = await pair.scatters();
      return {
        a: await scatterAxes(sa, n, engine.linalg, work),
        b: await scatterAxes(sb, n, engine.linalg, work),
      };
    }),
    crossSvd: once(async () => engine.linalg.svd((await pair.scatters()).cross, work)),
    whitenedCross: once(async () =>
      whitenedProduct(await pair.axes(), (await pair.scatters()).cross),
    ),
    turnedBlocks: once(async () => {
      const axes = await pair.axes();
      const ranks = { a: axes.a.values.length, b: axes.b.values.length };
      return turnedBlocks(n - 1, ranks, fork('turned'), engine.linalg, work);
    }),
    neighbors(k, by = 'cosine') {
      const known = [...graphs[by].keys()].find((more) => more >= k);
      const graph = graphs[by].get(known ?? k) ?? commonNeighbors(pair, k, by);
      if (known === undefined) graphs[by].set(k, graph);
      return graph.then((lists) => nearestOf(lists, k));
    },
  };
  return pair;
}

function requireComparable(
  where: string,
  { a, b }: PairInput,
  { rows, columns }: Pick<Meaning, 'rows' | 'columns'>,
): void {
  for (const [name, m] of [
    ['A', a],
    ['B', b],
  ] as const) {
    if (m.rows < 1 || m.cols < 1) {
      throw new ShapeError(where, `at least 1 × 1 values in ${name}`, `${m.rows} × ${m.cols}`);
    }
    const bad = firstBadValue(m);
    if (bad) {
      const place = `row ${bad.row}, column ${bad.column} of ${name}`;
      throw new InputError(where, `${place} is ${bad.value} (counted from 0).`);
    }
  }
  if (rows === 'paired' && a.rows !== b.rows) {
    throw new ShapeError(where, 'as many rows in A as in B', `${a.rows} and ${b.rows}`);
  }
  if (columns === 'same' && a.cols !== b.cols) {
    throw new ShapeError(where, 'as many columns in A as in B', `${a.cols} and ${b.cols}`);
  }
}

/** Products of four values of this size stay within float32, and those of its inverse. */
const LARGE = 2 ** 24;

/** Values far from 1 times a power of two, which rounds nothing. */
function nearOne<M extends Matrix>(m: M): M {
  let largest = 0;
  for (const x of m.data) largest = Math.max(largest, Math.abs(x));
  if (largest === 0 || (largest < LARGE && largest > 1 / LARGE)) return m;
  const scale = 2 ** -Math.floor(Math.log2(largest));
  return { ...m, data: m.data.map((x) => x * scale) };
}

/** Both float64 if one of them is: engines take pairs of one type. */
function sameType({ a, b }: PairInput): PairInput {
  const wide = a.data instanceof Float64Array || b.data instanceof Float64Array;
  const as = (m: Matrix) => (wide && !(m.data instanceof Float64Array) ? toFloat64(m) : m);
  return { a: as(a), b: as(b) };
}

function thinned(all: PairInput, most: number, random: Random): PairInput {
  const n = all.a.rows;
  if (n <= most) return all;
  const rows = random.sample(n, most).sort();
  return { a: gathered(all.a, rows), b: gathered(all.b, rows) };
}

function directionsOf({ a, b }: PairInput): PairInput & { readonly zeroRows: readonly number[] } {
  const [ofA, ofB] = [unitOrZeroRows(a), unitOrZeroRows(b)];
  const zeroRows = Array.from({ length: Math.max(a.rows, b.rows) }, (_, i) => i).filter(
    (i) => ofA.norms[i] === 0 || ofB.norms[i] === 0,
  );
  return { a: ofA.points, b: ofB.points, zeroRows };
}
