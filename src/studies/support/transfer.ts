import type { Matrix } from '../../core/matrix.ts';
import { zeros } from '../../core/matrix.ts';
import type { Engine } from '../../engine/engine.ts';
import {
  adam,
  constant,
  crossEntropy,
  dense,
  evaluate,
  train,
  Workspace,
} from '../../learning/index.ts';
import { unitOrAxisRows } from '../../numerics/rows/unit-rows.ts';

/** Rows with the numbers of their classes. */
export interface Labeled {
  readonly points: Matrix;
  readonly labels: Int32Array;
}

/** The share of rows whose class most of their k nearest rows of `known` have by cosine, the nearest among equals. */
export async function nearestAccuracy(
  known: Labeled,
  asked: Labeled,
  engine: Engine,
  k = 5,
): Promise<number> {
  const [points, others] = [asked, known].map(({ points: rows }) =>
    unitOrAxisRows('transfer', rows),
  );
  const { indices } = await engine.nearestAmong(points, others, k);
  const right = asked.labels.filter((label, i) => {
    const votes = Array.from(indices.subarray(i * k, (i + 1) * k), (at) => known.labels[at]);
    const countOf = (own: number) => votes.filter((vote) => vote === own).length;
    const most = Math.max(...votes.map(countOf));
    return votes.find((vote) => countOf(vote) === most) === label;
  });
  return right.length / asked.labels.length;
}

/** The share of rows whose class a softmax regression finds that was fitted to `known`, columns scaled as there. */
export async function softmaxAccuracy(
  known: Labeled,
  asked: Labeled,
  engine: Engine,
  { steps = 200, weightDecay = 1e-3 } = {},
): Promise<number> {
  const scaled = scalerOf(known.points);
  const classes = Math.max(...known.labels) + 1;
  const probe = dense({ name: 'probe', inputs: known.points.cols, outputs: classes });
  const x = constant(scaled(known.points).data, [known.points.rows, known.points.cols]);
  await train({
    steps,
    engine,
    update: adam({ learningRate: 0.05, weightDecay }),
    loss: () => crossEntropy(probe(x), known.labels),
  });
  const others = constant(scaled(asked.points).data, [asked.points.rows, asked.points.cols]);
  const scores = await evaluate(probe(others), new Workspace(engine));
  const right = asked.labels.filter((label, i) => {
    const own = scores.subarray(i * classes, (i + 1) * classes);
    return own.indexOf(Math.max(...own)) === label;
  });
  return right.length / asked.labels.length;
}

/** Every column less its mean over its deviation, both those of the rows given; columns that do not vary become 0. */
function scalerOf({ data, rows: n, cols: d }: Matrix): (others: Matrix) => Matrix<Float32Array> {
  const [mean, squares] = [new Float64Array(d), new Float64Array(d)];
  for (let e = 0; e < data.length; e++) mean[e % d] += data[e] / n;
  for (let e = 0; e < data.length; e++) squares[e % d] += (data[e] - mean[e % d]) ** 2 / n;
  return (others) => {
    const out = zeros(others.rows, d);
    for (let e = 0; e < out.data.length; e++) {
      const variance = squares[e % d];
      out.data[e] = variance > 1e-12 ? (others.data[e] - mean[e % d]) / Math.sqrt(variance) : 0;
    }
    return out;
  };
}
