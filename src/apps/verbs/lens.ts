import { AbortedError, InputError, ShapeError } from '../../core/errors.ts';
import { type Matrix, matrix, toFloat32, toFloat64, zerosLike } from '../../core/matrix.ts';
import { refuseNonFinite, unitRows } from '../../core/rows.ts';
import type { RunControls } from '../../core/run.ts';
import { counted } from '../../core/text.ts';
import type { Engine, EngineName } from '../../engine/engine.ts';
import { type Codebook, codebookOf, tokenEnergies } from '../../families/comparisons/index.ts';
import { type GivenTable, givenTable } from '../../io/given-table.ts';
import { choice, integer, number, type OptionsOf, resolveOptions } from '../../method/options.ts';
import { largestPlaces } from '../../numerics/rows/largest-places.ts';
import { unitOrZeroRows } from '../../numerics/rows/unit-rows.ts';
import { skewedMeanInterval } from '../../numerics/statistics/intervals.ts';
import { withinRange } from '../../numerics/statistics/range.ts';
import type { LayerInput } from './layers.ts';
import { type EngineOptions, onEngine } from './support/engine.ts';
import { decoded } from './support/lens-decoded.ts';
import { type FoundSet, foundSets, sharedSets, type TokenSet } from './support/lens-sets.ts';

export type { Token, TokenSet } from './support/lens-sets.ts';

/** The options that are single values. */
export const lensOptions = {
  norm: choice(
    ['rms', 'layer', 'none'],
    'rms',
    'What the model does to a state before it names tokens: divides it by its root mean square, standardizes it, or nothing, then without gain and shift too.',
  ),
  epsilon: number(1e-5, 'What is added to the mean square.', { min: 0 }),
  top: integer(3, 'Tokens that are named for each layer, the most probable.', { min: 0 }),
} as const;

type Given = {
  readonly [K in keyof typeof lensOptions]?: OptionsOf<typeof lensOptions>[K] | undefined;
};
type Norm = Pick<OptionsOf<typeof lensOptions>, 'norm' | 'epsilon'>;

export interface LensOptions extends EngineOptions, Given {
  /** Sets of tokens by name: rows of the unembedding, or labels of it. */
  readonly sets?: Readonly<Record<string, TokenSet>> | undefined;
  /** d numbers that the normalized state is multiplied by. Default: ones. */
  readonly gain?: ArrayLike<number> | undefined;
  /** d numbers added behind. Default: zeros. */
  readonly shift?: ArrayLike<number> | undefined;
}

/** A mean over states, and its 95 % interval; none of a single state. */
export interface LensNumber {
  readonly value: number;
  readonly low: number | null;
  readonly high: number | null;
}

export interface LensRow {
  /** From 0. */
  readonly layer: number;
  readonly name: string;
  /** Of the distribution of tokens, in bits. */
  readonly entropy: LensNumber;
  /** 1: as much in the directions of tokens as a token has there; see `comparisons/token-energy`. */
  readonly energy: LensNumber;
  /** The probability of each set. */
  readonly sets: Readonly<Record<string, LensNumber>>;
  /** The tokens of the largest mean probability. */
  readonly top: readonly {
    readonly token: number;
    readonly label?: string;
    readonly value: number;
  }[];
}

export interface LensResult {
  readonly layers: readonly LensRow[];
  readonly states: number;
  readonly tokens: number;
  /** Values of a uniform distribution over tokens. */
  readonly chance: {
    readonly entropy: number;
    readonly sets: Readonly<Record<string, number>>;
  };
  readonly engine: EngineName;
  readonly threads: number;
  readonly seconds: number;
  readonly warnings: readonly string[];
}

/**
 * Reads the hidden states of each layer as if it were the last (the logit lens): which tokens they name, how surely, and how
 * much of them lies where tokens are.
 *
 *     p = softmax(U·(γ·h/√(mean h² + ε) + β)),   H = −Σ p log₂ p
 *
 * Layers are n × d states, the same n places of texts in each; U V × d. A set's probability is the sum over its tokens; where
 * it is a list for each state, state i is asked for list i: the word wanted in one language, and in another. Rows of a layer
 * that the model has normalized already want `norm: 'none'`.
 *
 * @example
 * const { layers } = await lens(await readLayers('states.npy'), await read('unembed.npy'), {
 *   sets: { german: [[312], [95, 96]], english: [[17], [4]] },
 * });
 */
export async function lens(
  stack: readonly LayerInput[],
  unembedding: GivenTable,
  options: LensOptions = {},
  { signal, onProgress }: RunControls = {},
): Promise<LensResult> {
  const start = performance.now();
  const { points, labels } = givenTable('lens, unembedding', unembedding);
  const { layers, unembed } = checked(stack, points);
  const [n, tokens] = [layers[0].points.rows, unembed.rows];
  const vectors = vectorsOf(options, unembed.cols);
  const { top, ...norm } = resolveOptions('lens', lensOptions, chosenOptions(options));
  const sets = foundSets(options.sets ?? {}, n, { tokens, labels });
  return onEngine(unembed, options, async (engine) => {
    const book = await bookOf(unembed, vectors.gain, engine);
    const rows: LensRow[] = [];
    for (const [layer, { name, points: states }] of layers.entries()) {
      if (signal?.aborted) throw new AbortedError('lens');
      onProgress?.({ stage: 'lens', done: layer / layers.length });
      const seen = normalized(states, { ...norm, ...vectors });
      const { entropies, probabilities, mean } = await decoded(seen, unembed, sets, engine);
      const unit = unitRows(`lens, layer ${layer}`, states).points;
      rows.push({
        layer,
        name,
        entropy: numberOf(entropies, Math.log2(tokens)),
        energy: numberOf(await tokenEnergies(unit, book.codebook, engine), Infinity),
        sets: Object.fromEntries(sets.map(({ name }, s) => [name, numberOf(probabilities[s], 1)])),
        top: topOf(mean, top, labels),
      });
    }
    onProgress?.({ stage: 'lens', done: 1 });
    return {
      layers: rows,
      states: n,
      tokens,
      chance: { entropy: Math.log2(tokens), sets: chancesOf(sets) },
      engine: engine.name,
      threads: engine.threads,
      seconds: (performance.now() - start) / 1000,
      warnings: [...book.warnings, ...sharedSets(sets, n)],
    };
  });
}

