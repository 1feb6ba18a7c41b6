import { dense, normalizeRows } from '../../learning/index.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as papers from '../../method/bibliography/papers.ts';
import { choice } from '../../method/options.ts';
import { defineLearner } from './define.ts';
import {
  distillationOptions,
  distillationTask,
  mappedColumns,
  requireDistillation,
} from './support/distillation/task.ts';
import { encoderOf, encoderOptions } from './support/encoders.ts';
import { given } from './support/given.ts';
import { rangeOf, requireColumns, scaledRows, scalingOf } from './support/inputs.ts';
import { widthsOf } from './support/matryoshka.ts';

const ID = 'vector-distillation';

/**
 * An encoder of vectors that imitates those of others, or themselves, in fewer columns that may be cut shorter still.
 *
 *     sᵢ = f((xᵢ − mean)/deviation),   tᵢ and L as in `distillation`
 *
 * f is `linear` or `mlp`, d → `dim`; the deviation is one number for all columns. Teachers are files of vectors of the
 * same things: name the file itself as its teacher to make its vectors shorter. Embeddings are unit rows, n × dim.
 *
 * @remarks Use it where vectors of a cheap encoder are to find what those of a dear one find, or stored vectors are to
 * be cut with the least loss; compare with `compress --codec pca`, which trains nothing. The report, and
 * what the study found of the three losses, are those of `distillation`.
 * @example
 * import { matrix, Random } from 'tammes';
 * import { vectorDistillation } from 'tammes/learners';
 *
 * const random = Random.fromSeed(1);
 * const points = matrix(Float32Array.from({ length: 3200 }, () => random.normal()), 400, 8);
 * const options = { dim: 8, narrowest: 4, encoder: 'linear', steps: 300 } as const;
 * const { report } = await vectorDistillation({ points, teachers: [points] }, options);
 * console.log(report.recallAt10 > report.recallAt10Of4); // true
 * @function
 */
export const vectorDistillation = /* @__PURE__ */ defineLearner({
  id: ID,
  title: 'Distillation of vectors into fewer columns',
  summary: 'A linear map or a small network that imitates teachers, at several widths.',
  references: [
    cite(papers.jasperAndStellaDistillation, 'the three losses, their weights, the widths'),
  ],
  deviations: [
    'Where the student is narrower than the teachers, the cosine goes through a map that only training has; the paper leaves this term out of its narrow heads.',
    'The order of cosines is looked at in `orderPairs` draws a step, where the paper’s code takes all pairs of pairs; equal cosines have none.',
  ],
  options: {
    ...distillationOptions,
    encoder: choice(['linear', 'mlp'], 'linear', 'What turns a vector into its embedding.'),
    hidden: encoderOptions.hidden,
  },
  needs: ['points', 'teachers'],
  encodes: 'points',
  settle(examples, options) {
    const [points, teachers] = given(ID, examples, ['points', 'teachers']);
    requireDistillation(ID, points.rows, options);
    const { dim, narrowest, encoder, hidden, seed } = options;
    return {
      ...{ encoder, inputs: points.cols, hidden, dim, seed, scaling: scalingOf(points) },
      widths: widthsOf(ID, dim, narrowest),
      mapped: mappedColumns(teachers, options),
    };
  },
  cuts: ({ dim, widths }) => ({
    dims: dim,
    trained: widths.map((dims) => ({ layer: 1, dims })),
  }),
  build(settings, { like }) {
    const context = { seed: settings.seed, float64: like instanceof Float64Array };
    const encode = encoderOf(settings, context);
    const { dim, mapped } = settings;
    const map =
      mapped > 0
        ? dense({ ...context, name: 'map', inputs: dim, outputs: mapped, bias: false })
        : undefined;
    return { like, map, encode, parameters: [...encode.parameters, ...(map?.parameters ?? [])] };
  },
  task({ encode, map, like }, examples, options, { widths, scaling }) {
    const [points, teachers] = given(ID, examples, ['points', 'teachers']);
    const embedded = (rows: Int32Array) => encode(scaledRows(points, rows, scaling, like));
    return distillationTask(ID, teachers, { widths, map, like, embedded }, options);
  },
  encode({ encode, like }, examples, { dim, inputs, scaling }) {
    const [points] = given(ID, examples, ['points']);
    requireColumns(ID, points, inputs);
    return {
      rows: points.rows,
      cols: dim,
      block: (a, b) => normalizeRows(encode(scaledRows(points, rangeOf(a, b), scaling, like))),
    };
  },
});
