import { InputError, OptionError } from '../../core/errors.ts';
import type { Random } from '../../core/random.ts';
import {
  add,
  constant,
  crossEntropy,
  linear,
  normalizeRows,
  scale,
  segmentMean,
  sliceRows,
  type Tensor,
} from '../../learning/index.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as papers from '../../method/bibliography/papers.ts';
import { integer, number } from '../../method/options.ts';
import { defineLearner } from './define.ts';
import { contrastiveCertificate } from './support/certificate.ts';
import { numberedClasses } from './support/classes.ts';
import { embeddedRows } from './support/embedded-rows.ts';
import { encoderOf, encoderOptions } from './support/encoders.ts';
import { given } from './support/given.ts';
import { split } from './support/held-out.ts';
import { rangeOf, requireColumns, scaledRows, scalingOf } from './support/inputs.ts';

/** Far below every product, and finite. */
const NEVER = -1e4;

/**
 * An encoder from pairs that belong together: a row is to be nearer to rows of its hidden class than to rows drawn at
 * random.
 *
 *     minimise mean_i log₂(1 + Σ_j exp(f(xᵢ)ᵀ(m_j − m⁺ᵢ))),   m⁺ᵢ = mean of b rows of the class of xᵢ
 *
 * X n × d; f the encoder, into `dim` columns of length `radius`; m_j are the means of k other blocks of the batch, each
 * of the class of another row drawn at random, so that some are of the class of xᵢ. b is `blocks`, k `negatives`.
 * Classes say which rows belong together, and nothing else.
 *
 * @remarks Blocks of several rows make a better target (CURL); many negatives with few classes are mostly collisions. The
 * report has the certificate of Arora et al. on `heldOut` of the rows: `meanClassifierLoss` is at most `bound`.
 * @example
 * import { matrix } from 'tammes';
 * import { contrastive } from 'tammes/learners';
 *
 * const points = matrix(Float32Array.from({ length: 240 }, (_, e) =>
 *   (e % 3 === Math.floor(e / 3) % 3 ? 3 : 0) + Math.sin(e)), 80, 3);
 * const classes = Array.from({ length: 80 }, (_, i) => `class ${i % 3}`);
 * const { report } = await contrastive({ points, classes }, { dim: 3, steps: 50, batch: 32 });
 * console.log(report.meanClassifierLoss.toFixed(3), report.bound.toFixed(3)); // 0.000 0.000
 * @function
 */
