import { gathered, matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { dense, layer, normalizeRows, relu, type Tensor, twoViews } from '../../learning/index.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as papers from '../../method/bibliography/papers.ts';
import { choice, integer, number } from '../../method/options.ts';
import { agreementOf } from '../../numerics/statistics/partitions.ts';
import { defineLearner } from './define.ts';
import { numberedClasses } from './support/classes.ts';
import { clusterLoss, membershipOf, startLoss } from './support/cluster-losses.ts';
import { clustersByCenters, findCenters, similarities } from './support/clusters.ts';
import { ENCODERS, encoderOf } from './support/encoders.ts';
import { given } from './support/given.ts';
import { rangeOf, requireColumns, scaledRows, scalingOf } from './support/inputs.ts';
import { viewOf } from './support/views.ts';

/**
 * Finds clusters and features in which each cluster has a subspace of its own, at once (MLC).
 *
 *     first   maximise  R(Z̄) + λ·mean ⟨zᵢ, z′ᵢ⟩,   Z̄ = (Z + Z′)/2,   R(Z) = ½ ln det(I + d/(n ε²) ZᵀZ)
 *     then    maximise  R(Z̄) − Σⱼ (tⱼ/n)·½ ln det(I + d/(tⱼ ε²) Σᵢ Γ̄ᵢⱼ z̄ᵢz̄ᵢᵀ) + λ·mean ⟨zᵢ, z′ᵢ⟩
 *
 * Z and Z′ n × `dim`, unit features of two views of the batch; Γ n × n doubly stochastic, nearest to C·Cᵀ of the unit rows C
 * of a second head, with entropy η, averaged over the views; tⱼ its column sums, 1. The second head begins as a copy of the
 * first. With `softmax` the second head gives shares in `clusters` clusters instead, n × k, and begins at random.
 *
 * @remarks The first `warmup` of the steps are of the first kind. In the end Γ of up to 1,000 rows is cut into `clusters` by
 * spectral clustering; a row belongs to the cluster whose mean direction of C is nearest. `embed` gives the features, or with
 * `embeds: 'clusters'` a number for each cluster, the largest for its own. Without views that keep what
 * matters and change what does not, clusters follow whatever varies most. A step costs a Cholesky factor of d³/3 for each
 * row of the batch: keep `dim` and `batch` small. Classes of the examples, where there are any, are not learned from: they
 * give `accuracy` (after the best matching) and `mutualInformation` (normalized) of the clusters.
 * @example
 * import { matrix } from 'tammes';
 * import { clusters } from 'tammes/learners';
 *
 * // Rows along two lines.
 * const data = Float32Array.from({ length: 160 }, (_, e) => (e % 2 === (e >> 1) % 2 ? 1 + (e % 7) : 0));
 * const points = matrix(data, 80, 2);
 * const { report } = await clusters({ points }, { clusters: 2, dim: 4, steps: 20, batch: 40 });
 * console.log(report.clusters); // 2
 * @function
 */
export const clusters = /* @__PURE__ */ defineLearner({
  id: 'clusters',
  title: 'Manifold linearizing and clustering (MLC)',
  summary: 'Clusters, and features in which each fills a subspace of its own.',
  references: [
    cite(
      papers.unsupervisedManifoldLinearizingAndClustering,
      'the objective (4), the doubly stochastic membership, the start',
    ),
  ],
  deviations: [
    'The cosine of the views stays in the loss to the end, without its absolute value.',
    'The batch of a step is small, and so is its Γ; the paper takes 1,024 rows.',
  ],
  options: {
    encoder: choice(ENCODERS, 'mlp', 'What both heads stand on; cnn takes square images.'),
    hidden: integer(256, 'Columns of the hidden layer of mlp, and of what it gives the heads.', {
      min: 1,
    }),
    dim: integer(32, 'Columns of the features.', { min: 2 }),
    clusters: integer(10, 'How many clusters there are.', { min: 2, symbol: 'k' }),
    membership: choice(
      ['doubly-stochastic', 'softmax'],
      'doubly-stochastic',
      'How rows share clusters: with one another, or a number for each cluster.',
    ),
    entropy: number(0.175, 'Weight of the entropy of Γ.', { min: 0.01, max: 100, symbol: 'η' }),
    distortion: number(0.5, 'Squared error of the code.', { min: 1e-6, max: 1e6, symbol: 'ε²' }),
    similarity: number(10, 'Weight of the cosine of the two views.', { min: 0, symbol: 'λ' }),
    warmup: number(0.5, 'Share of the steps that learn features without clusters.', {
      min: 0,
      max: 1,
    }),
    crop: number(1, 'Least side of a random window of a square image, as a share of it; 1: none.', {
      min: 0.1,
      max: 1,
    }),
    shift: integer(0, 'Pixels by which a square image moves at most.', { min: 0 }),
    masked: number(0.1, 'Share of the columns of a view that are set to their mean.', {
      min: 0,
      max: 0.99,
    }),
    noise: number(0.1, 'Deviation of the noise of a view, in that of the rows.', { min: 0 }),
    embeds: choice(['features', 'clusters'], 'features', 'What embeddings are.'),
  },
  needs: ['points'],
  encodes: 'points',
  settle(examples, options) {
    const [points] = given('clusters', examples, ['points']);
    const { encoder, hidden, dim, clusters: k, membership, embeds, seed } = options;
    const scaling = scalingOf(points);
    return { scaling, inputs: points.cols, encoder, hidden, dim, k, membership, embeds, seed };
  },
  build({ encoder, inputs, hidden, dim, k, membership, seed }, { like }) {
    const context = { seed, float64: like instanceof Float64Array };
    const trunk = encoderOf({ encoder, inputs, hidden, dim: hidden }, context);
    const own = dense({ ...context, name: 'features', inputs: hidden, outputs: dim });
    const outputs = membership === 'softmax' ? k : dim;
    const shares = dense({ ...context, name: 'clusters', inputs: hidden, outputs });
    const centers = new (context.float64 ? Float64Array : Float32Array)(k * dim);
    return {
      like,
      trunk: layer(trunk.parameters, (x: Tensor) => relu(trunk(x))),
      features: layer(own.parameters, (h: Tensor) => normalizeRows(own(h))),
      shares,
      centers,
      parameters: [...trunk.parameters, ...own.parameters, ...shares.parameters],
      also: { clusters: { centers } },
    };
  },
  task(network, examples, options, settings) {
    const [points] = given('clusters', examples, ['points']);
    const { like, trunk, features, shares, centers } = network;
    const { steps, epochs, batch, warmup, seed } = options;
    const size = Math.min(batch, points.rows);
    const whole = steps > 0 ? steps : Math.max(1, Math.round((epochs * points.rows) / size));
    const first = Math.round(warmup * whole);
    const view = viewOf('clusters', options, points.cols, settings.scaling);
    const scaled = (rows: Int32Array) => scaledRows(points, rows, settings.scaling, like);
    return {
      rows: points.rows,
      movesWeights:
        options.membership === 'softmax'
          ? undefined
          : 'the head of the clusters is set anew after the warm-up (not with membership "softmax")',
      loss({ rows, step, random }) {
        const { points: pair } = twoViews(gathered(points, rows), view, random.fork('views'));
        const h = trunk(scaledRows(pair, rangeOf(0, pair.rows), settings.scaling, like));
        const z = features(h);
        if (step <= first) return startLoss(z, options);
        return clusterLoss(z, membershipOf(shares(h), options), options);
      },
      onStep({ step }) {
        if (step !== first || options.membership === 'softmax') return;
        const heads = [features.parameters, shares.parameters];
        heads[1].forEach((one, i) => {
          one.data.set(heads[0][i].data);
        });
      },
      async report(workspace) {
        const rowsOf = (rows: Int32Array) => shares(trunk(scaled(rows)));
        const random = Random.fromSeed(seed).fork('centers');
        if (options.membership === 'doubly-stochastic')
          centers.set(
            await findCenters(
              rowsOf,
              points.rows,
              { ...options, k: settings.k },
              random,
              workspace,
            ),
          );
        const places = matrix(centers, settings.k, settings.dim);
        const found = await clustersByCenters(
          (rows) => similarities(rowsOf(rows), places, options.membership),
          points.rows,
          settings.k,
          workspace,
        );
        const count = new Set(found).size;
        if (!examples.classes) return { clusters: count };
        const { of } = numberedClasses('clusters', examples.classes, points.rows);
        return { clusters: count, ...agreementOf(found, of) };
      },
    };
  },
  encode({ like, trunk, features, shares, centers }, examples, settings) {
    const [points] = given('clusters', examples, ['points']);
    const { inputs, dim, k, embeds, membership, scaling } = settings;
    requireColumns('clusters', points, inputs);
    const cols = embeds === 'features' ? dim : k;
    return {
      rows: points.rows,
      cols,
      block(a, b) {
        const h = trunk(scaledRows(points, rangeOf(a, b), scaling, like));
        if (embeds === 'features') return features(h);
        return similarities(shares(h), matrix(centers, k, dim), membership);
      },
    };
  },
});
