import { type Matrix, zeros64 } from '../../core/matrix.ts';
import type { Model } from '../../learning/index.ts';

interface Head {
  readonly classes: readonly string[];
  /** Of a fixed head; else empty. */
  readonly vectors: readonly number[];
}

/**
 * What a classifier says of embedded rows, rows × classes: cosines with the vectors of the classes, or probabilities
 * where its head is a linear layer.
 */
export function classScores(model: Model, embedded: Matrix): Matrix<Float64Array> {
  const { classes, vectors } = model.settings as unknown as Head;
  const named = (name: string) => model.parameters.find((own) => own.name === name)?.data;
  const bias = named('head.bias');
  const directions = named('head.weight') ?? vectors;
  const { rows: n, cols: d } = embedded;
  const c = classes.length;
  const scores = zeros64(n, c);
  for (let i = 0; i < n; i++) {
    const row = embedded.data.subarray(i * d, (i + 1) * d);
    const length = bias ? 1 : Math.hypot(...row) || 1;
    for (let k = 0; k < c; k++) {
      let sum = 0;
      for (let e = 0; e < d; e++) sum += row[e] * directions[k * d + e];
      scores.data[i * c + k] = bias ? sum + bias[k] : sum / length;
    }
  }
  if (bias) for (let i = 0; i < n; i++) toShares(scores.data.subarray(i * c, (i + 1) * c));
  return scores;
}

function toShares(logits: Float64Array): void {
  const most = Math.max(...logits);
  for (let k = 0; k < logits.length; k++) logits[k] = Math.exp(logits[k] - most);
  const sum = logits.reduce((a, b) => a + b, 0);
  for (let k = 0; k < logits.length; k++) logits[k] /= sum;
}

/** The place of the largest score of each row. */
export function largestPlaces({ data, rows: n, cols: c }: Matrix): Int32Array {
  return Int32Array.from({ length: n }, (_, i) => {
    let best = i * c;
    for (let e = best + 1; e < (i + 1) * c; e++) if (data[e] > data[best]) best = e;
    return best - i * c;
  });
}

/** The largest score of each row. */
export function largestScores(scores: Matrix): Float64Array {
  return Float64Array.from(
    largestPlaces(scores),
    (place, i) => scores.data[i * scores.cols + place],
  );
}

/** The share of rows whose largest score is that of their class. */
export function shareNamed(model: Model, scores: Matrix, truth: readonly string[]): number {
  const { classes } = model.settings as unknown as Head;
  const named = largestPlaces(scores).filter((place, i) => classes[place] === truth[i]);
  return named.length / truth.length;
}
