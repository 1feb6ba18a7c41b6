import { OptionError } from '../../core/errors.ts';
import type { Random } from '../../core/random.ts';
import { batches, evaluate, normalizeRows } from '../../learning/index.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as papers from '../../method/bibliography/papers.ts';
import { boolean, choice, integer, number } from '../../method/options.ts';
import { defineLearner } from './define.ts';
import { numberedClasses } from './support/classes.ts';
import { ENCODERS } from './support/encoders.ts';
import { gatedNetwork } from './support/gate-network.ts';
import { gatedContrast } from './support/gated-contrast.ts';
import { given } from './support/given.ts';
import { rangeOf, requireColumns, scaledRows, scalingOf } from './support/inputs.ts';

const PAIRS = ['arbitrary', 'identical', 'distinct'] as const;

/**
 * Contrast of pairs of any two classes, each in a subspace of its own that is learned too (SimLAP).
 *
 *     zᵢ = projector(f(xᵢ)),   gᵢ = g(yᵢ, pᵢ) = σ(MLP((e_{yᵢ} + e_{pᵢ})/2)),   l_ij = cos(gᵢ∘zᵢ, gᵢ∘zⱼ)/τ
 *     loss = mean over i, j ∈ P(i) of log(e^{l_ij} + Σ_{k∈N(i)} e^{l_ik}) − l_ij
 *
 * X n × d with classes y; pᵢ is the class of a random row of the batch (`arbitrary`), the row's own (`identical`), or a random
 * other (`distinct`). P(i) are the rows of class pᵢ, N(i) those of neither class. Columns that both classes share
 * stay open in their gate; the embedding are the features f(x).
 *
 * @remarks `identical` without a gate is a supervised contrast: take `sup-con` in a loss of your own where that is all you want.
 * `pairGates` of `tammes/learners` tells what a model shares between two classes. `gateOpen` is the mean of the gates of
 * single classes, `gateEntropy` their mean entropy in bits: 0 for gates that have decided.
 * @example
 * import { matrix } from 'tammes';
 * import { gatedPairs } from 'tammes/learners';
 *
 * const points = matrix(Float32Array.from({ length: 120 }, (_, e) => Math.cos(e % 7) + (e % 3)), 60, 2);
 * const classes = Array.from({ length: 60 }, (_, i) => `class ${i % 3}`);
 * const { model } = await gatedPairs({ points, classes }, { steps: 20, batch: 16 });
 * console.log((await gatedPairs.embed(model, { points })).points.cols); // 64
 * @function
 */
export const gatedPairs = /* @__PURE__ */ defineLearner({
  id: 'gated-pairs',
  title: 'Arbitrary pairs in gated subspaces (SimLAP)',
  summary: 'Any two classes are drawn together in a subspace that is learned for the two.',
  references: [
    cite(papers.rethinkingPositivePairsContrastiveLearning, 'SimLAP: the gates and the loss'),
  ],
  deviations: [
    'The linear classifier that the authors’ code trains beside it, on features that it does not change, is left out.',
  ],
  options: {
    encoder: choice(
      ENCODERS,
      'mlp',
      'What turns a row into its features; cnn takes square images.',
    ),
    hidden: integer(256, 'Columns of the hidden layers of mlp and of the projector.', { min: 1 }),
    dim: integer(64, 'Columns of the features.', { min: 1 }),
    projection: integer(64, 'Columns of the projection, which the gates are for.', { min: 1 }),
    gateDim: integer(32, 'Columns of what the gates know of a class.', { min: 1 }),
    pairs: choice(PAIRS, 'arbitrary', 'Whose rows are positives of a row.'),
    gate: boolean(true, 'Whether pairs have subspaces; without, cosines are of all columns.'),
    temperature: number(0.1, 'Temperature of the softmax.', { min: 0.005, symbol: 'τ' }),
    embedding: choice(['features', 'projection'], 'features', 'What embeddings are.'),
  },
  needs: ['points', 'classes'],
  encodes: 'points',
  settle(examples, options) {
    const [points, classes] = given('gated-pairs', examples, ['points', 'classes']);
    const { names } = numberedClasses('gated-pairs', classes, points.rows);
    const { encoder, hidden, dim, projection, gateDim, gate, embedding, seed, batch } = options;
    if (Math.min(batch, points.rows) < 2)
      throw new OptionError('gated-pairs', 'batch', 'two rows or more, to make pairs of', batch);
    return {
      classes: names,
      scaling: scalingOf(points),
      inputs: points.cols,
      ...{ encoder, hidden, dim, projection, gateDim, gate, embedding, seed },
    };
  },
  build: (settings, { like }) => gatedNetwork(settings, like),
  task({ like, encoder, projector, gates }, examples, options, settings) {
    const [points, classes] = given('gated-pairs', examples, ['points', 'classes']);
    const { names, of } = numberedClasses('gated-pairs', classes, points.rows);
    const { pairs, temperature, seed } = options;
    const size = Math.min(options.batch, points.rows);
    // A last batch of one row would have no pairs, and no variance.
    const epochs = batches({ rows: points.rows, size, seed, remainder: 'drop' });
    return {
      rows: points.rows,
      batch: epochs.at,
      loss({ rows, random }) {
        const own = rows.map((row) => of[row]);
        const partners = partnersOf(own, pairs, names.length, random);
        const features = encoder(scaledRows(points, rows, settings.scaling, like));
        const facts = { classes: own, partners, temperature };
        const gated = gates(own, partners, true);
        const loss = gatedContrast(projector(features), gated, facts, like);
        return { loss, spread: normalizeRows(features), classes: own };
      },
      async report(workspace) {
        const all = rangeOf(0, names.length);
        const open = await evaluate(gates(all, all, false), workspace);
        let [sum, entropy] = [0, 0];
        for (const g of open) {
          sum += g / open.length;
          entropy += (bits(g) + bits(1 - g)) / open.length;
        }
        return { gateOpen: sum, gateEntropy: entropy };
      },
    };
  },
  encode({ like, encoder, projector }, examples, settings) {
    const [points] = given('gated-pairs', examples, ['points']);
    const { embedding, dim, projection, inputs, scaling } = settings;
    requireColumns('gated-pairs', points, inputs);
    const features = (a: number, b: number) =>
      encoder(scaledRows(points, rangeOf(a, b), scaling, like));
    return embedding === 'features'
      ? { rows: points.rows, cols: dim, block: features }
      : { rows: points.rows, cols: projection, block: (a, b) => projector(features(a, b)) };
  },
});

/** The class of each row's positives. */
function partnersOf(
  own: Int32Array,
  pairs: (typeof PAIRS)[number],
  classes: number,
  random: Random,
): Int32Array {
  if (pairs === 'identical') return own;
  if (pairs === 'distinct')
    return own.map((label) => (label + 1 + random.integer(classes - 1)) % classes);
  const order = random.sample(own.length);
  return own.map((_, i) => own[order[i]]);
}

const bits = (p: number) => (p > 0 ? -p * Math.log2(p) : 0);
