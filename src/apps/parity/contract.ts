import type { Matrix } from '../../core/matrix.ts';
import type { Random } from '../../core/random.ts';
import type { Engine, Work } from '../../engine/engine.ts';
import type { ComparisonRow } from '../../families/comparisons/types.ts';

/** What explains the difference between two files of the same things. */
export const PARITY_VERDICTS = [
  'identical',
  'rounding',
  'transposed',
  'misread-bytes',
  'collapsed',
  'some-rows-differ',
  'missing-normalization',
  'scaled',
  'truncated',
  'binary-quantization',
  'permuted-columns',
  'flipped-columns',
  'outlier-dimension',
  'shifted-mean',
  'removed-component',
  'permuted-rows',
  'rotated',
  'quantization',
  'linear-layer',
  'pooling',
  'another-model',
  'unrelated',
] as const;
export type ParityVerdict = (typeof PARITY_VERDICTS)[number];

/** One number that was looked at, and the bound that it was held to. */
export interface Evidence {
  readonly id: string;
  /** null where it could not be measured. */
  readonly value: number | null;
  readonly bound: number;
  readonly operator: '>=' | '<=';
  readonly holds: boolean;
  /** What the number is, in a few words. */
  readonly meaning: string;
}

export interface ParityResult {
  readonly verdict: ParityVerdict;
  /** What is different, in plain words. */
  readonly sentence: string;
  /** Every number up to the decision, in the order in which they were asked for. */
  readonly evidence: readonly Evidence[];
  /** What to do about it. */
  readonly fix: string;
}

/** Rows of both files, and what a test may need. */
export interface ParityInput {
  /** All rows, n × dA and n × dB. */
  readonly all: { readonly a: Matrix; readonly b: Matrix };
  /** The same rows of both, m of the n, in float64. */
  readonly a: Matrix<Float64Array>;
  readonly b: Matrix<Float64Array>;
  /** Their numbers in the file; m. */
  readonly rows: Int32Array;
  readonly engine: Engine;
  readonly seed: number;
  /** Numbers about these rows that were found before. */
  readonly known: readonly ComparisonRow[];
  readonly work: Work;
  random(name: string): Random;
}

/** What one test found: a verdict, or only numbers. */
export interface Finding {
  readonly evidence: readonly Evidence[];
  readonly verdict?: ParityVerdict;
  readonly sentence?: string;
  readonly fix?: string;
}

export type ParityTest = (input: ParityInput) => Finding | Promise<Finding>;

/** A number held to a bound. */
export function atLeast(id: string, value: number, bound: number, meaning: string): Evidence {
  return evidence(id, value, bound, '>=', value >= bound, meaning);
}

export function atMost(id: string, value: number, bound: number, meaning: string): Evidence {
  return evidence(id, value, bound, '<=', value <= bound, meaning);
}

function evidence(
  id: string,
  value: number,
  bound: number,
  operator: Evidence['operator'],
  holds: boolean,
  meaning: string,
): Evidence {
  return { id, value: Number.isFinite(value) ? value : null, bound, operator, holds, meaning };
}
