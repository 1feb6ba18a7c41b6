import { OptionError, ShapeError } from '../../core/errors.ts';
import type { Matrix } from '../../core/matrix.ts';
import { batches, normalizeRows } from '../../learning/index.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as papers from '../../method/bibliography/papers.ts';
import * as sources from '../../method/bibliography/sources.ts';
import { boolean, choice, integer, number } from '../../method/options.ts';
import { defineLearner } from './define.ts';
import { ENCODERS } from './support/encoders.ts';
import { given } from './support/given.ts';
import { split } from './support/held-out.ts';
import { rangeOf, requireColumns, type Scaling, scalingOf } from './support/inputs.ts';
import { lossOfTowers } from './support/towers/losses.ts';
import { LOSSES, OTHER_ENCODERS, scalesOf, towersOf } from './support/towers/network.ts';
import { onHyperboloid } from './support/towers/on-hyperboloid.ts';
import { towerReport } from './support/towers/report.ts';

/** Losses that multiply closeness by an inverse temperature. */
const SCALED = new Set<(typeof LOSSES)[number]>([
  ...(['clip', 'sigmoid', 'bi-mixco', 'm2', 'm3', 'meru', 'margin-softmax'] as const),
]);

/**
 * Two encoders that bring two descriptions of the same things, such as images and texts, into one space.
 *
 *     aᵢ = f(xᵢ)/‖f(xᵢ)‖,  bᵢ = g(yᵢ)/‖g(yᵢ)‖,   S = A·Bᵀ/τ,   CE(S) = mean_i −log softmax(S)_ii
 *
 *     clip       (CE(S) + CE(Sᵀ))/2
 *     sigmoid    −(1/n) Σ_ij log σ(±(S_ij − 10)), + for i = j
 *     triplet    [margin + hardest negative − positive]₊, both ways
 *     margin-softmax  clip of (A·Bᵀ − margin·I)/τ
 *     soft-clip  clip with the targets softmax(B·Bᵀ/τ), τ rising from 8/15 of itself
 *     bi-mixco   clip of mixed inputs λ·xᵢ + (1 − λ)·x_p(i), then soft-clip (MindEye)
 *     m2, m3     clip beside negatives on the great arc from bⱼ to aⱼ; m3 mixes neighbors of each side as well
 *     meru       clip of −distance in the Lorentz model of learned curvature −c, and [angle at bᵢ to aᵢ − half aperture]₊
 *     slap       ‖q(aᵢ) − b̄ᵢ‖², ‖q(bᵢ) − āᵢ‖², and each to its own; ā, b̄ by moving averages of f, g; no negatives
 *     distance   mean ‖aᵢ − bᵢ‖²
 *
 * Beside these, with weights that are 0 unless given, two terms: cᵢ is the center nearest to aᵢ + bᵢ among `clusters`
 * unit centers C (k-means of the last `queue` batches of means, found anew once a queue), and h_a, h_b are networks back
 * to the inputs:
 *
 *     clusterWeight·mean_i −(log softmax(C·aᵢ/τ)_cᵢ + log softmax(C·bᵢ/τ)_cᵢ)/2
 *     reconstructionWeight·(MSE(h_a(aᵢ), xᵢ) + MSE(h_b(bᵢ), yᵢ))
 *
 * X n × d and Y n × e, row i of both about one thing; f and g into `dim` columns; τ is learned where the loss has one,
 * at least 1/100. A step costs O(b²·dim) beside the encoders, b the batch.
 *
 * @remarks Use it where pairs are many and both encoders may be trained; `align fit` gives a map between two spaces from
 * few pairs, and does so at once. With `otherEncoder` none the other side stays as it is, and the first learns to go
 * there; only then is `distance` safe: nothing in it keeps rows apart. Begin with `clip`. In the studies `m2` narrowed the
 * gap between the sides at no cost in recall (`geodesic-multi-modal-mixup`); `slap` halved it and found fewer partners than
 * `clip` at every batch (`slap`); `meru` put general texts nearer to the origin at two points of accuracy less (`meru`);
 * on scans that are linear in what was seen `distance` into a fixed side was best, and mixtures did not help (`mindeye`);
 * as many centers as there were meanings brought these half a point of precision closer where pairs were many, nothing sure
 * where they were few, and reconstruction took more away (`multimodal-clustering-networks-unlabeled-videos`). The embeddings of `slap` are the predictions q; `sharedRecallAt1` of its report is that of
 * a and b. In `meru` the other side is the more general one: put images first, texts into `others`. Embed either side with
 * `tammes embed MODEL FILE --side a` or `b`; in a program give `points` or `others`. Embeddings are unit rows; of `meru`
 * points of the hyperboloid of curvature −1, time first, with `radius`, their distance from its origin, beside them. The
 * report is of `heldOut` pairs, 2,000 at most: recall from the first side to the other and back, and the gap of the
 * centers. Rows that are equal in the other side are negatives of one another all the same; recall counts them as equally
 * near.
 * @example
 * import { matrix, Random } from 'tammes';
 * import { twoTowers } from 'tammes/learners';
 *
 * // The same three numbers, seen by two random cameras.
 * const random = Random.fromSeed(1);
 * const normal = (n: number) => Float32Array.from({ length: n }, () => random.normal());
 * const [things, first, second] = [normal(600), normal(18), normal(15)];
 * const seen = (by: Float32Array, d: number) => matrix(
 *   Float32Array.from({ length: 200 * d }, (_, e) => [0, 1, 2].reduce(
 *     (sum, k) => sum + things[3 * Math.floor(e / d) + k] * by[3 * (e % d) + k], 0)), 200, d);
 * const examples = { points: seen(first, 6), others: seen(second, 5) };
 * const { report } = await twoTowers(examples, { dim: 8, hidden: 32, steps: 200 });
 * console.log(report.recallAt10 > 0.9); // true
 * @function
 */
