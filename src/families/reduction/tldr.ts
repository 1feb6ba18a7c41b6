import { AbortedError, OptionError } from '../../core/errors.ts';
import type { KnnGraph } from '../../core/graph.ts';
import { gathered, type Matrix } from '../../core/matrix.ts';
import { counted } from '../../core/text.ts';
import {
  type Batches,
  batches,
  constant,
  type LossStep,
  lars,
  objective,
  type TrainResult,
  train,
  warmupCosine,
} from '../../learning/index.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as papers from '../../method/bibliography/papers.ts';
import { choice, integer, number } from '../../method/options.ts';
import { lessRow } from '../../numerics/rows/centered.ts';
import { columnScales } from '../../numerics/rows/column-scales.ts';
import { neighborGraph } from '../../structures/neighbors/neighbor-graph.ts';
import { crossCorrelation } from '../objectives/index.ts';
import { defineReduction } from './define.ts';
import {
  type LayeredNetwork,
  layerArrays,
  layeredNetwork,
  throughLayers,
} from './support/layered-network.ts';
import { drawnNeighbors } from './support/neighbor-pairs.ts';
import { conditionsOf } from './support/trained-map.ts';
import type { FitContext } from './types.ts';

/** Frames that a viewer is shown of a training. */
const FRAMES = 60;
/** The learning rate is said for batches of so many rows, and its last share is this. */
const [RATED_BATCH, LAST_SHARE] = [256, 1e-3];

/**
 * TLDR, twin learning: an encoder f that gives a row and its neighbours the same place, in columns that say different things.
 *
 *     y = f(x),   z = g(y),   loss = Σ_c (1 − C_cc)² + λ Σ_{c≠e} C_ce²,   C = ẐᵀẐ′/b
 *
 * with X n × d, y of m numbers, f linear (or a perceptron), g a perceptron of two hidden layers that is dropped after
 * training, and Ẑ, Ẑ′ the b rows of a batch and of one of the k nearest rows of each behind g, their columns at mean 0 and
 * variance 1: the loss is that of the objective `cross-correlation`. Rows are less their mean; the model holds f
 * alone, and its array `losses` the loss of each step.
 *
 * @remarks Use it to find things of the same kind among fewer dimensions, by the angles of the results (the lengths of columns are
 * nowhere asked for). To keep the nearest rows themselves take `pca`, which keeps more of them and takes no training. Of
 * some thousand rows `projector: 0` with `lambda: 0.05` found most (docs/studies/tldr.md); without a projector the
 * second term is what keeps the columns apart. O(b(dm + mp + p²)) a step of b rows, p the projector's width, beside the
 * search for neighbours.
 * @example
 * import { matrix, Random } from 'tammes';
 * import { tldr } from 'tammes/reduction';
 *
 * // Four clusters at the corners of a square, beside a third column that repeats the first.
 * const random = Random.fromSeed(1);
 * const corners = Array.from({ length: 200 }, (_, i) => [i & 1, (i >> 1) & 1, i & 1]);
 * const data = Float64Array.from(corners.flat(), (x) => x + 0.1 * random.normal());
 * const { points, facts } = await tldr(matrix(data, 200, 3), { dim: 2, projector: 0 });
 * // Neighbours agree in both columns, and the columns say different things: the loss is near 0.
 * console.log(points.cols, facts.loss < 0.1); // 2 true
 * @function
 */
export const tldr = /* @__PURE__ */ defineReduction({
  id: 'tldr',
  title: 'TLDR: twin learning',
  summary: 'A learned encoder that gives neighbours the same place, in columns that do not repeat.',
  references: [cite(papers.tldr, 'section 3 and the authors’ code')],
  dims: { usual: 32 },
  uses: ['neighbors', 'checkpoint'],
  options: {
    k: integer(5, 'Nearest other rows that a row is paired with.', { min: 1, symbol: 'k' }),
    encoder: choice(['linear', 'mlp'], 'linear', 'A linear map, or a perceptron.'),
    hidden: integer(256, 'Columns of the hidden layer of the encoder mlp.', { min: 1, max: 65536 }),
    projector: integer(128, 'Width of the layers that are dropped after training; 0: none.', {
      min: 0,
      max: 65536,
      symbol: 'p',
    }),
    lambda: number(3.9e-3, 'Weight of the correlations between different columns.', {
      min: 0,
      symbol: 'λ',
    }),
    epochs: integer(100, 'Times each row is seen.', { min: 1 }),
    warmup: integer(10, 'Epochs over which the rate rises.', { min: 0 }),
    batch: integer(512, 'Pairs of a step.', { min: 2, max: 1e6, symbol: 'b' }),
    learningRate: number(1, 'Rate of LARS, for each 256 rows of a batch.', { min: 0 }),
    weightDecay: number(1e-6, 'Weight of the squares of the parameters.', { min: 0 }),
  },
  deviations: [
    'The projector is 128 columns wide, as a processor bears, the authors’ 2,048; fewer rows have fewer steps, so that batches are of 512 pairs, not 1,024, and the rate is 1, not 0.2.',
    'Both rows of a pair go through the networks in one batch, which shares their normalization; the loss’s own is of each side.',
    'Rows are less their mean and over their deviation, which the model takes back.',
  ],
  async fit(points, options, context) {
    const { dim, k, encoder, hidden, projector, seed } = options;
    const { rows: n, cols: d } = points;
    if (dim > d) throw new OptionError('tldr', 'dim', `at most the ${counted(d, 'column')}`, dim);
    const { graph, recall, warnings } = await neighborGraph(points, k, {
      engine: context.engine,
      random: context.random.fork('neighbors'),
      neighbors: context.run.options.neighbors,
      signal: context.run.options.signal,
    });
    const { mean, deviation, directions } = scalingOf(points);
    const sizes = encoder === 'linear' ? [d, dim] : [d, hidden, dim];
    const network = layeredNetwork('encoder', sizes, seed, points.data);
    const wide = new Array<number>(3).fill(projector);
    const head =
      projector > 0 ? layeredNetwork('projector', [dim, ...wide], seed, points.data) : undefined;
    const size = Math.min(options.batch, n);
    const draws = batches({ rows: n, size, seed, remainder: 'drop' });
    const pairs = { x: scaled(points, mean, deviation), graph, draws };
    const placed = () =>
      throughLayers({ arrays: layerArrays(network, mean, deviation) }, points, context);
    const { loss, losses, steps } = await trained(
      { points, pairs, network, head, options, placed },
      context,
    );
    return {
      settings: {},
      arrays: {
        ...layerArrays(network, mean, deviation),
        losses: { data: losses, rows: 1, cols: losses.length },
      },
      facts: {
        loss,
        steps,
        neighbors: graph.k,
        ...(recall ? { graphRecall: recall.value } : {}),
      },
      warnings: [...warnings, ...warningsOf(points, { graph, size, directions }, options)],
    };
  },
  place: throughLayers,
});

