import { AbortedError } from '../../core/errors.ts';
import { alike, gathered, type Matrix, matrix } from '../../core/matrix.ts';
import {
  adam,
  constant,
  dense,
  evaluate,
  meanSquaredError,
  relu,
  type Tensor,
  type TrainResult,
  train,
  Workspace,
} from '../../learning/index.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as sources from '../../method/bibliography/sources.ts';
import { integer, number } from '../../method/options.ts';
import { lessRow, meanRow } from '../../numerics/rows/centered.ts';
import { defineAlignment } from './define.ts';
import { type Paired, splits } from './support/held-out.ts';
import { ridgeRegression } from './support/ridge.ts';
import type { FitContext } from './types.ts';

const PARTS = 5;
const PATIENCE = 5;

/** What the network starts from and learns: A₀ scaled, and what the affine map leaves of B. */
interface Problem extends Paired {
  readonly weights: Matrix;
  readonly from: Matrix;
  readonly to: Matrix;
  readonly scale: number;
}

/**
 * An affine map and a small network that learns what it leaves over:
 *
 *     y = (x − μ_A)·W + μ_B + s·V·relu(U·(x − μ_A)/s' + u) + s·v
 *
 * W with the ridge of `affine`; U h × d, V e × h, trained by Adam on the squared error over batches, V from 0 on. One pair
 * of five is held out to find the number of steps, then all are learned; where the network never does better than the
 * affine map on these, it is left out and a warning says so. O(steps · batch · h(d + e)) time.
 *
 * @remarks Use it where there are thousands of pairs and `affine` leaves much over: it bends where a linear map cannot. With
 * few pairs it is the affine map, at more cost.
 * @example
 * import { matrix } from 'tammes';
 * import { mlp } from 'tammes/alignment';
 *
 * // A line: nothing is left over for the network.
 * const a = matrix(new Float64Array([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]), 10, 1);
 * const b = matrix(new Float64Array([1, 3, 5, 7, 9, 11, 13, 15, 17, 19]), 10, 1);
 * const { model } = await mlp({ a, b }, { steps: 20 });
 * const { data } = await mlp.transform(model, a);
 * console.log(data[9].toFixed(2)); // 19.00
 * @function
 */
export const mlp = /* @__PURE__ */ defineAlignment({
  id: 'mlp',
  title: 'Residual network',
  summary: 'An affine map, and a small network that learns what it leaves over.',
  references: [
    cite(sources.deepResidualLearning, 'section 3.1: what is learned is the residual'),
    cite(sources.ridgeRegression, 'the ridge of the affine part'),
  ],
  fewestPairs: 10,
  into: 'b',
  options: {
    hidden: integer(128, 'Units between.', { min: 1, max: 65536, symbol: 'h' }),
    steps: integer(1000, 'Most steps of the training.', { min: 1, max: 1e7 }),
    batch: integer(128, 'Pairs in a step.', { min: 1, max: 65536 }),
    learningRate: number(0.001, 'Learning rate of Adam.', { min: 1e-9, max: 10 }),
    weightDecay: number(1e-4, 'Penalty on the weights of the network.', { min: 0, max: 10 }),
  },
  async fit({ paired }, options, context) {
    const { hidden, seed } = options;
    const { steps, gain } = await heldOutTraining(paired, options, context);
    const problem = await problemOf(paired, context);
    const layers = layersOf(problem, hidden, Number(seed));
    if (steps > 0) await trained(problem, undefined, layers, { ...options, steps }, context);
    const [u, shiftU] = layers[0].parameters;
    const [v, shiftV] = layers[1].parameters;
    const { a, b } = paired;
    const warnings =
      steps > 0
        ? []
        : ['The network did no better than the affine map on the pairs held out: it is left out.'];
    return {
      settings: { scale: problem.scale, helps: steps > 0 },
      arrays: {
        from: problem.from,
        to: problem.to,
        weights: problem.weights,
        inner: matrix(u.data, hidden, a.cols),
        'inner-shift': matrix(shiftU.data, 1, hidden),
        outer: matrix(v.data, b.cols, hidden),
        'outer-shift': matrix(shiftV.data, 1, b.cols),
      },
      facts: { gain, steps },
      warnings,
    };
  },
  async move({ settings, arrays }, rows, _, { engine, work }) {
    const { from, to, weights, inner, outer } = arrays;
    const middle = lessRow(rows, from.data);
    const bias = alike(to, rows).data;
    const y = await engine.matmul(middle, alike(weights, rows), { bias }, work);
    if (!settings['helps']) return y;
    const scale = Number(settings['scale']);
    for (let e = 0; e < middle.data.length; e++) middle.data[e] *= scale;
    const shift = alike(arrays['inner-shift'], rows).data;
    const units = alike(inner, rows);
    const hidden = await engine.matmul(middle, units, { transposeB: true, bias: shift }, work);
    for (let e = 0; e < hidden.data.length; e++) hidden.data[e] = Math.max(0, hidden.data[e]);
    const last = alike(arrays['outer-shift'], rows).data;
    const left = await engine.matmul(
      hidden,
      alike(outer, rows),
      { transposeB: true, bias: last },
      work,
    );
    for (let e = 0; e < y.data.length; e++) y.data[e] += left.data[e] / scale;
    return y;
  },
});

