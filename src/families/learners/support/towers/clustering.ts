import type { Floats } from '../../../../core/matrix.ts';
import { Random } from '../../../../core/random.ts';
import {
  add,
  constant,
  linear,
  memoryBank,
  operation,
  stopGradient,
  type Tensor,
} from '../../../../learning/index.ts';
import { kMeans } from '../../../../numerics/solvers/k-means.ts';
import { half, numbersLike, softCrossEntropy } from './contrast.ts';

/** Enough of Lloyd's steps: the rows move on before the next clustering. */
const STEPS = 20;

export interface ClusteringSettings {
  readonly clusters: number;
  /** Rows that are remembered. */
  readonly capacity: number;
  readonly dim: number;
  readonly seed: number;
}

/** Centers of the remembered means of both sides. */
export interface Clustering {
  /** Cross-entropy of each side to the center nearest to the mean of both; none before the first centers. */
  readonly loss: (a: Tensor, b: Tensor, logits: (cosines: Tensor) => Tensor) => Tensor | undefined;
  /** Remembers the means of the unit rows of a step; clusters anew when that many rows have passed as are kept. */
  readonly push: (a: Floats, b: Floats, step: number) => void;
  readonly also: Readonly<Record<string, Readonly<Record<string, Floats>>>>;
}

/** k-means of unit rows, its centers brought to unit length: cosines say which is nearest. */
export function clusteringOf(
  { clusters: k, capacity, dim, seed }: ClusteringSettings,
  like: Floats,
): Clustering {
  const bank = memoryBank({ capacity, cols: dim, float64: like instanceof Float64Array });
  const centers = numbersLike(like, k * dim);
  /** Rows since the last centers; whether there are any. */
  const since = new Float64Array(2);
  return {
    also: { queue: bank.arrays, clusters: { centers, since } },
    loss(a, b, logits) {
      if (since[1] === 0) return undefined;
      const places = constant(centers, [k, dim]);
      const nearest = largestOfRows(linear(add(a, b), places));
      const toNearest = (side: Tensor) => softCrossEntropy(logits(linear(side, places)), nearest);
      return half(toNearest(a), toNearest(b));
    },
    push(a, b, step) {
      bank.push(unitMeans(a, b, dim, like));
      since[0] += a.length / dim;
      if (since[0] < capacity) return;
      const random = Random.fromSeed(seed).fork('clusters').fork(step);
      const options = { clusters: k, starts: 1, steps: STEPS };
      centers.set(kMeans(bank.rows(), options, random).centers.data);
      toUnitRows(centers, dim);
      since.set([0, 1]);
    },
  };
}

/** 1 at the first largest number of each row, 0 elsewhere; known, not learned. */
export function largestOfRows(rows: Tensor): Tensor {
  const [n, k] = rows.shape;
  const node = operation('largestOfRows', [rows], rows.shape, {
    forward({ inputs: [z], out }) {
      out.fill(0);
      for (let i = 0; i < n; i++) {
        let best = i * k;
        for (let e = best + 1; e < (i + 1) * k; e++) if (z[e] > z[best]) best = e;
        out[best] = 1;
      }
    },
    backward() {},
  });
  return stopGradient(node);
}

function unitMeans(a: Floats, b: Floats, dim: number, like: Floats): Floats {
  const means = numbersLike(like, a.length);
  for (let e = 0; e < means.length; e++) means[e] = (a[e] + b[e]) / 2;
  toUnitRows(means, dim);
  return means;
}

/** Rows of zeros stay. */
function toUnitRows(data: Floats, dim: number): void {
  for (let at = 0; at < data.length; at += dim) {
    let squares = 0;
    for (let e = at; e < at + dim; e++) squares += data[e] * data[e];
    const length = Math.sqrt(squares) || 1;
    for (let e = at; e < at + dim; e++) data[e] /= length;
  }
}