export const twoTowers = /* @__PURE__ */ defineLearner({
  id: 'two-towers',
  title: 'Two towers: one space for two kinds of rows',
  summary: 'Encoders of two descriptions of the same things into one space.',
  references: [
    cite(sources.clip, 'loss clip, the learned temperature'),
    cite(sources.sigLip, 'loss sigmoid'),
    cite(sources.vsePlusPlus, 'loss triplet'),
    cite(papers.geodesicMultiModalMixup, 'losses m2 and m3'),
    cite(papers.meru, 'loss meru: lifting, distances, cones'),
    cite(papers.mindeye, 'losses bi-mixco and soft-clip, and their order'),
    cite(papers.slap, 'loss slap'),
    cite(
      papers.multimodalClusteringNetworksUnlabeledVideos,
      'loss margin-softmax, centers of both sides, reconstruction',
    ),
    cite(sources.byol, 'moving averages as targets'),
  ],
  deviations: [
    'The temperature of `bi-mixco`, where it mixes, is learned; that of the paper is fixed.',
    '`slap` has one hidden layer of `hidden` columns in its predictors, without dropout, and no projector of its own.',
    '`m3` takes λ of all its mixtures from Beta(½, ½), and added terms keep their weight over the epochs.',
    'The offset of `sigmoid` stays −10.',
    '`margin-softmax` and its centers take cosines over a learned temperature; the paper products, and a margin at centers too.',
  ],
  options: {
    encoder: choice(ENCODERS, 'mlp', 'What embeds the vectors; cnn takes square images.'),
    otherEncoder: choice(
      OTHER_ENCODERS,
      'mlp',
      'What embeds the other side; none leaves its rows as they are, of unit length.',
    ),
    hidden: integer(256, 'Columns of the hidden layers of mlp, and of the predictors of slap.', {
      min: 1,
    }),
    dim: integer(64, 'Columns of the shared space.', { min: 2 }),
    loss: choice(LOSSES, 'clip', 'What draws pairs together and keeps others apart.'),
    temperature: number(0.07, 'Temperature of the cosines, to begin with.', {
      min: 0.01,
      max: 10,
      symbol: 'τ',
    }),
    learnTemperature: boolean(true, 'Whether the temperature is learned.'),
    margin: number(0.2, 'Margin of triplet and of margin-softmax, in cosines.', { min: 0, max: 2 }),
    softTemperature: number(0.0075, 'Temperature of soft-clip at the end; 8/15 of it at first.', {
      min: 0.001,
      max: 10,
    }),
    mixed: number(1 / 3, 'Share of the steps of bi-mixco that mix; soft-clip follows.', {
      min: 0,
      max: 1,
    }),
    mixWeight: number(0.01, 'Weight of the negatives on the arc of m2 and m3.', { min: 0 }),
    mixTemperature: number(0.07, 'Temperature of these negatives.', { min: 0.001, max: 10 }),
    neighborWeight: number(0.05, 'Weight of each other mixture of m3.', { min: 0 }),
    entailment: number(0.2, 'Weight of the cones of meru.', { min: 0 }),
    leastRadius: number(0.1, 'Radius of meru inside which cones are as wide as they get.', {
      min: 1e-6,
      max: 10,
    }),
    across: number(0.5, 'Share of slap that predicts the other side, not its own.', {
      min: 0,
      max: 1,
      symbol: 'w',
    }),
    decay: number(0.995, 'How much of the averages of slap a step keeps; 0: none.', {
      min: 0,
      max: 1,
    }),
    predictor: boolean(true, 'Whether slap predicts by a network of its own.'),
    clusterWeight: number(0, 'Weight of the nearest centers of both sides; 0: none.', { min: 0 }),
    clusters: integer(10, 'Centers.', { min: 2 }),
    queue: integer(20, 'Batches whose means are clustered, and steps until they are anew.', {
      min: 1,
    }),
    reconstructionWeight: number(0, 'Weight of the reconstruction of the inputs; 0: none.', {
      min: 0,
    }),
    heldOut: number(0.2, 'Share of the pairs that is kept to measure with.', { min: 0, max: 0.9 }),
  },
  needs: ['points', 'others'],
  encodes: ['points', 'others'],
  hasSides: true,
  settle(examples, options) {
    const [points, others] = given('two-towers', examples, ['points', 'others']);
    const { encoder, otherEncoder, hidden, dim, loss, temperature, predictor, seed } = options;
    const trained = requirePairs(points.rows, options);
    const remembered = requireTerms(trained, options);
    if (otherEncoder === 'none' && dim !== others.cols)
      throw new OptionError(
        'two-towers',
        'dim',
        `${others.cols}, the columns of the other side, where its encoder is none`,
        dim,
      );
    const scaling = otherEncoder === 'none' ? asItIs(others) : scalingOf(others);
    return {
      a: { encoder, inputs: points.cols, scaling: scalingOf(points) },
      b: { encoder: otherEncoder, inputs: others.cols, scaling },
      ...{ hidden, dim, loss, temperature, predictor, seed },
      clusters: remembered === 0 ? 0 : options.clusters,
      remembered,
      reconstructs: options.reconstructionWeight > 0,
      learnsTemperature: options.learnTemperature && SCALED.has(loss),
    };
  },
  build: (settings, { like }) => towersOf(settings, like),
  task(towers, examples, options, settings) {
    const [a, b] = given('two-towers', examples, ['points', 'others']);
    const { heldOut, seed } = options;
    const parts = split(a.rows, heldOut, seed);
    const size = Math.min(options.batch, parts.train.length);
    const draws = batches({ rows: parts.train.length, size, seed, remainder: 'drop' });
    return {
      rows: parts.train.length,
      batch: (step) => draws.at(step),
      movesWeights: towers.movesWeights,
      loss({ rows, ...step }) {
        const pairs = { a, b, rows: rows.map((place) => parts.train[place]), ...step };
        const { placed, ...found } = lossOfTowers(towers, pairs, options);
        return { ...found, spread: settings.loss === 'meru' ? normalizeRows(placed) : placed };
      },
      onStep({ step, values }) {
        towers.afterStep(options.decay);
        if (values['a']) towers.clustering?.push(values['a'], values['b'], step);
      },
      report: (workspace) =>
        towerReport(towers, { a, b }, parts.heldOut, settings, options.leastRadius, workspace),
    };
  },
  encode(towers, { points, others }, settings) {
    const side = others ? 'b' : 'a';
    const rows = (others ?? points) as Matrix;
    requireColumns('two-towers', rows, settings[side].inputs);
    const { curvature } = scalesOf(towers, settings.temperature);
    return {
      rows: rows.rows,
      cols: settings.dim,
      block: (from, to) => towers.embedded(side, towers.inputs(side, rows, rangeOf(from, to))),
      finish: curvature === undefined ? undefined : (placed) => onHyperboloid(placed, curvature),
    };
  },
});

