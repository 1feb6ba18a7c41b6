import { alike, gathered, type Matrix } from '../../core/matrix.ts';
import {
  add,
  dense,
  matmul,
  meanSquaredError,
  normalizeRows,
  scale,
} from '../../learning/index.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as papers from '../../method/bibliography/papers.ts';
import { choice, integer, number } from '../../method/options.ts';
import { unitOrZeroRows } from '../../numerics/rows/unit-rows.ts';
import { defineClassifier } from './define.ts';
import { relationLoss } from './support/class-relations.ts';
import { cosines } from './support/cosines.ts';
import {
  mappedRows,
  networkOf,
  tensorOf,
  tensorOfRows,
  trainedOnBatches,
} from './support/row-maps.ts';
import { rowScaling, scaledRows } from './support/row-scaling.ts';

/**
 * Preserving semantic relations: meanings of classes are mapped among the rows (or rows among the meanings) so that classes
 * are to each other there what their meanings are.
 *
 *     r_ic = cos(xᵢ, f(s_c))   (visual),   cos(f(xᵢ), s_c)   (semantic),   δ = cosines of the s
 *     minimise mean over rows i and seen classes c of
 *         λ₁(1 − r_ic)                     c = yᵢ             identical
 *         λ₂([τ − r_ic]₊ + [r_ic − δ]₊)    δ ≥ τ, δ = δ_yᵢc   similar
 *         λ₃[r_ic − τ]₊                    δ < τ              dissimilar
 *     + λ₄·mean ‖g(f(·)) − ·‖²
 *
 * with X n × d, vectors s of classes C × a, f two layers with a relu between, g a linear map back; rows and vectors less
 * their means. A row is scored by r.
 *
 * @remarks Beside `dem` where it matters that mistakes are near ones: what comes out keeps the graph of the classes. `tau` says
 * from where on classes count as similar; with `similar` and `dissimilar` 0 it is a projection without relations, the
 * rival to compare with: in our study that names more classes without rows, and keeps their graph less.
 * @example
 * import { matrix } from 'tammes';
 * import { psr } from 'tammes/classifiers';
 *
 * const points = matrix(new Float64Array([-3, 1, -2, 1, 3, 1, 2, 1, 0, -3, 0, -2]), 6, 2);
 * const classes = ['left', 'left', 'right', 'right', 'down', 'down'];
 * const about = {
 *   names: ['left', 'right', 'down'],
 *   vectors: matrix(new Float64Array([-1, 0, 1, 0, 0, -1]), 3, 2),
 * };
 * const { model } = await psr({ points, classes, about }, { steps: 100 });
 * console.log((await psr.predict(model, points)).classes.join()); // left,left,right,right,down,down
 * @function
 */
export const psr = /* @__PURE__ */ defineClassifier({
  id: 'psr',
  title: 'Semantic relations of classes preserved',
  summary: 'Classes without rows: meanings among rows, as near to one another as they are.',
  references: [
    cite(papers.preservingSemanticRelationsZsl, 'the three relations and the reconstruction'),
  ],
  gives: 'scores',
  knows: ['vectors'],
  options: {
    direction: choice(
      ['visual', 'semantic'],
      'visual',
      'Meanings of classes to rows (visual), or rows to meanings.',
    ),
    tau: number(0.5, 'Cosine from which on classes are similar.', { min: -1, max: 1, symbol: 'τ' }),
    identical: number(1, 'Weight of a row and its own class.', { min: 0, symbol: 'λ₁' }),
    similar: number(1, 'Weight of similar classes.', { min: 0, symbol: 'λ₂' }),
    dissimilar: number(1, 'Weight of dissimilar classes.', { min: 0, symbol: 'λ₃' }),
    reconstruction: number(0.1, 'Weight of the way back.', { min: 0, symbol: 'λ₄' }),
    hidden: integer(300, 'Units between.', { min: 1, max: 65536, symbol: 'h' }),
    steps: integer(1000, 'Steps of the training.', { min: 1, max: 1e7 }),
    batch: integer(64, 'Rows in a step.', { min: 1, max: 65536 }),
    learningRate: number(0.001, 'Learning rate of Adam.', { min: 1e-9, max: 10 }),
    weightDecay: number(0.001, 'Penalty on the weights of the network.', { min: 0, max: 10 }),
  },
  deviations: [
    'The paper’s text was not at hand: the bands follow its description, the weights are 1 and the decoder is linear.',
    'Each row is compared with all seen classes in place of mined tuples.',
    'Cosines are of rows and vectors less their means, so that dissimilar ones are below 0.',
  ],
  async fit({ points, of, seen, about }, options, context) {
    const vectors = about.vectors as Matrix<Float64Array>;
    const own = gathered(
      vectors,
      Int32Array.from({ length: seen }, (_, c) => c),
    );
    const [ofRows, ofVectors] = [rowScaling(points), rowScaling(own)];
    const x = scaledRows(points, ofRows);
    const meanings = scaledRows(vectors, ofVectors, points);
    const known = scaledRows(own, ofVectors, points);
    const isVisual = options.direction === 'visual';
    const [inputs, outputs] = isVisual ? [vectors.cols, x.cols] : [x.cols, vectors.cols];
    const { hidden, seed } = options;
    const network = networkOf({ name: 'psr', inputs, hidden, outputs, seed }, x);
    const float64 = x.data instanceof Float64Array;
    const back = dense({ name: 'psr.back', inputs: outputs, outputs: inputs, seed, float64 });
    const delta = cosines(known, known);
    const [unitRows, unitClasses] = [unitOrZeroRows(x).points, unitOrZeroRows(known).points];
    const step = (rows: Int32Array) => {
      const from = isVisual ? tensorOf(known) : tensorOfRows(x, rows);
      const placed = network.apply(from);
      const unit = normalizeRows(placed);
      const r = isVisual
        ? matmul(tensorOfRows(unitRows, rows), unit, { transposeB: true })
        : matmul(unit, tensorOf(unitClasses), { transposeB: true });
      const classes = rows.map((row) => of[row]);
      const relations = relationLoss(r, classes, delta, options, x);
      return add(relations, scale(meanSquaredError(back(placed), from), options.reconstruction));
    };
    const loss = await trainedOnBatches('psr', x.rows, options, step, context);
    const arrays = network.arrays();
    return {
      settings: { direction: options.direction },
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
    const { center, scale: by, prototypes } = arrays;
    const x = scaledRows(rows, { center, scale: by });
    const placed = settings['direction'] === 'visual' ? x : await mappedRows(arrays, x, context);
    return cosines(placed, alike(prototypes, placed));
  },
});