/** Layers and unembedding in one element type; refuses shapes that do not belong together, naming the layer. */
function checked(stack: readonly LayerInput[], unembedding: Matrix) {
  if (stack.length === 0) throw new ShapeError('lens', 'at least one layer', 'none');
  if (unembedding.rows < 2)
    throw new ShapeError('lens', 'an unembedding of two tokens or more', `${unembedding.rows}`);
  refuseNonFinite('lens, unembedding', unembedding);
  const given = stack.map((input, l) => {
    const { points } = givenTable(`lens, layer ${l}`, input);
    const name = ('name' in input ? input.name : undefined) ?? `${l}`;
    refuseNonFinite(`lens, layer ${l}`, points);
    return { name, points };
  });
  const [{ points: first }] = given;
  for (const [l, { points }] of given.entries()) {
    if (points.cols !== unembedding.cols)
      throw new ShapeError(
        'lens',
        `states of ${unembedding.cols} columns, as the unembedding has`,
        `${points.cols} in layer ${l}`,
      );
    if (points.rows !== first.rows)
      throw new ShapeError(
        'lens',
        `as many states in every layer as in the first, ${first.rows}`,
        `${points.rows} in layer ${l}`,
      );
  }
  const isWide = [unembedding, first].every(({ data }) => data instanceof Float64Array);
  const own = (m: Matrix): Matrix => (isWide ? toFloat64(m) : toFloat32(m));
  const layers = given.map(({ name, points }) => ({ name, points: own(points) }));
  return { layers, unembed: own(unembedding) };
}

function chosenOptions({ norm, epsilon, top }: LensOptions) {
  return { norm, epsilon, top } as Partial<OptionsOf<typeof lensOptions>>;
}

function vectorsOf({ gain, shift }: LensOptions, d: number) {
  for (const [name, vector] of Object.entries({ gain, shift })) {
    if (vector === undefined) continue;
    if (vector.length !== d)
      throw new ShapeError('lens', `a ${name} of ${d} numbers`, `${vector.length}`);
    refuseNonFinite(`lens, ${name}`, matrix(Float64Array.from(vector), 1, d));
  }
  return { gain: gain ?? new Float64Array(d).fill(1), shift: shift ?? new Float64Array(d) };
}

/** The tokens as energies see them: columns times the gain, unit rows. */
async function bookOf(
  unembed: Matrix,
  gain: ArrayLike<number>,
  engine: Engine,
): Promise<{ readonly codebook: Codebook; readonly warnings: readonly string[] }> {
  const { rows, cols } = unembed;
  const weighted = zerosLike(unembed);
  for (let e = 0; e < weighted.data.length; e++)
    weighted.data[e] = unembed.data[e] * gain[e % cols];
  const { points, norms } = unitOrZeroRows(weighted);
  const empty = norms.reduce((count, norm) => count + (norm === 0 ? 1 : 0), 0);
  if (empty === rows) throw new InputError('lens', 'the unembedding has no token of any length.');
  const said = `${counted(empty, 'token has', 'tokens have')} length zero and no part in the energy.`;
  const codebook = await codebookOf(points, engine);
  const known = rows - empty;
  // Rows of zeros add nothing to the sums, and are not among those that are averaged over.
  const meanSquare = codebook.meanSquare * (rows / known) ** 2;
  return {
    codebook: { ...codebook, rows: known, meanSquare },
    warnings: empty === 0 ? [] : [said],
  };
}

function normalized(
  states: Matrix,
  { norm, epsilon, gain, shift }: Norm & ReturnType<typeof vectorsOf>,
): Matrix {
  if (norm === 'none') return states;
  const { data, rows: n, cols: d } = states;
  const out = zerosLike(states);
  for (let i = 0; i < n; i++) {
    const row = data.subarray(i * d, (i + 1) * d);
    let sum = 0;
    for (const x of row) sum += x;
    const middle = norm === 'layer' ? sum / d : 0;
    let squares = 0;
    for (const x of row) squares += (x - middle) ** 2;
    const inverse = 1 / Math.sqrt(squares / d + epsilon);
    for (let c = 0; c < d; c++)
      out.data[i * d + c] = (row[c] - middle) * inverse * gain[c] + shift[c];
  }
  return out;
}

/** The mean of numbers from 0 to `most`, where its interval ends too. */
function numberOf(values: Float64Array, most: number): LensNumber {
  const { value, low, high } = withinRange(skewedMeanInterval(values), [0, most]);
  return values.length < 2 ? { value, low: null, high: null } : { value, low, high };
}

function topOf(mean: Float64Array, count: number, labels: readonly string[] | undefined) {
  const places = largestPlaces(mean, 0, mean.length, Math.min(count, mean.length));
  return Array.from(places, (token) => ({
    token,
    ...(labels && { label: labels[token] }),
    value: mean[token],
  }));
}

const chancesOf = (sets: readonly FoundSet[]): Readonly<Record<string, number>> =>
  Object.fromEntries(sets.map(({ name, chance }) => [name, chance]));
