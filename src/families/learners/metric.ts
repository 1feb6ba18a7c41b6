import { ShapeError } from '../../core/errors.ts';
import type { Floats, Matrix } from '../../core/matrix.ts';
import {
  concat,
  constant,
  normalizeRows,
  objective,
  reshape,
  type Tensor,
} from '../../learning/index.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as papers from '../../method/bibliography/papers.ts';
import * as sources from '../../method/bibliography/sources.ts';
import { choice, integer, number } from '../../method/options.ts';
import { proxies, supCon, triplet } from '../objectives/index.ts';
import { defineLearner } from './define.ts';
import { balancedBatches } from './support/balanced-batches.ts';
import { splitByClass } from './support/class-split.ts';
import { numberedClasses } from './support/classes.ts';
import { contrastivePairs } from './support/contrastive-pairs.ts';
import { embeddedRows } from './support/embedded-rows.ts';
import { encoderOf, encoderOptions } from './support/encoders.ts';
import { given } from './support/given.ts';
import { rangeOf, requireColumns, scaledRows, scalingOf } from './support/inputs.ts';
import { verification } from './support/verification.ts';

const LOSSES = ['triplet', 'sup-con', 'proxies', 'contrastive'] as const;

/**
 * An encoder whose distances say whether two rows are of one class, for classes that it never saw as well.
 *
 *     minimise L(f(x₁)/‖f(x₁)‖, …, f(x_b)/‖f(x_b)‖; classes)
 *
 * X n × d; f the encoder, into `dim` columns; L the `triplet` loss with mined negatives, `sup-con`, `proxies`, or
 * `contrastive` pairs, over batches of `classesPerBatch` classes with equally many rows. With `previous`, embeddings of
 * the same rows by an earlier model, the batch stands beside its earlier embeddings, which stay: new vectors then
 * compare with old ones (harmonic triplets).
 *
 * @remarks `heldOut` of the classes are not trained on. The report is of them: `validationRate` at the
 * `falseAcceptRate`, `equalErrorRate` and `recallAt1`; of the rows that were trained on, with `heldOutClasses` 0, where
 * there are fewer than four classes. Embeddings are unit rows.
 * @example
 * import { matrix } from 'tammes';
 * import { metric } from 'tammes/learners';
 *
 * // Six classes in six columns; two of them are never seen in training.
 * const points = matrix(Float32Array.from({ length: 360 }, (_, e) =>
 *   (e % 6 === Math.floor(e / 6) % 6 ? 3 : 0) + Math.sin(e)), 60, 6);
 * const classes = Array.from({ length: 60 }, (_, i) => `class ${i % 6}`);
 * const { report } = await metric({ points, classes }, { dim: 6, steps: 40, heldOut: 0.3 });
 * console.log(report.heldOutClasses, report.recallAt1); // 2 1
 * @function
 */