interface Options {
  readonly dim: number;
  readonly k: number;
  readonly lambda: number;
  readonly epochs: number;
  readonly warmup: number;
  readonly batch: number;
  readonly learningRate: number;
  readonly weightDecay: number;
  readonly seed: number;
}

interface TwinPairs {
  /** n × d, scaled. */
  readonly x: Matrix;
  readonly graph: KnnGraph;
  readonly draws: Batches;
}

interface TwinTraining {
  readonly points: Matrix;
  readonly pairs: TwinPairs;
  readonly network: LayeredNetwork;
  readonly head: LayeredNetwork | undefined;
  readonly options: Options;
  /** Where the fitted rows lie now. */
  readonly placed: () => Promise<Matrix>;
}

/** Moves both networks down the loss, batch by batch. */
async function trained(
  { points, pairs, network, head, options, placed }: TwinTraining,
  { engine, run }: FitContext,
): Promise<TrainResult> {
  const { epochs, warmup, batch, learningRate, weightDecay, seed } = options;
  const { signal, onProgress, onFrame, checkpoint, resume } = run.options;
  const { perEpoch } = pairs.draws;
  const steps = epochs * perEpoch;
  const every = Math.ceil(steps / FRAMES);
  const result = await train({
    loss: (step) => lossOf(pairs, network, head, options.lambda, step),
    steps,
    update: lars({
      learningRate: (learningRate * Math.min(batch, points.rows)) / RATED_BATCH,
      weightDecay,
    }),
    schedule: warmupCosine({ warmup: Math.min(warmup, epochs - 1) * perEpoch, floor: LAST_SHARE }),
    seed,
    engine,
    signal,
    checkpoint,
    resume,
    also: { encoder: network.also, ...(head && { projector: head.also }) },
    onProgress: (progress) => onProgress?.({ ...progress, stage: 'tldr' }),
    async onStep({ step }) {
      if (!onFrame || (step % every !== 0 && step !== steps)) return;
      await onFrame({ step, steps, points: await placed() });
    },
    conditions: checkpoint && conditionsOf('tldr', points, options),
  });
  if (signal?.aborted) throw new AbortedError('tldr');
  return result;
}

function lossOf(
  { x, graph, draws }: TwinPairs,
  network: LayeredNetwork,
  head: LayeredNetwork | undefined,
  lambda: number,
  { step, random }: LossStep,
) {
  const rows = draws.at(step);
  const others = drawnNeighbors(graph, rows, random);
  const b = rows.length;
  const both = gathered(x, [...rows, ...others]);
  const y = network.train(constant(both.data, [2 * b, x.cols]));
  const partners = Int32Array.from({ length: 2 * b }, (_, i) => (i + b) % (2 * b));
  return objective(head ? head.train(y) : y, crossCorrelation.bind({ lambda }), { partners });
}

/** The mean row, the root mean square of what is left (1 where nothing is), and how many columns vary. */
function scalingOf(points: Matrix) {
  const { mean, inverse, constant: flat } = columnScales(points);
  const variance = inverse.reduce((sum, x) => (x > 0 ? sum + 1 / (x * x) : sum), 0) / points.cols;
  return { mean, deviation: Math.sqrt(variance) || 1, directions: points.cols - flat.length };
}

function scaled(points: Matrix, mean: Float64Array, deviation: number): Matrix {
  const out = lessRow(points, mean);
  for (let e = 0; e < out.data.length; e++) out.data[e] /= deviation;
  return out;
}

interface Found {
  readonly graph: KnnGraph;
  readonly size: number;
  readonly directions: number;
}

function warningsOf(
  { rows: n }: Matrix,
  { graph, size, directions }: Found,
  { dim, k }: Options,
): readonly string[] {
  const most = Math.min(directions, size - 1);
  return [
    ...(graph.k < k ? [`${n} rows have ${graph.k} neighbours each; ${k} were asked for.`] : []),
    ...(directions === 0
      ? ['The rows are all equal, and so are those of the result.']
      : most < dim
        ? [
            `Batches of ${size} rows that vary in ${counted(directions, 'column')} have at most ${counted(most, 'direction')}; the ${dim} columns of the result repeat one another.`,
          ]
        : []),
  ];
}
