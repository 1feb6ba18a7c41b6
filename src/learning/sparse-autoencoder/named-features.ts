import { type Matrix, matrix } from '../../core/matrix.ts';
import type { SparseMatrix } from '../../core/sparse.ts';
import { largestPlaces } from '../../numerics/rows/largest-places.ts';
import { type Dictionary, varianceExplained } from './dictionary.ts';

/** Rows that stand for a feature in its name. */
const NAMING = 3;

/** A feature that some row uses. */
export interface NamedFeature {
  /** Its place in the dictionary. */
  readonly feature: number;
  readonly name: string;
  /** Rows that use it. */
  readonly rows: number;
  /** Its largest activation. */
  readonly largest: number;
  /** Rows that have most of it, the first first. */
  readonly top: Int32Array;
}

/** A feature of each row, by feature: which rows, and how much. */
interface Uses {
  readonly rows: number[];
  readonly values: number[];
}

/** The rows of each feature. */
export function usesOf({ rows, cols, offsets, columns, values }: SparseMatrix): readonly Uses[] {
  const uses = Array.from({ length: cols }, (): Uses => ({ rows: [], values: [] }));
  for (let i = 0; i < rows; i++)
    for (let e = offsets[i]; e < offsets[i + 1]; e++) {
      uses[columns[e]].rows.push(i);
      uses[columns[e]].values.push(values[e]);
    }
  return uses;
}

/**
 * The features that rows use, by how much of the rows they are (the sum of their squares), each named by the labels of
 * the rows that have most of it.
 */
export function namedFeatures(
  codes: SparseMatrix,
  labels: readonly string[] | undefined,
  count = 10,
): readonly NamedFeature[] {
  const uses = usesOf(codes);
  const weights = uses.map(({ values }) => values.reduce((sum, x) => sum + x * x, 0));
  const used = uses.flatMap(({ rows }, feature) => (rows.length > 0 ? [feature] : []));
  used.sort((a, b) => weights[b] - weights[a] || a - b);
  return used.map((feature, place) => {
    const { rows, values } = uses[feature];
    const order = largestPlaces(values, 0, values.length, count);
    const top = order.map((at) => rows[at]);
    return {
      feature,
      name: `feature ${place + 1}: ${wordsFor(top, labels)}`,
      rows: rows.length,
      largest: values[order[0]],
      top,
    };
  });
}

function wordsFor(top: Int32Array, labels: readonly string[] | undefined): string {
  if (!labels) return `rows ${Array.from(top.subarray(0, NAMING)).join(', ')}`;
  return [...new Set(Array.from(top, (row) => labels[row]))].slice(0, NAMING).join(', ');
}

/** The directions of these features, in their order. */
export function directionsOfFeatures(
  { directions: { data, cols: d } }: Dictionary,
  features: readonly NamedFeature[],
): Matrix<Float64Array> {
  const basis = new Float64Array(features.length * d);
  features.forEach(({ feature }, j) => {
    basis.set(data.subarray(feature * d, (feature + 1) * d), j * d);
  });
  return matrix(basis, features.length, d);
}

/** Numbers about a dictionary and the rows that it codes. */
export function dictionaryFacts(dictionary: Dictionary, rows: Matrix, codes: SparseMatrix) {
  const m = codes.cols;
  const used = new Set(codes.columns).size;
  return {
    features: m,
    varianceExplained: varianceExplained(dictionary, rows, codes),
    activeFeatures: codes.values.length / codes.rows,
    dead: (m - used) / m,
  };
}