export const metric = /* @__PURE__ */ defineLearner({
  id: 'metric',
  title: 'Metric learning: triplets, pairs and proxies',
  summary: 'An encoder whose distances tell one class from another, seen in training or not.',
  references: [
    cite(papers.facenetUnifiedEmbeddingFaceRecognition, 'triplets mined in the batch'),
    cite(sources.supervisedContrastiveLearning, 'loss sup-con'),
    cite(sources.proxyAnchorLoss, 'loss proxies'),
  ],
  options: {
    ...encoderOptions,
    dim: integer(64, 'Columns of the embedding.', { min: 2 }),
    loss: choice(LOSSES, 'triplet', 'What brings rows of a class together.'),
    mining: choice(
      ['semi-hard', 'hard', 'all', 'random'],
      'semi-hard',
      'Which negative goes with an anchor and a positive of the loss triplet.',
    ),
    margin: number(0.2, 'Margin of triplet, in squared distance.', { min: 0 }),
    pairMargin: number(1, 'Margin of contrastive, in distance.', { min: 0 }),
    temperature: number(0.1, 'Temperature of sup-con.', { min: 0.001 }),
    classesPerBatch: integer(16, 'Classes in a batch; all where there are fewer.', { min: 2 }),
    heldOut: number(0.2, 'Share of the classes that is kept to measure with.', {
      min: 0,
      max: 0.9,
    }),
    falseAcceptRate: number(0.01, 'Share of pairs of two classes that may pass as one.', {
      min: 0,
      max: 1,
    }),
  },
  needs: ['points', 'classes'],
  encodes: 'points',
  takesPrevious: true,
  settle(examples, { encoder, hidden, dim, seed }) {
    const [points] = given('metric', examples, ['points', 'classes']);
    return { scaling: scalingOf(points), inputs: points.cols, encoder, hidden, dim, seed };
  },
  build(settings, { like }) {
    const { seed } = settings;
    const features = encoderOf(settings, { seed, float64: like instanceof Float64Array });
    return { like, features, parameters: features.parameters };
  },
  task({ like, features }, examples, options, { scaling, dim }) {
    const [points, classes] = given('metric', examples, ['points', 'classes']);
    const { of, names } = numberedClasses('metric', classes, points.rows);
    const { heldOut, seed, falseAcceptRate } = options;
    const parts = splitByClass(of, names.length, heldOut, seed);
    const { previous } = examples;
    if (previous) requirePrevious(previous, points.rows, dim);
    const encoded = (rows: Int32Array) =>
      normalizeRows(features(scaledRows(points, rows, scaling, like)));
    const loss = lossOf(options);
    return {
      rows: parts.train.length,
      batch: balancedBatches('metric', parts.train, of, options),
      loss({ rows, random }) {
        const places = rows.map((row) => parts.train[row]);
        const own = places.map((row) => of[row]);
        const embedded = encoded(places);
        const spread = { spread: embedded, classes: own };
        if (!previous)
          return { loss: objective(embedded, loss, { random, classes: own }), ...spread };
        const both = beside(embedded, earlier(previous, places, like));
        const twice = Int32Array.of(...own, ...own);
        return { loss: objective(both, loss, { random, classes: twice }), ...spread };
      },
      async report(workspace) {
        const { heldOutClasses } = parts;
        const rows = heldOutClasses > 0 ? parts.heldOut : parts.train;
        const embedded = await embeddedRows(encoded, rows, dim, workspace);
        const own = rows.map((row) => of[row]);
        const found = verification(embedded, own, { falseAcceptRate, seed });
        const { validationRate, equalErrorRate, accuracy, recallAt1 } = found;
        return {
          ...{ validationRate, falseAcceptRate: found.falseAcceptRate, equalErrorRate },
          ...{ accuracy, recallAt1, heldOutClasses, rows: rows.length },
        };
      },
    };
  },
  encode({ like, features }, examples, { inputs, dim, scaling }) {
    const [points] = given('metric', examples, ['points']);
    requireColumns('metric', points, inputs);
    return {
      rows: points.rows,
      cols: dim,
      block: (a, b) => normalizeRows(features(scaledRows(points, rangeOf(a, b), scaling, like))),
    };
  },
});

interface LossOptions {
  readonly loss: (typeof LOSSES)[number];
  readonly mining: 'semi-hard' | 'hard' | 'all' | 'random';
  readonly margin: number;
  readonly pairMargin: number;
  readonly temperature: number;
}

function lossOf({ loss, mining, margin, pairMargin, temperature }: LossOptions) {
  switch (loss) {
    case 'triplet':
      return triplet.bind({ margin, mining });
    case 'sup-con':
      return supCon.bind({ temperature });
    case 'proxies':
      return proxies.bind();
    case 'contrastive':
      return contrastivePairs(pairMargin);
  }
}

function requirePrevious({ rows, cols }: Matrix, n: number, dim: number): void {
  if (rows === n && cols === dim) return;
  throw new ShapeError('metric', `${n} × ${dim} previous embeddings`, `${rows} × ${cols}`);
}

/** The earlier embeddings of some rows, as they are. */
function earlier({ data, cols: d }: Matrix, places: Int32Array, like: Floats): Tensor {
  const out = new (like.constructor as new (n: number) => Floats)(places.length * d);
  places.forEach((row, i) => {
    out.set(data.subarray(row * d, (row + 1) * d), i * d);
  });
  return constant(out, [places.length, d]);
}

/** n × d above n × d: 2n × d. */
function beside(x: Tensor, y: Tensor): Tensor {
  const [n, d] = x.shape;
  const flat = (part: Tensor) => reshape(part, [1, n * d]);
  return reshape(concat(flat(x), flat(y)), [2 * n, d]);
}
