import { OptionError } from '../../core/errors.ts';
import { gathered } from '../../core/matrix.ts';
import {
  batches,
  mlp,
  normalizeRows,
  sliceRows,
  twoViews as viewsOf,
} from '../../learning/index.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as papers from '../../method/bibliography/papers.ts';
import * as sources from '../../method/bibliography/sources.ts';
import { boolean, choice, integer, number } from '../../method/options.ts';
import { defineLearner } from './define.ts';
import { ENCODERS, encoderOf } from './support/encoders.ts';
import { given } from './support/given.ts';
import { rangeOf, requireColumns, scaledRows, scalingOf } from './support/inputs.ts';
import { AGAINST, recipeOf } from './support/menu.ts';
import { spreadOfRows } from './support/spread-of-rows.ts';
import { lossOfViews } from './support/two-view-loss.ts';
import { viewOf } from './support/views.ts';

/**
 * Learns without labels: two random views of a row are to get near embeddings, and an objective keeps all of them from
 * becoming one.
 *
 *     z = g(f(view(x))),   minimise a·mean_i dist(zᵢ, z_p(i)) + w·against(Z)
 *
 * X n × d; f the encoder, into `dim` columns, g the projector, an mlp dim–projected–projected; p(i) the other view of
 * the same row. dist is ‖·‖² of unit rows where the objective lies on the sphere, the mean squared difference where it
 * does not; `variance-covariance`, `cross-correlation` and `nt-xent` draw views together themselves. Options are factors
 * on the usual weights a and w. With `predictor`, an mlp h predicts the other view of which no gradient comes back:
 * mean_i ‖h(zᵢ) − stop(z_p(i))‖².
 *
 * @remarks The views say what is to be forgotten: windows and shifts for images, masks and noise for rows of numbers.
 * `none` is the baseline that collapses; `spread` of the report is √(1 − ‖mean unit row‖²) of the projector's rows, 0
 * where all point the same way; ask `rankme` and `effective-rank` whether they still fill many directions. An objective
 * in `spread` of the run acts on the features, as unit rows, of the first views, beside all this. What `embed` gives
 * are the features, before the projector, unless `embeds` says otherwise: they keep more of what the views differ in.
 * In the study `keep-your-distance-collapse` `coding-rate-reduction` and `koleo` kept the most directions and had the
 * best linear probes.
 * @example
 * import { Random, zeros } from 'tammes';
 * import { twoViews } from 'tammes/learners';
 *
 * const points = zeros(64, 8);
 * const random = Random.fromSeed(1);
 * points.data.forEach((_, e) => (points.data[e] = random.normal()));
 * const options = { steps: 100, batch: 32, dim: 8, hidden: 16, projected: 8, masked: 0.2 };
 * const kept = await twoViews({ points }, options);
 * const lost = await twoViews({ points }, { ...options, against: 'none' });
 * console.log(kept.report.spread > lost.report.spread); // true
 * @function
 */
