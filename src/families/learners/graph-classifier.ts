import { type SparseMatrix, sparseMatrix } from '../../core/sparse.ts';
import {
  dense,
  dropout,
  normalizeRows,
  relu,
  sliceRows,
  sparseProduct,
  type Tensor,
  take,
} from '../../learning/index.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as sources from '../../method/bibliography/sources.ts';
import { choice, integer, number } from '../../method/options.ts';
import { defineLearner } from './define.ts';
import { numberedClasses, placesOf } from './support/classes.ts';
import {
  classificationOptions,
  classificationTask,
  settledClasses,
} from './support/classification.ts';
import { given } from './support/given.ts';
import { HEADS, headOf, movesDirections, requireHead } from './support/heads.ts';
import {
  meansOfClasses,
  rangeOf,
  requireColumns,
  scaledRows,
  scalingOf,
} from './support/inputs.ts';
import type { Edges, Examples } from './types.ts';

const ID = 'graph-classifier';

/**
 * A graph convolutional network: what a row is follows from its neighbours, too.
 *
 *     H = relu(Â·X·W₁ᵀ),   F = Â·H·W₂ᵀ,   Â = D^(−1/2)·(A + I)·D^(−1/2)
 *     minimise mean_i −log softmax(head(Fᵢ))_{yᵢ} over the rows that are trained on
 *
 * X n × d; A n × n the edges, both ways, D its degrees with the loops; F n × dim the embeddings; the head as in
 * `classifier`. Every step computes all rows, and is an epoch.
 *
 * @remarks Use it where rows cite, follow or buy one another, and few of them have a class: the others help by their
 * edges. All rows are known while it trains, those held out without their classes (transductive). Rows to be embedded
 * later come with their own edges. Dense work costs O(n·d·hidden) a step.
 * @example
 * import { matrix } from 'tammes';
 * import { graphClassifier } from 'tammes/learners';
 *
 * // Two rings of ten; rows say nothing, edges all.
 * const points = matrix(Float32Array.from({ length: 20 }, (_, e) => (e === 0 || e === 10 ? e + 1 : 0)), 20, 1);
 * const classes = Array.from({ length: 20 }, (_, i) => (i < 10 ? 'left' : 'right'));
 * const from = Int32Array.from({ length: 20 }, (_, i) => i);
 * const to = from.map((i) => (i % 10 === 9 ? i - 9 : i + 1));
 * const learned = await graphClassifier({ points, classes, edges: { from, to } }, { steps: 100, dim: 2 });
 * console.log(learned.report.trainAccuracy > 0.5); // true
 * @function
 */
export const graphClassifier = /* @__PURE__ */ defineLearner({
  id: ID,
  title: 'Graph convolutional network',
  summary: 'A classifier whose features pass along the edges of a graph.',
  references: [cite(sources.graphConvolutionalNetworks, 'Eq. (9)')],
  options: {
    hidden: integer(64, 'Columns of the hidden layer.', { min: 1 }),
    dropout: number(
      0.5,
      'Share of the numbers that a step leaves out, of inputs and hidden ones.',
      {
        min: 0,
        max: 0.95,
      },
    ),
    ...classificationOptions,
    dim: integer(16, 'Columns of the embedding.', { min: 2 }),
    head: choice(HEADS, 'softmax', 'The vectors of the classes, as in classifier.'),
    spreadOn: choice(['classes', 'features'], 'features', 'What the dispersion objective spreads.'),
    heldOut: number(0.1, 'Share of the rows whose class is kept to measure the accuracy.', {
      min: 0,
      max: 0.99,
    }),
  },
  needs: ['points', 'classes', 'edges'],
  encodes: ['points', 'edges'],
  takesCodes: true,
  async settle(examples, options, context) {
    const [points, classes] = given(ID, examples, ['points', 'classes', 'edges']);
    const { names } = numberedClasses(ID, classes, points.rows);
    requireHead(ID, options, context.spread !== undefined);
    const meanings = (places: readonly string[]) =>
      meansOfClasses(points, placesOf(classes, places), places.length);
    const { hidden, seed } = options;
    const { codes } = context;
    return {
      scaling: scalingOf(points),
      inputs: points.cols,
      ...{ hidden, seed },
      ...(await settledClasses(ID, { names, codes, meanings }, options, context)),
    };
  },
  build(settings, { like }) {
    const { seed, inputs, hidden, dim } = settings;
    const context = { seed, float64: like instanceof Float64Array };
    const inner = dense({ ...context, name: 'encoder.0', inputs, outputs: hidden, initial: 'he' });
    const outer = dense({ ...context, name: 'encoder.1', inputs: hidden, outputs: dim });
    const head = headOf(settings, context);
    /** Embeddings of all rows; `drop` leaves numbers out. */
    const features = (x: Tensor, graph: SparseMatrix, drop = (y: Tensor, _name: string) => y) =>
      sparseProduct(graph, outer(drop(relu(sparseProduct(graph, inner(drop(x, 'x')))), 'h')));
    const parameters = [...inner.parameters, ...outer.parameters, ...head.logits.parameters];
    return { like, features, head, parameters };
  },
  task({ like, features, head }, examples, options, { classes: known, places, scaling }) {
    const [points, classes, edges] = given(ID, examples, ['points', 'classes', 'edges']);
    const graph = smoothing(edges, points.rows);
    const x = scaledRows(points, rangeOf(0, points.rows), scaling, like);
    const all = features(x, graph);
    const task = classificationTask(
      {
        where: ID,
        encoded(rows, random) {
          if (!random) return take(all, rows);
          const drop = (y: Tensor, name: string) => dropout(y, options.dropout, random.fork(name));
          return take(features(x, graph, drop), rows);
        },
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
    const every = rangeOf(0, task.rows);
    return { ...task, perStep: task.rows, batch: () => every };
  },
  encode({ like, features }, examples: Examples, settings) {
    const [points, edges] = given(ID, examples, ['points', 'edges']);
    requireColumns(ID, points, settings.inputs);
    const x = scaledRows(points, rangeOf(0, points.rows), settings.scaling, like);
    const all = features(x, smoothing(edges, points.rows));
    return { rows: points.rows, cols: settings.dim, block: (a, b) => sliceRows(all, a, b) };
  },
});

/** D^(−1/2)·(A + I)·D^(−1/2): every edge both ways and once, a loop at every row. */
function smoothing({ from, to }: Edges, n: number): SparseMatrix {
  const neighbors = Array.from({ length: n }, (_, i) => new Set([i]));
  for (let e = 0; e < from.length; e++) {
    neighbors[from[e]].add(to[e]);
    neighbors[to[e]].add(from[e]);
  }
  const entries = neighbors.flatMap((own, row) =>
    Array.from(own, (column) => ({
      row,
      column,
      value: 1 / Math.sqrt(own.size * neighbors[column].size),
    })),
  );
  return sparseMatrix(n, n, entries);
}