export const contrastive = /* @__PURE__ */ defineLearner({
  id: 'contrastive',
  title: 'Contrastive pairs of hidden classes (CURL)',
  summary: 'An encoder from pairs that belong together, with a certificate for classes.',
  references: [
    cite(
      papers.theoreticalAnalysisContrastiveUnsupervisedRepresentation,
      'logistic loss, k negatives, blocks',
    ),
  ],
  deviations: [
    'Negatives are blocks of the other rows of the batch, where the paper draws them for each row.',
    'Rows have one length; the paper bounds it.',
  ],
  options: {
    ...encoderOptions,
    dim: integer(64, 'Columns of the embedding.', { min: 2 }),
    radius: number(3, 'Length of the embedded rows.', { min: 0.01, symbol: 'R' }),
    negatives: integer(1, 'Negatives of each row.', { min: 1, symbol: 'k' }),
    blocks: integer(1, 'Rows whose mean makes a positive, and a negative.', {
      min: 1,
      symbol: 'b',
    }),
    heldOut: number(0.2, 'Share of the rows that is kept for the certificate.', {
      min: 0,
      max: 0.9,
    }),
  },
  needs: ['points', 'classes'],
  encodes: 'points',
  settle(examples, { encoder, hidden, dim, radius, seed }) {
    const [points] = given('contrastive', examples, ['points', 'classes']);
    return { scaling: scalingOf(points), inputs: points.cols, encoder, hidden, dim, radius, seed };
  },
  build(settings, { like }) {
    const { seed, radius } = settings;
    const features = encoderOf(settings, { seed, float64: like instanceof Float64Array });
    const embed = (x: Tensor) => scale(normalizeRows(features(x)), radius);
    return { like, embed, parameters: features.parameters };
  },
  task({ like, embed }, examples, options, { scaling, dim }) {
    const [points, classes] = given('contrastive', examples, ['points', 'classes']);
    const { of } = numberedClasses('contrastive', classes, points.rows);
    const { heldOut, seed, negatives, blocks } = options;
    const parts = split(points.rows, heldOut, seed);
    const own = parts.train.map((row) => of[row]);
    const size = Math.min(options.batch, parts.train.length);
    if (negatives >= size)
      throw new OptionError(
        'contrastive',
        'negatives',
        `at most the ${size - 1} other rows of a batch`,
        negatives,
      );
    const encoded = (rows: Int32Array) => embed(scaledRows(points, rows, scaling, like));
    return {
      rows: parts.train.length,
      batch: blockDraws(own, size, blocks),
      loss({ rows }) {
        const embedded = encoded(rows.map((place) => parts.train[place]));
        const anchors = sliceRows(embedded, 0, size);
        const places = rangeOf(0, size * blocks).map((e) => Math.floor(e / blocks));
        const positives = sliceRows(embedded, size, size * (1 + blocks));
        const means = segmentMean(positives, places, size);
        const products = add(linear(anchors, means), others(size, negatives, like));
        const loss = scale(crossEntropy(products, rangeOf(0, size)), 1 / Math.LN2);
        return { loss, spread: scale(anchors, 1 / options.radius) };
      },
      async report(workspace) {
        const rows = comparable(parts.heldOut, of);
        if (rows.length === 0) return {};
        const embedded = await embeddedRows(encoded, rows, dim, workspace);
        const found = contrastiveCertificate(
          embedded,
          rows.map((row) => of[row]),
          { loss: 'hinge' },
        );
        return { ...found, heldOut: rows.length };
      },
    };
  },
  encode({ like, embed }, examples, { inputs, dim, scaling }) {
    const [points] = given('contrastive', examples, ['points']);
    requireColumns('contrastive', points, inputs);
    return {
      rows: points.rows,
      cols: dim,
      block: (a, b) => embed(scaledRows(points, rangeOf(a, b), scaling, like)),
    };
  },
});

/** n rows, and then for each a block of b others of its class; rows alone in their class are not drawn. */
function blockDraws(classes: Int32Array, n: number, b: number) {
  const members = new Map<number, number[]>();
  classes.forEach((c, place) => {
    const known = members.get(c);
    if (known) known.push(place);
    else members.set(c, [place]);
  });
  const several = Int32Array.from(classes.keys()).filter(
    (place) => (members.get(classes[place])?.length ?? 0) > 1,
  );
  if (several.length === 0)
    throw new InputError('contrastive', 'each class has one row; expected a class of at least 2.');
  return (_: number, random: Random): Int32Array => {
    const rows = new Int32Array(n * (1 + b));
    for (let i = 0; i < n; i++) {
      rows[i] = several[random.integer(several.length)];
      const group = members.get(classes[rows[i]]) ?? [];
      for (let k = 0; k < b; k++) {
        let other = rows[i];
        while (other === rows[i]) other = group[random.integer(group.length)];
        rows[n + i * b + k] = other;
      }
    }
    return rows;
  };
}

/** What is added to the products of n rows with n blocks: 0 for its own block and the k after it, round about. */
function others(n: number, k: number, like: { constructor: unknown }): Tensor {
  const out = new (like.constructor as typeof Float32Array)(n * n).fill(NEVER);
  for (let i = 0; i < n; i++)
    for (let step = 0; step <= k; step++) out[i * n + ((i + step) % n)] = 0;
  return constant(out, [n, n]);
}

/** Rows whose class has another of them; none where they are of fewer than two classes. */
function comparable(rows: Int32Array, classes: Int32Array): Int32Array {
  const counts = new Map<number, number>();
  for (const row of rows) counts.set(classes[row], (counts.get(classes[row]) ?? 0) + 1);
  const kept = rows.filter((row) => (counts.get(classes[row]) ?? 0) > 1);
  return new Set(kept.map((row) => classes[row])).size < 2 ? new Int32Array(0) : kept;
}