type Layers = readonly [ReturnType<typeof dense>, ReturnType<typeof dense>];

function layersOf({ a, b }: Problem, hidden: number, seed: number): Layers {
  const float64 = a.data instanceof Float64Array;
  return [
    dense({ name: 'inner', inputs: a.cols, outputs: hidden, initial: 'he', seed, float64 }),
    dense({ name: 'outer', inputs: hidden, outputs: b.cols, initial: 'zeros', seed, float64 }),
  ];
}

/** The affine map fitted to the pairs, and what it leaves over. */
async function problemOf(paired: Paired, context: FitContext): Promise<Problem> {
  const { weights, axes } = await ridgeRegression(paired.a, paired.b, 0, context);
  const from = matrix(axes.mean, 1, paired.a.cols);
  const to = matrix(meanRow(paired.b), 1, paired.b.cols);
  let squares = 0;
  for (const x of axes.centered.data) squares += x * x;
  const scale = Math.sqrt(axes.centered.data.length / squares);
  return problemOn(paired, { weights, from, to, scale }, context);
}

/** Rows of pairs as the network sees them: A₀ of unit variance, and what the affine map leaves of B in that unit. */
async function problemOn(
  pairs: Paired,
  { weights, from, to, scale }: Omit<Problem, 'a' | 'b'>,
  { engine, work }: FitContext,
): Promise<Problem> {
  const a = lessRow(pairs.a, from.data);
  const y = await engine.matmul(a, weights, { bias: alike(to, a).data }, work);
  for (let e = 0; e < y.data.length; e++) y.data[e] = (pairs.b.data[e] - y.data[e]) * scale;
  for (let e = 0; e < a.data.length; e++) a.data[e] *= scale;
  return { a, b: y, weights, from, to, scale };
}

interface Training {
  readonly steps: number;
  readonly batch: number;
  readonly learningRate: number;
  readonly weightDecay: number;
}

/** The steps after which pairs held out are served best, 0 if no network serves them better, and the share of error saved. */
async function heldOutTraining(
  paired: Paired,
  options: Training & { readonly hidden: number; readonly seed: unknown },
  context: FitContext,
): Promise<{ readonly steps: number; readonly gain: number }> {
  const [{ fitted, judged }] = splits(paired, PARTS, context.random.fork('held out'));
  const problem = await problemOf(fitted, context);
  const held = await problemOn(judged, problem, context);
  const layers = layersOf(problem, options.hidden, Number(options.seed));
  const { best } = (await trained(problem, held, layers, options, context)).heldOut ?? {};
  let before = 0;
  for (const x of held.b.data) before += x * x;
  const gain = best && before > 0 ? 1 - (best.value * held.b.data.length) / before : 0;
  return best && gain > 0 ? { steps: best.step, gain } : { steps: 0, gain: 0 };
}

/** Trains the layers in place, and stops where pairs held out, if there are any, are served no better. */
async function trained(
  problem: Problem,
  held: Problem | undefined,
  [inner, outer]: Layers,
  { steps, batch, learningRate, weightDecay }: Training,
  { engine, random, run }: FitContext,
): Promise<TrainResult> {
  const { signal, onProgress } = run.options;
  const network = (x: Tensor) => outer(relu(inner(x)));
  const tensor = ({ data, rows, cols }: Matrix) => constant(data, [rows, cols]);
  const error = ({ a, b }: Paired) => meanSquaredError(network(tensor(a)), tensor(b));
  const size = Math.min(batch, problem.a.rows);
  const workspace = new Workspace(engine);
  const found = await train({
    steps,
    engine,
    signal,
    update: adam({ learningRate, weightDecay }),
    loss: ({ step }) => {
      const rows = random.fork('batches').fork(step).sample(problem.a.rows, size);
      return error({ a: gathered(problem.a, rows), b: gathered(problem.b, rows) });
    },
    heldOut: held && {
      value: async () => (await evaluate(error(held), workspace))[0],
      every: Math.max(1, Math.round(steps / 40)),
      better: 'lower',
      patience: PATIENCE,
    },
    onProgress: ({ done }) => onProgress?.({ stage: 'mlp', done }),
  });
  if (found.ended === 'signal') throw new AbortedError('mlp');
  return found;
}
