import { gathered, type Matrix, zeros64 } from '../../core/matrix.ts';
import { counted } from '../../core/text.ts';
import { linearCka, neighborOverlap, rbfCka, rsa } from '../../families/comparisons/index.ts';
import type { ComparisonRow } from '../../families/comparisons/types.ts';
import { cholesky, choleskySolve } from '../../numerics/decompositions/cholesky.ts';
import { lessRow, meanRow } from '../../numerics/rows/centered.ts';
import { atLeast, atMost, type Evidence, type Finding, type ParityInput } from './contract.ts';
import { ownBasis } from './own-basis.ts';

/** Random directions of the target that a linear map is judged by. */
const DIRECTIONS = 24;
const MOST_FITTED = 6000;
const JUDGED = 500;
/** More columns make the least squares too dear. */
const MOST_COLUMNS = 2048;

/** A linear map, or the same coordinates with part of the signal. */
export async function linearOrPooled(input: ParityInput): Promise<Finding> {
  const forward = await explained(input, 'a', 'b');
  const backward = await explained(input, 'b', 'a');
  const linear = [
    atLeast(
      'linear-map-forward',
      forward,
      0.9,
      'share of B’s variance that a linear map of A explains, on other rows',
    ),
    atLeast(
      'linear-map-backward',
      backward,
      0.9,
      'share of A’s variance that a linear map of B explains, on other rows',
    ),
  ];
  const basis = ownBasis(input);
  const evidence = [...linear, ...(basis?.evidence ?? [])];
  const best = Math.max(...[forward, backward].filter(Number.isFinite), 0);
  const own = basis?.explained ?? 0;
  const mapped = best >= 0.9 && best - own >= 0.05;
  if (mapped) return linearFinding(evidence, forward, backward);
  if (basis?.evidence.every(({ holds }) => holds)) {
    return {
      evidence,
      verdict: 'pooling',
      sentence: `Same coordinates, partly the same signal: each column goes with itself (mean correlation ${basis.correlation.toFixed(2)}), but rows differ as texts do when their tokens are weighted otherwise, or when the model was trained a little further.`,
      fix: 'compare the pooling of both runtimes: mean or first token, attention mask, special tokens, text prefix, truncation length; and the revisions of both models',
    };
  }
  return { evidence };
}

function linearFinding(evidence: readonly Evidence[], forward: number, backward: number): Finding {
  const both = forward >= 0.9 && backward >= 0.9;
  const way = both
    ? 'each file is a linear map of the other'
    : forward >= 0.9
      ? 'B is a linear map of A'
      : 'A is a linear map of B';
  return {
    evidence,
    verdict: 'linear-layer',
    sentence: `The coordinates differ but ${way} (${(100 * Math.max(forward, backward)).toFixed(1)} % of the variance on rows not fitted): a linear layer is missing or has other weights on one side.`,
    fix: 'check that the dense layer after pooling is loaded in both runtimes, with its weights',
  };
}

/**
 * R² of a least-squares map from one space to random directions of the other, on rows that it was not
 * fitted to; NaN with fewer than 1.1 rows for each column.
 */
async function explained(input: ParityInput, from: 'a' | 'b', to: 'a' | 'b'): Promise<number> {
  const n = input.all.a.rows;
  const d = input.all[from].cols;
  if (d > MOST_COLUMNS) return NaN;
  const order = input.random('linear map').sample(n);
  const judged = order.subarray(0, Math.min(JUDGED, n >> 2));
  const fitted = order.subarray(judged.length, judged.length + Math.max(MOST_FITTED, 2 * d));
  if (fitted.length < 1.1 * d + 10 || judged.length < 10) return NaN;
  const source = gathered(input.all[from], fitted);
  const middle = meanRow(source);
  const x = lessRow(source, middle);
  const gram = await input.engine.gram(x, input.work);
  const ridge = 1e-7 * meanDiagonal(gram);
  for (let c = 0; c < d; c++) gram.data[c * d + c] += ridge || 1;
  const directions = randomDirections(input, to);
  const y = projected(gathered(input.all[to], fitted), directions);
  const level = meanRow(y);
  const weights = choleskySolve(cholesky(gram), crossOf(x, lessRow(y, level)));
  const test = lessRow(gathered(input.all[from], judged), middle);
  const wanted = lessRow(projected(gathered(input.all[to], judged), directions), level);
  return shareExplained(test, weights, wanted);
}

function meanDiagonal({ data, rows }: Matrix): number {
  let sum = 0;
  for (let c = 0; c < rows; c++) sum += data[c * rows + c] / rows;
  return sum;
}

