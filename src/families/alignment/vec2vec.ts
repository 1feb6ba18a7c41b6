import { AbortedError, ShapeError } from '../../core/errors.ts';
import {
  alike,
  gathered,
  type Matrix,
  matrix,
  rows as rowsOf,
  zeros64,
} from '../../core/matrix.ts';
import {
  adam,
  constant,
  evaluate,
  type Fitted,
  type Parameter,
  type Tensor,
  train,
  Workspace,
} from '../../learning/index.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as papers from '../../method/bibliography/papers.ts';
import { boolean, integer, number } from '../../method/options.ts';
import { lessRow, meanRow } from '../../numerics/rows/centered.ts';
import { unitOrZeroRows } from '../../numerics/rows/unit-rows.ts';
import { meanSquare } from '../../structures/spectra/principal-axes.ts';
import { defineAlignment } from './define.ts';
import { orientedAxes } from './support/rotation-starts.ts';
import { requireSpread } from './support/spread.ts';
import {
  criticWeights,
  latentOf,
  rowsFrom,
  type TranslatorShape,
  translatorLoss,
  translatorWeights,
} from './support/translator.ts';
import type { FitContext, Side, Spaces } from './types.ts';

/** Rows that are moved at a time. */
const AT_ONCE = 4096;

/** One side: where its rows are taken about, and their coordinates. */
interface Frame {
  readonly mean: Matrix;
  /** r × d, orthonormal rows. */
  readonly axes: Matrix;
}

/**
 * A translation between two spaces learned without pairs: adapters of residual networks into and out of a latent space that
 * both share.
 *
 *     x̂ = V_A(x − μ_A)/‖x − μ_A‖,   y = μ_B + s·Out_B(T(In_A(x̂)))·V_B
 *
 * Trained on batches of both sides, which need not belong together, by 1 − cos of a row and its way into the latent space
 * and back, the same of its way to the other side and back (weight 10), the mean |⟨xᵢ, xⱼ⟩ − ⟨yᵢ, yⱼ⟩| of recovered (1),
 * translated (1) and returned rows (10), and least-squares critics of both outputs and of the latent rows. The outputs of
 * the networks are unit rows; s is the root mean squared length of B about its mean. Networks begin as the identity, cut
 * or filled up with zeros.
 *
 * With `orient`, V_A and V_B are the principal axes, each turned by its third moment, so that the identity is a first guess;
 * without, coordinates are those of the files, as in the paper. O(steps · batch · hidden · (blocks + batch)) time.
 *
 * @remarks Take `unpaired-procrustes` first: on thousands of rows it is faster and surer, and it says when it found
 * nothing. In [the study](../../studies/vec2vec.md), with 2,000 words and 200 steps, training did not better the axes that
 * it started from, and from the columns as they are it found nothing. It is for those who have the rows and the hours of the paper. Judge it by
 * known pairs.
 * @example
 * import { matrix } from 'tammes';
 * import { vec2vec } from 'tammes/alignment';
 *
 * // B has the rows of A, turned by a quarter: the axes alone show it.
 * const a = matrix(new Float64Array([3, 0, 0, 1, -1, 0, 2, 1, -4, -2]), 5, 2);
 * const b = matrix(new Float64Array([0, 3, -1, 0, 0, -1, -1, 2, 2, -4]), 5, 2);
 * const { model } = await vec2vec({ a, b }, { steps: 0 });
 * const { data } = await vec2vec.transform(model, a);
 * console.log(Math.sign(data[1]), Math.sign(data[9])); // 1 -1
 * @function
 */
export const vec2vec = /* @__PURE__ */ defineAlignment({
  id: 'vec2vec',
  title: 'vec2vec',
  summary: 'Networks that translate between two spaces through a shared one, without pairs.',
  references: [cite(papers.vec2vec, 'section 4; weights of the terms from the authors’ code')],
  fewestPairs: 0,
  into: 'b',
  options: {
    steps: integer(2000, 'Steps of Adam.', { min: 0, max: 1e8 }),
    batch: integer(128, 'Rows of each side in a step.', { min: 2, max: 65536 }),
    latent: integer(0, 'Columns of the shared space; 0: those of the wider side.', {
      min: 0,
      max: 65536,
    }),
    hidden: integer(128, 'Units of a block and of the critics.', { min: 1, max: 65536 }),
    blocks: integer(1, 'Residual blocks of each of the five networks.', { min: 1, max: 64 }),
    learningRate: number(0.001, 'Learning rate of the networks.', { min: 1e-9, max: 10 }),
    criticRate: number(0.0005, 'Learning rate of the critics.', { min: 1e-9, max: 10 }),
    cycle: number(10, 'Weight of the way there and back.', { min: 0, max: 1e6 }),
    preservation: number(1, 'Weight of the inner products that are kept.', { min: 0, max: 1e6 }),
    adversarial: number(1, 'Weight of the critics.', { min: 0, max: 1e6 }),
    orient: boolean(true, 'Begin from principal axes turned by their third moments.'),
  },
  async fit({ a, b }, options, context) {
    for (const [side, points] of [
      ['A', a],
      ['B', b],
    ] as const) {
      if (points.rows < 2)
        throw new ShapeError('vec2vec', `2 rows or more in ${side}`, `${points.rows}`);
      requireSpread('vec2vec', side, points);
    }
    const frames = {
      a: await frameOf(a, options.orient, context),
      b: await frameOf(b, options.orient, context),
    };
    const shape = {
      a: frames.a.axes.rows,
      b: frames.b.axes.rows,
      latent: options.latent || Math.max(frames.a.axes.rows, frames.b.axes.rows),
      hidden: options.hidden,
      blocks: options.blocks,
    };
    const begin = { seed: Number(options.seed), float64: a.data instanceof Float64Array };
    const networks = translatorWeights(shape, begin);
    const facts = await trained({ a, b }, frames, shape, networks, { ...options, begin }, context);
    const scale = Math.sqrt(meanSquare(lessRow(b, frames.b.mean.data)));
    return {
      settings: { scale, shape: { ...shape } },
      arrays: {
        from: frames.a.mean,
        'axes-a': frames.a.axes,
        to: frames.b.mean,
        'axes-b': frames.b.axes,
        ...Object.fromEntries(networks.map((own) => [own.name, asMatrix(own)])),
      },
      facts,
    };
  },
  async move({ settings, arrays }: Fitted, rows, _, { engine, work }) {
    const { from, to } = arrays;
    const frame = { mean: from, axes: arrays['axes-a'] };
    const inside = await coordinates(rows, frame, { engine, work });
    const shape = settings['shape'] as unknown as TranslatorShape;
    const weights = (name: string) => tensorOf(name, alike(arrays[name], rows));
    const workspace = new Workspace(engine);
    const out = alike(zeros64(rows.rows, shape.b), rows);
    for (let start = 0; start < rows.rows; start += AT_ONCE) {
      work.signal?.throwIfAborted();
      const x = rowsOf(inside, start, Math.min(rows.rows, start + AT_ONCE));
      const z = latentOf(shape, weights, constant(x.data, [x.rows, x.cols]), 'a');
      out.data.set(await evaluate(rowsFrom(shape, weights, z, 'b'), workspace), start * shape.b);
    }
    const scale = Number(settings['scale']);
    for (let e = 0; e < out.data.length; e++) out.data[e] *= scale;
    const bias = alike(to, rows).data;
    return engine.matmul(out, alike(arrays['axes-b'], rows), { bias }, work);
  },
});

