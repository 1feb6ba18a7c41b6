import { ShapeError } from '../../core/errors.ts';
import type { Matrix } from '../../core/matrix.ts';
import {
  add,
  addRows,
  batches,
  constant,
  crossEntropy,
  layerNorm,
  matmul,
  normalizeRows,
  parameter,
  relu,
  scale,
  scaleBy,
  softplus,
  type Tensor,
  topK,
} from '../../learning/index.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as papers from '../../method/bibliography/papers.ts';
import { choice, integer, number } from '../../method/options.ts';
import { defineLearner } from './define.ts';
import { ENCODERS, encoderOf } from './support/encoders.ts';
import { given } from './support/given.ts';
import { split } from './support/held-out.ts';
import { rangeOf, requireColumns, scaledRows, scalingOf } from './support/inputs.ts';
import { labelNames, placesOfLabels } from './support/label-attention/label-sets.ts';
import { conceptLoss } from './support/named-dimensions/concept-loss.ts';
import { conceptReport } from './support/named-dimensions/report.ts';

const ID = 'named-dimensions';

/**
 * An encoder whose coordinates are known concepts, for ranking: the score of two things is a sum over named concepts.
 *
 *     h(x) = the k largest of relu(f(x) − mean_c f_c(x)), 0 elsewhere,   g = h/‖h‖,   score(q, j) = Σ_c g_c(q) g_c(j)
 *     minimise mean_i −log softmax_j(score(qᵢ, j)/τ)_i − μ·mean_i mean_{c of jᵢ} log softmax_c(s·f(jᵢ) + t)_c
 *
 * with queries q and items j n × d, row i of one beside row i of the other, f one encoder for both, into C columns, one a
 * concept; the others of a batch are the negatives. s > 0 and t are learned: a concept need not be likely to count.
 * `classes` are the concepts of each item, with | between. With `coordinates: 'dense'` there is neither relu nor k nor μ: the
 * same encoder without names.
 *
 * @remarks Use it where a match has to say why: every coordinate is at least 0, so nothing cancels, and `explainMatch` lists
 * what each concept adds. `embed` gives g, one column a concept, in alphabetical order (`settings.concepts` of the model).
 * Concepts that hardly any item has are not learned. Concepts are predicted against one another: yes or no for each by itself
 * begins with no for all, below 0 where relu lets nothing of the ranking through, and two of 415 concepts were left. With a
 * small k a match is told by fewer names; without (0) half of them may be above 0. The report has `recallAt1` and `recallAt10` of `heldOut` pairs, both among
 * themselves, `active` concepts of a row, and `conceptRecall`: the share of an item's concepts that are among as many of
 * its largest coordinates.
 * @example
 * import { matrix } from 'tammes';
 * import { namedDimensions } from 'tammes/learners';
 *
 * const rows = Float32Array.from({ length: 120 }, (_, e) => (e % 3 === Math.floor(e / 3) % 3 ? 1 : 0));
 * const points = matrix(rows, 40, 3);
 * const classes = Array.from({ length: 40 }, (_, i) => ['red', 'green', 'blue'][i % 3]);
 * const { model } = await namedDimensions({ points, others: points, classes }, { steps: 80 });
 * const { points: coordinates } = await namedDimensions.embed(model, { points });
 * console.log(model.settings.concepts, coordinates.cols); // [ 'blue', 'green', 'red' ] 3
 * @function
 */