export const twoViews = /* @__PURE__ */ defineLearner({
  id: 'two-views',
  title: 'Self-supervision by two views',
  summary: 'An encoder for which two views of a row are near, and the rows spread.',
  references: [
    cite(sources.vicreg, 'variance, invariance, covariance'),
    cite(sources.barlowTwins, 'cross-correlation of the views'),
    cite(sources.simClr, 'the projector; NT-Xent'),
    cite(sources.simSiam, 'the predictor and the stopped gradient'),
    cite(sources.alignmentAndUniformity, 'alignment with uniformity'),
    cite(papers.tRegs, 'the tree, with the weights 0.2 and 0.0008'),
    cite(papers.ldreg, 'local dimension of the features beside another objective'),
  ],
  deviations: [
    'The projector has no batch normalization; beside `t-regs` and `effective-entropy` views weigh a tenth as much.',
    'With `predictor` the other view comes from the same network as it is, not from a moving average.',
  ],
  options: {
    encoder: choice(ENCODERS, 'mlp', 'What turns a row into features; cnn takes square images.'),
    hidden: integer(256, 'Columns of the hidden layer of mlp.', { min: 1 }),
    dim: integer(64, 'Columns of the features.', { min: 2 }),
    projected: integer(64, 'Columns of the projector, and of its hidden layer.', { min: 2 }),
    embeds: choice(
      ['features', 'projected'],
      'features',
      'What embeddings are: the rows before the projector, or after it.',
    ),
    against: choice(AGAINST, 'variance-covariance', 'What keeps rows from falling together.'),
    againstWeight: number(1, 'Factor on the weight of that objective.', { min: 0 }),
    alignment: number(1, 'Factor on the weight of the distance of the views.', { min: 0 }),
    predictor: boolean(
      false,
      'Whether one view is predicted from the other, of which no gradient comes back.',
    ),
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
  },
  needs: ['points'],
  encodes: 'points',
  settle(examples, options) {
    const [points] = given('two-views', examples, ['points']);
    const { encoder, hidden, dim, projected, embeds, predictor, against, batch, seed } = options;
    if (Math.min(batch, points.rows) < 2)
      throw new OptionError('two-views', 'batch', 'at least 2, of two examples or more', batch);
    if (predictor && recipeOf(against).isPaired)
      throw new OptionError(
        'two-views',
        'predictor',
        `false beside "${against}", which draws the views together itself`,
        predictor,
      );
    return {
      scaling: scalingOf(points),
      inputs: points.cols,
      ...{ encoder, hidden, dim, projected, embeds, predictor, seed },
    };
  },
  build(settings, { like }) {
    const { seed, dim, projected, embeds } = settings;
    const context = { seed, float64: like instanceof Float64Array };
    const features = encoderOf(settings, context);
    const projector = mlp({ ...context, name: 'projector', sizes: [dim, projected, projected] });
    const predictor = settings.predictor
      ? mlp({ ...context, name: 'predictor', sizes: [projected, projected, projected] })
      : undefined;
    return {
      like,
      features,
      projector,
      predictor,
      cols: embeds === 'projected' ? projected : dim,
      parameters: [features, projector, ...(predictor ? [predictor] : [])].flatMap(
        ({ parameters }) => parameters,
      ),
    };
  },
  task({ like, features, projector, predictor }, examples, options, { scaling, inputs }) {
    const [points] = given('two-views', examples, ['points']);
    const { seed, batch } = options;
    const view = viewOf('two-views', options, inputs, scaling);
    const size = Math.min(batch, points.rows);
    const draws = batches({ rows: points.rows, size, seed, remainder: 'drop' });
    const encoded = (places: ArrayLike<number>) =>
      features(scaledRows(points, places, scaling, like));
    return {
      rows: points.rows,
      batch: (step) => draws.at(step),
      loss({ rows, random }) {
        const pair = viewsOf(gathered(points, rows), view, random.fork('views'));
        const both = features(scaledRows(pair.points, rangeOf(0, 2 * size), scaling, like));
        const { loss, report } = lossOfViews(
          { rows: projector(both), partners: pair.partners, predictor, random },
          options,
        );
        return { loss, report, spread: normalizeRows(sliceRows(both, 0, size)) };
      },
      report: (workspace) =>
        spreadOfRows((places) => projector(encoded(places)), points.rows, workspace),
    };
  },
  encode({ like, features, projector, cols }, examples, { inputs, scaling, embeds }) {
    const [points] = given('two-views', examples, ['points']);
    requireColumns('two-views', points, inputs);
    const encoded = (a: number, b: number) =>
      features(scaledRows(points, rangeOf(a, b), scaling, like));
    return {
      rows: points.rows,
      cols,
      block: (a, b) => (embeds === 'projected' ? projector(encoded(a, b)) : encoded(a, b)),
    };
  },
});