async function frameOf(points: Matrix, orient: boolean, context: FitContext): Promise<Frame> {
  const { cols: d } = points;
  const mean = alike(matrix(meanRow(points), 1, d), points);
  if (orient) {
    const { points: unit } = unitOrZeroRows(lessRow(points, mean.data));
    return { mean, axes: alike(await orientedAxes(unit, context), points) };
  }
  const axes = new Float64Array(d * d);
  for (let c = 0; c < d; c++) axes[c * d + c] = 1;
  return { mean, axes: alike(matrix(axes, d, d), points) };
}

/** Unit rows about the mean, along the axes. */
function coordinates(
  rows: Matrix,
  { mean, axes }: Frame,
  { engine, work }: Pick<FitContext, 'engine' | 'work'>,
) {
  const unit = unitOrZeroRows(lessRow(rows, mean.data)).points;
  return engine.matmul(unit, alike(axes, rows), { transposeB: true }, work);
}

/** A vector of weights is a row of the file. */
const asMatrix = ({ data, shape }: Parameter): Matrix =>
  matrix(data, shape.length === 1 ? 1 : shape[0], shape.at(-1) ?? 1);

const tensorOf = (name: string, { data, rows, cols }: Matrix): Tensor =>
  constant(data, name.endsWith('.bias') ? [cols] : [rows, cols]);

interface Training {
  readonly steps: number;
  readonly batch: number;
  readonly learningRate: number;
  readonly criticRate: number;
  readonly cycle: number;
  readonly preservation: number;
  readonly adversarial: number;
  readonly begin: { readonly seed: number; readonly float64: boolean };
}

/** Trains the networks in place; says the last loss of the networks and of the critics, as means of a tenth of the steps. */
async function trained(
  spaces: Pick<Spaces, Side>,
  frames: Readonly<Record<Side, Frame>>,
  shape: TranslatorShape,
  networks: readonly Parameter[],
  { steps, begin, ...options }: Training,
  context: FitContext,
): Promise<Record<string, number>> {
  if (steps === 0) return {};
  const { engine, random, run } = context;
  const rows = {
    a: await coordinates(spaces.a, frames.a, context),
    b: await coordinates(spaces.b, frames.b, context),
  };
  const byName = new Map(
    [...networks, ...criticWeights(shape, begin)].map((own) => [own.name, own]),
  );
  const weights = (name: string) => byName.get(name) as Parameter;
  const betas = { beta1: 0.5, beta2: 0.999 };
  const [ofNetworks, ofCritics] = [options.learningRate, options.criticRate].map((learningRate) =>
    adam({ learningRate, ...betas }),
  );
  const { loss, reports, ended } = await train({
    steps,
    engine,
    signal: run.options.signal,
    update: ({ name }) => (name.startsWith('critic') ? ofCritics : ofNetworks),
    loss({ step }) {
      const drawn = (side: Side) => {
        const { rows: n } = rows[side];
        const size = Math.min(options.batch, rows.a.rows, rows.b.rows);
        const { data, cols } = gathered(
          rows[side],
          random.fork('batches').fork(side).fork(step).sample(n, size),
        );
        return constant(data, [size, cols]);
      };
      const terms = translatorLoss(shape, weights, { a: drawn('a'), b: drawn('b') }, options);
      return {
        loss: terms.loss,
        report: { translator: terms.translator, fooling: terms.fooling },
      };
    },
    onProgress: ({ done }) => run.options.onProgress?.({ stage: 'vec2vec', done }),
  });
  if (ended === 'signal') throw new AbortedError('vec2vec');
  const last = (name: string) => {
    const some = reports[name].subarray(Math.floor(0.9 * steps));
    return some.reduce((sum, value) => sum + value, 0) / some.length;
  };
  return { loss, translator: last('translator'), fooling: last('fooling') };
}