function randomDirections(input: ParityInput, to: 'a' | 'b'): Matrix<Float64Array> {
  const random = input.random('directions');
  const out = zeros64(input.all[to].cols, DIRECTIONS);
  for (let i = 0; i < out.data.length; i++) out.data[i] = random.normal();
  return out;
}

function projected(m: Matrix, directions: Matrix): Matrix<Float64Array> {
  const k = directions.cols;
  const out = zeros64(m.rows, k);
  for (let i = 0; i < m.rows; i++) {
    for (let c = 0; c < m.cols; c++) {
      const x = m.data[i * m.cols + c];
      if (x === 0) continue;
      for (let j = 0; j < k; j++) out.data[i * k + j] += x * directions.data[c * k + j];
    }
  }
  return out;
}

/** XᵀY. */
function crossOf(x: Matrix, y: Matrix): Matrix<Float64Array> {
  const out = zeros64(x.cols, y.cols);
  for (let i = 0; i < x.rows; i++) {
    for (let c = 0; c < x.cols; c++) {
      const value = x.data[i * x.cols + c];
      for (let j = 0; j < y.cols; j++) out.data[c * y.cols + j] += value * y.data[i * y.cols + j];
    }
  }
  return out;
}

function shareExplained(x: Matrix, weights: Matrix, wanted: Matrix): number {
  const predicted = projected(x, weights);
  let [left, total] = [0, 0];
  for (let i = 0; i < wanted.data.length; i++) {
    left += (wanted.data[i] - predicted.data[i]) ** 2;
    total += wanted.data[i] ** 2;
  }
  return total > 0 ? 1 - left / total : NaN;
}

/** The numbers that say whether rows have anything in common, and how sure they must be. */
const RELATED = [neighborOverlap, linearCka, rbfCka, rsa];
const RELATED_P = 1e-4;

/** Whether a number of these says that the rows have something in common. */
export function saysRelated({ id, null: expected }: ComparisonRow): boolean {
  return RELATED.some(({ spec }) => spec.id === id) && (expected?.pValue ?? 1) <= RELATED_P;
}

/** Another model of the same things, or nothing in common. */
export async function related(input: ParityInput): Promise<Finding> {
  const run = { engine: input.engine, seed: input.seed, signal: input.work.signal };
  const pair = { a: input.all.a, b: input.all.b };
  const evidence: Evidence[] = [];
  const texts: string[] = [];
  for (const method of RELATED) {
    const { id, title } = method.spec;
    // Numbers with options of their own are other numbers.
    const known = input.known.find((row) => row.id === id && row.options === undefined);
    const { value: found, null: expected } = known ?? (await method(pair, {}, run));
    const value = found ?? NaN;
    const p = expected?.pValue ?? NaN;
    const chance = (expected?.value ?? 0).toFixed(3);
    const meaning = `p-value of ${title}, ${value.toFixed(3)} (chance ${chance})`;
    evidence.push(atMost(`${id}-p`, p, RELATED_P, meaning));
    texts.push(value.toFixed(2), chance);
  }
  if (evidence.some(({ holds }) => holds)) {
    const [overlap, chance, cka] = texts;
    return {
      evidence,
      verdict: 'another-model',
      sentence: `Another model of the same things: neighbours overlap by ${overlap} where chance gives ${chance}, linear CKA is ${cka}, and ${untested(input)}.`,
      fix: 'check the names and revisions of both models; their vectors must not be mixed in one index',
    };
  }
  return {
    evidence,
    verdict: 'unrelated',
    sentence: `Nothing in common beyond chance: the rows are about other things, or another model’s rows in another order.${quarterHint(input)}`,
    fix: 'check that both files are of the same texts in the same order',
  };
}

/** A quarter of the columns is what decoding floats as base64 leaves. */
function quarterHint({ all: { a, b } }: ParityInput): string {
  const [wide, narrow] = a.cols > b.cols ? [a.cols, b.cols] : [b.cols, a.cols];
  if (wide !== 4 * narrow) return '';
  const side = wide === a.cols ? 'B' : 'A';
  return ` ${side} has a quarter of the other’s columns, as a list of floats has that was decoded as base64.`;
}

/** What stands against a linear map, in words. */
function untested({ all }: ParityInput): string {
  const n = all.a.rows;
  const widest = Math.max(all.a.cols, all.b.cols);
  return n < 1.5 * widest
    ? `${counted(n, 'row')} in ${counted(widest, 'dimension')}: too few to look for a linear map between them`
    : 'no linear map takes one to the other';
}
