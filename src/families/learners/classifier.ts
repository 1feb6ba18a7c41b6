import { gathered } from '../../core/matrix.ts';
import { crossEntropy, normalizeRows, type Workspace } from '../../learning/index.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as papers from '../../method/bibliography/papers.ts';
import { choice, integer, number } from '../../method/options.ts';
import { defineLearner } from './define.ts';
import { classVectors } from './support/class-vectors.ts';
import { numberedClasses, requireEvery } from './support/classes.ts';
import { ENCODERS, encoderOf } from './support/encoders.ts';
import { given } from './support/given.ts';
import { HEADS, headOf, isFixed, movesDirections, requireHead } from './support/heads.ts';
import { shareRight, split } from './support/held-out.ts';
import {
  meansOfClasses,
  rangeOf,
  requireColumns,
  scaledRows,
  scalingOf,
} from './support/inputs.ts';

/**
 * A classifier whose features are the embedding: encoder, then a head of one vector a class.
 *
 *     minimise mean_i −log softmax(s·⟨f(xᵢ)/‖f(xᵢ)‖, p_c⟩)_{yᵢ} + w·dispersion(…)
 *
 * X n × d; f the encoder, into `dim` columns; p_c the unit vector of class c: learned on the sphere (`prototypes`),
 * from a code that stays (`tammes`, `simplex`, `equiangular`, `one-hot`, `random`, `affinity`, `assigned`), spread by
 * the objective of `spread` before training and then left (`dispersed`), or the rows of an ordinary linear layer
 * (`softmax`); `subspaces` gives every class a subspace. Otherwise the objective of `spread` keeps the vectors of the
 * classes apart while they are learned, or the features of the batch.
 *
 * @remarks Fixed heads have nothing to learn but the features, take classes to come (`reserve`) and stay the same from
 * version to version. Columns are centered and scaled by one number. `heldOut` of the rows are not trained on;
 * `accuracy` is of those.
 * @example
 * import { matrix } from 'tammes';
 * import { classifier } from 'tammes/learners';
 *
 * // Two rows of numbers that differ in sign.
 * const points = matrix(Float32Array.from({ length: 80 }, (_, i) => (i % 4 < 2 ? 1 : -1) + i / 100), 40, 2);
 * const classes = Array.from({ length: 40 }, (_, i) => (i % 2 ? 'minus' : 'plus'));
 * const { report } = await classifier({ points, classes }, { dim: 2, steps: 50, heldOut: 0.2 });
 * console.log(report.accuracy); // 1
 * @function
 */
export const classifier = /* @__PURE__ */ defineLearner({
  id: 'classifier',
  title: 'Classifier with class vectors on the sphere',
  summary: 'An encoder and one vector a class, learned, spread or fixed.',
  references: [
    cite(papers.keepYourDistance, 'prototypes of classes'),
    cite(papers.equiangularBasisVectors, 'fixed class vectors, logits of cosines'),
    cite(
      papers.beyondOneHotLowerDimensionalTargetEmbedding,
      'fixed codes in place of one-hot targets',
    ),
    cite(
      papers.coresCompatibleRepresentationsViaStationarity,
      'fixed simplex with reserved places',
    ),
    cite(papers.grassmannClassRepresentation, 'a subspace for each class'),
  ],
  options: {
    encoder: choice(
      ENCODERS,
      'mlp',
      'What turns a row into its embedding; cnn takes square images.',
    ),
    hidden: integer(256, 'Columns of the hidden layer of mlp.', { min: 1 }),
    dim: integer(64, 'Columns of the embedding.', { min: 2 }),
    head: choice(HEADS, 'prototypes', 'The vectors of the classes.'),
    scale: number(16, 'What cosines are multiplied by.', { min: 0, symbol: 's' }),
    subspace: integer(4, 'Dimensions of each subspace of the head subspaces.', { min: 1 }),
    reserve: integer(0, 'Places of a fixed head for classes to come.', { min: 0 }),
    smoothing: number(0, 'Label smoothing.', { min: 0, max: 0.999 }),
    spreadOn: choice(['classes', 'features'], 'classes', 'What the dispersion objective spreads.'),
    heldOut: number(0.1, 'Share of the rows that is kept to measure the accuracy.', {
      min: 0,
      max: 0.9,
    }),
  },
  needs: ['points', 'classes'],
  encodes: 'points',
  async settle(examples, options, { random, run, spread }) {
    const [points, classes] = given('classifier', examples, ['points', 'classes']);
    const { names, of } = numberedClasses('classifier', classes, points.rows);
    const { encoder, hidden, dim, head, scale, subspace, reserve, seed } = options;
    requireHead(options, spread !== undefined);
    const places = names.length + (isFixed(head) ? reserve : 0);
    const { train } = split(points.rows, options.heldOut, seed);
    const known = gathered(points, train);
    const meanings = () => {
      const own = train.map((row) => of[row]);
      requireEvery('classifier', names, own);
      return meansOfClasses(known, own, names.length);
    };
    const vectors = isFixed(head)
      ? await classVectors('classifier', { code: head, places, dim, meanings, spread }, random, run)
      : undefined;
    return {
      classes: names,
      scaling: scalingOf(known),
      inputs: points.cols,
      ...{ encoder, hidden, dim, head, places, scale, subspace, seed },
      vectors: Array.from(vectors?.data ?? [], Math.fround),
    };
  },
  build(settings, { like }) {
    const context = { seed: settings.seed, float64: like instanceof Float64Array };
    const features = encoderOf(settings, context);
    const head = headOf(settings, context);
    return {
      like,
      features,
      head,
      parameters: [...features.parameters, ...head.logits.parameters],
    };
  },
  task({ like, features, head }, examples, { smoothing, heldOut, spreadOn, seed }, settings) {
    const [points, classes] = given('classifier', examples, ['points', 'classes']);
    const { of } = numberedClasses('classifier', classes, points.rows);
    const parts = split(points.rows, heldOut, seed);
    const encoded = (rows: ArrayLike<number>) =>
      features(scaledRows(points, rows, settings.scaling, like));
    const accuracy = (rows: Int32Array, workspace: Workspace) =>
      shareRight((part) => head.logits(encoded(part)), rows, of, workspace);
    return {
      rows: parts.train.length,
      loss({ rows }) {
        const places = rows.map((row) => parts.train[row]);
        const embedded = encoded(places);
        const own = places.map((row) => of[row]);
        const directions = movesDirections(settings.head) ? head.directions : undefined;
        const spread = spreadOn === 'classes' ? directions : normalizeRows(embedded);
        return {
          loss: crossEntropy(head.logits(embedded), own, { smoothing }),
          spread,
          classes: spreadOn === 'classes' ? undefined : own,
        };
      },
      async report(workspace) {
        const trainAccuracy = await accuracy(parts.train, workspace);
        if (parts.heldOut.length === 0) return { trainAccuracy };
        const counts = new Int32Array(settings.places);
        for (const row of parts.heldOut) counts[of[row]] += 1;
        return {
          accuracy: await accuracy(parts.heldOut, workspace),
          majority: Math.max(...counts) / parts.heldOut.length,
          trainAccuracy,
          heldOut: parts.heldOut.length,
        };
      },
    };
  },
  encode({ like, features }, examples, settings) {
    const [points] = given('classifier', examples, ['points']);
    requireColumns('classifier', points, settings.inputs);
    return {
      rows: points.rows,
      cols: settings.dim,
      block: (a, b) => features(scaledRows(points, rangeOf(a, b), settings.scaling, like)),
    };
  },
});