export const namedDimensions = /* @__PURE__ */ defineLearner({
  id: ID,
  title: 'Named dimensions (SESA)',
  summary: 'An encoder into known concepts, at least 0 each: a score is a sum over names.',
  references: [cite(papers.sesa, 'abstract; the model as others describe it')],
  deviations: [
    'The full text was not at hand: the ranking loss is a softmax over the batch, and coordinates have length 1 together.',
    'The encoder takes vectors that are there (`linear`, `mlp`), not words through a recurrent network.',
    'Concepts are predicted by a softmax over all of them, with a scale and a shift for each: unlikely ones may still count.',
    'A row has k concepts at most.',
  ],
  options: {
    encoder: choice(ENCODERS, 'linear', 'What turns a row into coordinates.'),
    hidden: integer(256, 'Columns of the hidden layer of mlp.', { min: 1 }),
    coordinates: choice(['named', 'dense'], 'named', 'Whether coordinates are concepts.'),
    temperature: number(0.07, 'Temperature of the scores.', { min: 0.01, max: 10, symbol: 'τ' }),
    k: integer(64, 'Concepts of a row at most; 0: any number.', { min: 0, symbol: 'k' }),
    conceptWeight: number(1, 'Weight of the prediction of concepts.', { min: 0, symbol: 'μ' }),
    heldOut: number(0.1, 'Share of the pairs that is kept to measure with.', { min: 0, max: 0.9 }),
  },
  needs: ['points', 'others', 'classes'],
  encodes: 'points',
  settle(examples, { encoder, hidden, coordinates, k, seed }) {
    const [points, others, classes] = given(ID, examples, ['points', 'others', 'classes']);
    if (others.cols !== points.cols)
      throw new ShapeError(
        ID,
        `items of ${points.cols} columns, as the queries`,
        `${others.cols}: one encoder takes both`,
      );
    return {
      ...{ encoder, hidden, coordinates, k, seed, inputs: points.cols },
      concepts: labelNames(ID, classes, points.rows, 'several'),
      scaling: scalingOf(others),
    };
  },
  build({ encoder, inputs, hidden, coordinates, k = 0, concepts, seed }, { like }) {
    const float64 = like instanceof Float64Array;
    const numbers = float64 ? Float64Array : Float32Array;
    const dim = concepts.length;
    const encode = encoderOf({ encoder, inputs, hidden, dim }, { seed, float64 });
    const [slope, shift] = [
      parameter('concepts.scale', new numbers(1).fill(1), [1]),
      parameter('concepts.shift', new numbers(dim), [dim]),
    ];
    const isNamed = coordinates === 'named';
    // Layer normalization takes the mean off; lengths go anyway. Without it all of a row may come to lie below 0 for good.
    const [ones, nothing] = [new numbers(dim).fill(1), new numbers(dim)].map((x) =>
      constant(x, [dim]),
    );
    const positive = (raw: Tensor) => relu(layerNorm(raw, ones, nothing));
    const named = (raw: Tensor) => (k > 0 && k < dim ? topK(positive(raw), k) : positive(raw));
    return {
      like,
      encode,
      coordinatesOf: (raw: Tensor) => normalizeRows(isNamed ? named(raw) : raw),
      conceptsOf: (raw: Tensor) => addRows(scaleBy(raw, softplus(slope)), shift),
      parameters: [...encode.parameters, ...(isNamed ? [slope, shift] : [])],
    };
  },
  task({ like, encode, coordinatesOf, conceptsOf }, examples, options, settings) {
    const [points, others, classes] = given(ID, examples, ['points', 'others', 'classes']);
    const { scaling, concepts, coordinates } = settings;
    const sets = placesOfLabels(classes, concepts, 'several');
    const parts = split(points.rows, options.heldOut, options.seed);
    const size = Math.min(options.batch, parts.train.length);
    if (size < 2)
      throw new ShapeError(ID, 'two pairs or more in a batch', `${size} of ${points.rows}`);
    const draws = batches({
      rows: parts.train.length,
      size,
      seed: options.seed,
      remainder: 'drop',
    });
    const raw = (side: Matrix, rows: ArrayLike<number>) =>
      encode(scaledRows(side, rows, scaling, like));
    const weight = coordinates === 'named' ? options.conceptWeight : 0;
    return {
      rows: parts.train.length,
      batch: (step) => draws.at(step),
      loss({ rows }) {
        const drawn = rows.map((row) => parts.train[row]);
        const items = raw(others, drawn);
        const [q, j] = [coordinatesOf(raw(points, drawn)), coordinatesOf(items)];
        const scores = scale(matmul(q, j, { transposeB: true }), 1 / options.temperature);
        const ranking = crossEntropy(scores, rangeOf(0, drawn.length));
        if (weight === 0) return { loss: ranking, spread: j };
        const prediction = conceptLoss(
          conceptsOf(items),
          Array.from(drawn, (row) => sets[row]),
          like,
        );
        return { loss: add(ranking, scale(prediction, weight)), spread: j };
      },
      report: (workspace) =>
        conceptReport(
          {
            queries: (rows) => coordinatesOf(raw(points, rows)),
            items: (rows) => coordinatesOf(raw(others, rows)),
            sets,
          },
          parts.heldOut.length > 1 ? parts.heldOut : parts.train,
          workspace,
        ),
    };
  },
  encode({ like, encode, coordinatesOf }, examples, { inputs, concepts, scaling }) {
    const [points] = given(ID, examples, ['points']);
    requireColumns(ID, points, inputs);
    return {
      rows: points.rows,
      cols: concepts.length,
      block: (a, b) => coordinatesOf(encode(scaledRows(points, rangeOf(a, b), scaling, like))),
    };
  },
});