/** Pairs to learn from; refuses steps of one, in which there is nothing to tell apart. */
function requirePairs(
  n: number,
  {
    batch,
    heldOut,
    seed,
  }: { readonly batch: number; readonly heldOut: number; readonly seed: number },
): number {
  const trained = split(n, heldOut, seed).train.length;
  if (trained < 2)
    throw new ShapeError('two-towers', 'two pairs or more to learn from', `${trained} of ${n}`);
  if (batch < 2) throw new OptionError('two-towers', 'batch', 'at least 2', batch);
  return trained;
}

interface TermOptions {
  readonly loss: (typeof LOSSES)[number];
  readonly batch: number;
  readonly clusterWeight: number;
  readonly clusters: number;
  readonly queue: number;
  readonly reconstructionWeight: number;
}

/** Rows to remember, 0 without centers; refuses terms where a loss has no unit rows of its pairs, and too few rows. */
function requireTerms(
  trained: number,
  { loss, batch, clusterWeight, clusters, queue, reconstructionWeight }: TermOptions,
): number {
  const terms = { clusterWeight, reconstructionWeight };
  for (const [name, weight] of Object.entries(terms)) {
    if (weight > 0 && (loss === 'meru' || loss === 'bi-mixco'))
      throw new OptionError(
        'two-towers',
        name,
        `0 with the loss ${loss}, which has no unit rows of its pairs at every step`,
        weight,
      );
  }
  if (clusterWeight === 0) return 0;
  const remembered = queue * Math.min(batch, trained);
  if (clusters > remembered)
    throw new OptionError(
      'two-towers',
      'clusters',
      `at most ${remembered}, the rows of the queue (queue × batch)`,
      clusters,
    );
  return remembered;
}

/** The scaling that changes nothing. */
function asItIs({ cols }: Matrix): Scaling {
  return { mean: Array.from({ length: cols }, () => 0), deviation: 1 };
}
