import { alike, gathered, type Matrix } from '../../core/matrix.ts';
import { meanSquaredError } from '../../learning/index.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as papers from '../../method/bibliography/papers.ts';
import * as sources from '../../method/bibliography/sources.ts';
import { choice, integer, number, type OptionsOf } from '../../method/options.ts';
import { defineClassifier } from './define.ts';
import { negatedDistances } from './support/negated-distances.ts';
import {
  mappedRows,
  networkOf,
  ridgeMap,
  tensorOfRows,
  trainedOnBatches,
} from './support/row-maps.ts';
import { rowScaling, scaledRows } from './support/row-scaling.ts';
import type { FitContext } from './types.ts';

const options = {
  direction: choice(
    ['visual', 'semantic'],
    'visual',
    'Meanings of classes to rows (visual), or rows to meanings.',
  ),
  map: choice(['network', 'ridge'], 'network', 'Two layers with a relu between, or linear.'),
  hidden: integer(300, 'Units between.', { min: 1, max: 65536, symbol: 'h' }),
  steps: integer(1000, 'Steps of the training.', { min: 1, max: 1e7 }),
  batch: integer(64, 'Rows in a step.', { min: 1, max: 65536 }),
  learningRate: number(0.001, 'Learning rate of Adam.', { min: 1e-9, max: 10 }),
  weightDecay: number(0.001, 'Penalty on the weights of the network.', { min: 0, max: 10 }),
  penalty: number(0.01, 'Of the ridge: times the mean variance of a column; above 0.', {
    min: 1e-9,
    symbol: 'λ',
  }),
} as const;

/**
 * Deep embedding model for zero-shot learning: the meanings of classes are mapped to where their rows should lie, and a row
 * belongs to the class it is nearest to.
 *
 *     visual     minimise mean ‖V·relu(U·s_y + u) + v − x‖²,   s_c(x) = −‖V·relu(U·s_c + u) + v − x‖²
 *     semantic   minimise mean ‖V·relu(U·x + u) + v − s_y‖²,   s_c(x) = −‖V·relu(U·x + u) + v − s_c‖²
 *
 * with X n × d, vectors s of classes C × a, U h × a and V d × h (h × d and a × h); rows and vectors less their means and times
 * one number. `ridge` is the linear map of least squares in place of the network. What regression predicts varies less than
 * what it is fitted to: where rows are shrunk towards the middle of the meanings, the meaning in the middle becomes the
 * nearest of many (a hub); where meanings are shrunk among the rows, no row is moved.
 *
 * @remarks The strong simple way to classes without rows where attributes or word vectors of classes are known and rows are
 * few. With many rows of each class the order of the two directions can turn: compare them, and `conse`, by
 * `tammes explain zeroshot`. `ridge` takes a moment and is often as good.
 * @example
 * import { matrix } from 'tammes';
 * import { dem } from 'tammes/classifiers';
 *
 * // The first attribute moves rows to the right, the second upwards.
 * const points = matrix(new Float64Array([0, 0, 1, 0, 9, 0, 8, 1, 0, 9, 1, 8]), 6, 2);
 * const classes = ['neither', 'neither', 'right', 'right', 'up', 'up'];
 * const names = ['neither', 'right', 'up', 'both'];
 * const about = { names, vectors: matrix(new Float64Array([0, 0, 1, 0, 0, 1, 1, 1]), 4, 2) };
 * const { model } = await dem({ points, classes, about }, { map: 'ridge', penalty: 0.01 });
 * const found = await dem.predict(model, matrix(new Float64Array([8, 9]), 1, 2));
 * console.log(found.classes[0]); // both
 * @function
 */
export const dem = /* @__PURE__ */ defineClassifier({
  id: 'dem',
  title: 'Deep embedding of class meanings',
  summary: 'Classes without rows: their meanings are mapped to where their rows should lie.',
  references: [
    cite(papers.deepEmbeddingModelZsl, 'sections 3.2 and 3.5'),
    cite(sources.ridgeRegression, 'the linear map'),
  ],
  gives: 'scores',
  knows: ['vectors'],
  options,
  deviations: [
    'The last layer is linear: features need not be above 0.',
    'Rows and vectors are centred and scaled by one number, so that one learning rate does for all.',
    'Two kinds of meanings are columns side by side; the paper adds two branches of the network.',
    'The penalty spares no shift, as in the authors’ code; learning rate and steps are larger and fewer than theirs (1e-4, 10⁶).',
  ],
  async fit({ points, of, seen, about }, given, context) {
    const vectors = about.vectors as Matrix<Float64Array>;
    const [ofRows, ofVectors] = [rowScaling(points), rowScaling(firstRows(vectors, seen))];
    const x = scaledRows(points, ofRows);
    const meanings = scaledRows(vectors, ofVectors, points);
    const own = gathered(meanings, of);
    const isVisual = given.direction === 'visual';
    const { arrays, loss } = await fittedMap(
      ...(isVisual ? pair(own, x) : pair(x, own)),
      given,
      context,
    );
    return {
      settings: { direction: given.direction },
      arrays: {
        ...ofRows,
        ...(isVisual
          ? { prototypes: await mappedRows(arrays, meanings, context) }
          : { ...arrays, prototypes: meanings }),
      },
      facts: { loss },
    };
  },
  async score({ settings, arrays }, rows, context) {
    const { center, scale, prototypes } = arrays;
    const x = scaledRows(rows, { center, scale });
    const placed = settings['direction'] === 'visual' ? x : await mappedRows(arrays, x, context);
    return negatedDistances(placed, alike(prototypes, placed));
  },
});

const pair = (from: Matrix, to: Matrix): readonly [Matrix, Matrix] => [from, to];

const firstRows = (m: Matrix, count: number) =>
  gathered(
    m,
    Int32Array.from({ length: count }, (_, i) => i),
  );

/** The map from the rows of one to those of the other, and the mean squared error that it leaves. */
async function fittedMap(
  from: Matrix,
  to: Matrix,
  given: OptionsOf<typeof options> & { readonly seed: number },
  context: FitContext,
) {
  if (given.map === 'ridge') {
    const arrays = await ridgeMap(from, to, given.penalty, context);
    const found = await mappedRows(arrays, from, context);
    let errors = 0;
    for (let e = 0; e < to.data.length; e++) errors += (found.data[e] - to.data[e]) ** 2;
    return { arrays, loss: errors / to.data.length };
  }
  const { hidden, seed } = given;
  const shape = { name: 'dem', inputs: from.cols, hidden, outputs: to.cols, seed };
  const network = networkOf(shape, from);
  const error = (rows: Int32Array) =>
    meanSquaredError(network.apply(tensorOfRows(from, rows)), tensorOfRows(to, rows));
  const loss = await trainedOnBatches('dem', from.rows, given, error, context);
  return { arrays: network.arrays(), loss };
}
