import { gathered } from '../../core/matrix.ts';
import { normalizeRows } from '../../learning/index.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as papers from '../../method/bibliography/papers.ts';
import { choice } from '../../method/options.ts';
import { defineLearner } from './define.ts';
import { numberedClasses, placesOf, requireEvery } from './support/classes.ts';
import {
  classificationOptions,
  classificationTask,
  settledClasses,
} from './support/classification.ts';
import { encoderOf, encoderOptions } from './support/encoders.ts';
import { given } from './support/given.ts';
import { headOf, movesDirections, requireHead } from './support/heads.ts';
import { split } from './support/held-out.ts';
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
 * version to version: train a first version with `reserve`, a later one with the run option `codes`, and their
 * embeddings compare. Columns are centered and scaled by one number. `heldOut` of the rows are not trained on;
 * `accuracy` is of those. `validation` of the others say when to stop (`patience`), and are not trained on either.
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
    ...encoderOptions,
    ...classificationOptions,
    spreadOn: choice(['classes', 'features'], 'classes', 'What the dispersion objective spreads.'),
  },
  needs: ['points', 'classes'],
  encodes: 'points',
  takesCodes: true,
  async settle(examples, options, context) {
    const [points, classes] = given('classifier', examples, ['points', 'classes']);
    const { names } = numberedClasses('classifier', classes, points.rows);
    const { encoder, hidden, seed } = options;
    const { codes, spread } = context;
    requireHead('classifier', options, spread !== undefined);
    const { train } = split(points.rows, options.heldOut, seed);
    const known = gathered(points, train);
    const meanings = (places: readonly string[]) => {
      const of = placesOf(classes, places);
      const own = train.map((row) => of[row]);
      requireEvery('classifier', places, own);
      return meansOfClasses(known, own, places.length);
    };
    return {
      scaling: scalingOf(known),
      inputs: points.cols,
      ...{ encoder, hidden, seed },
      ...(await settledClasses('classifier', { names, codes, meanings }, options, context)),
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
  task({ like, features, head }, examples, options, { classes: known, places, scaling }) {
    const [points, classes] = given('classifier', examples, ['points', 'classes']);
    return classificationTask(
      {
        where: 'classifier',
        encoded: (rows) => features(scaledRows(points, rows, scaling, like)),
        head,
        of: placesOf(classes, known),
        places,
        spread: (embedded) =>
          options.spreadOn === 'classes'
            ? { spread: movesDirections(options.head) ? head.directions : undefined }
            : { spread: normalizeRows(embedded), isByExample: true },
      },
      options,
    );
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
