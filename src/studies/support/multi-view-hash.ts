import { gathered, type Matrix, matrix, zeros } from '../../core/matrix.ts';
import { exp } from '../../core/numeric.ts';
import type { Random } from '../../core/random.ts';
import {
  adam,
  add,
  constant,
  cosineDecay,
  evaluate,
  type Layer,
  matmul,
  mean,
  meanSquaredError,
  mlp,
  multiply,
  scale,
  softplus,
  square,
  stopGradient,
  subtract,
  sum,
  type Tensor,
  tanh,
  train,
  Workspace,
} from '../../learning/index.ts';
import type { StudyContext } from '../define.ts';
import type { KnownImages } from './digit-views.ts';

export interface HashTraining {
  readonly bits: number;
  readonly steps: number;
  readonly batch: number;
  /** Stream of the draws and seed of the networks. */
  readonly random: Random;
}

/** Weights of the terms beside the pairs: signs, balance of bits, the codes of each view, the memory. */
const WEIGHTS = { signs: 0.05, balance: 0.05, views: 0.3, memory: 0.1 };
const RATE = 3e-3;
const HIDDEN = { base: 128, view: 64 };

/** A network of one input, trained to give rows of a class the same bits. */
export async function trainedHash(
  study: StudyContext,
  { points, labels, hidden }: { points: Matrix; labels: Int32Array; hidden: number },
  { bits, steps, batch, random }: HashTraining,
): Promise<(rows: Matrix) => Promise<Matrix>> {
  const seed = random.fork('network').uint32();
  const network = mlp({ name: 'hash', sizes: [points.cols, hidden, bits], seed });
  await train({
    ...running(study, steps, seed),
    loss({ step }) {
      const rows = random.fork(step).sample(labels.length, Math.min(batch, labels.length));
      return codeLoss(tanh(network(tensorOf(gathered(points, rows)))), rows, labels);
    },
  });
  return (rows) => rowsOf(tanh(network(tensorOf(rows))), study);
}

export interface MultiViewHash {
  /** a_v, whose mean is 1. */
  readonly weights: readonly number[];
  /** From all views. */
  readonly fused: (views: readonly Matrix[]) => Promise<Matrix>;
  /** From the first view and what the memory adds to it. */
  readonly remembered: (first: Matrix) => Promise<Matrix>;
}

/**
 * Multi-view enhancement, as we read the abstract:
 *
 *     h = tanh(f(x₁) + Σ_v a_v g_v(x_v)),   ĥ = tanh(f(x₁) + m(x₁))
 *
 * with f, g_v and m perceptrons, x₁ the first view, and m trained to say Σ_v a_v g_v(x_v) from x₁ alone. a_v is
 * V·softmax(−δ_v/δ̄), with δ_v the mean squared change of the codes tanh(g_v) of some images from one epoch to the next,
 * when the view is taken again: a view whose codes stay counts more.
 */
export async function multiViewHash(
  study: StudyContext,
  { views, labels, again }: KnownImages,
  { bits, steps, batch, random }: HashTraining,
): Promise<MultiViewHash> {
  const seed = random.fork('network').uint32();
  const net = (name: string, inputs: number, hidden: number) =>
    mlp({ name, sizes: [inputs, hidden, bits], seed });
  const base = net('base', views[0].cols, HIDDEN.base);
  const memory = net('memory', views[0].cols, HIDDEN.base);
  const own = views.map((view, v) => net(`view${v}`, view.cols, HIDDEN.view));
  const stability = await stabilityOf(own, again, study);
  const enhancement = (of: readonly Tensor[]) =>
    of.map((view, v) => scale(view, stability.weights[v])).reduce((a, b) => add(a, b));
  const epoch = Math.max(1, Math.round(labels.length / batch));
  await train({
    ...running(study, steps, seed),
    loss({ step }) {
      const rows = random.fork(step).sample(labels.length, Math.min(batch, labels.length));
      const inputs = views.map((view) => tensorOf(gathered(view, rows)));
      const each = inputs.map((input, v) => own[v](input));
      const added = enhancement(each);
      const fused = codeLoss(tanh(add(base(inputs[0]), added)), rows, labels);
      const alone = each
        .map((view) => codeLoss(tanh(view), rows, labels))
        .reduce((a, b) => add(a, b));
      const missed = meanSquaredError(memory(inputs[0]), stopGradient(added));
      return [scale(alone, WEIGHTS.views), scale(missed, WEIGHTS.memory)].reduce(
        (a, b) => add(a, b),
        fused,
      );
    },
    async onStep({ step }) {
      if (step % epoch === 0) await stability.look();
    },
  });
  return {
    weights: stability.weights,
    fused: (rows) =>
      rowsOf(
        tanh(add(base(tensorOf(rows[0])), enhancement(rows.map((x, v) => own[v](tensorOf(x)))))),
        study,
      ),
    remembered: (first) => rowsOf(tanh(add(base(tensorOf(first)), memory(tensorOf(first)))), study),
  };
}

/** The weights of the views, changed by every look at how much their codes have changed since the last. */
async function stabilityOf(
  networks: readonly Layer[],
  again: KnownImages['again'],
  study: StudyContext,
) {
  const weights = networks.map(() => 1);
  const changes = networks.map(() => 0);
  let looks = 0;
  const codes = () =>
    Promise.all(
      again[looks % again.length].map((view, v) =>
        rowsOf(tanh(networks[v](tensorOf(view))), study),
      ),
    );
  let before = await codes();
  return {
    weights,
    async look() {
      looks += 1;
      const now = await codes();
      for (const [v, own] of now.entries()) {
        const change = meanSquaredChange(own, before[v]);
        changes[v] = looks === 1 ? change : (changes[v] + change) / 2;
      }
      before = now;
      softmaxOfStability(changes).forEach((weight, v) => {
        weights[v] = weight;
      });
    },
  };
}

function meanSquaredChange({ data: a }: Matrix, { data: b }: Matrix): number {
  let total = 0;
  for (let e = 0; e < a.length; e++) total += (a[e] - b[e]) ** 2;
  return total / a.length;
}

/** V·softmax(−δ/δ̄). */
export function softmaxOfStability(changes: readonly number[]): number[] {
  const middle = changes.reduce((a, b) => a + b, 0) / changes.length;
  const raised = changes.map((change) => (middle > 0 ? exp(-change / middle) : 1));
  const total = raised.reduce((a, b) => a + b, 0);
  return raised.map((own) => (changes.length * own) / total);
}

/**
 * Pairs of a class have near codes, others far ones: mean of log(1 + e^θ) − s·θ with θ = ⟨hᵢ, hⱼ⟩/2 over the pairs of a
 * batch, both kinds with the same weight in all; with the squared distance from signs, and from bits that half have.
 */
export function codeLoss(h: Tensor, rows: Int32Array, labels: Int32Array): Tensor {
  const [n, bits] = h.shape;
  const [same, weight] = [zeros(n, n), zeros(n, n)];
  let pairs = 0;
  for (let e = 0; e < n * n; e++) {
    same.data[e] = labels[rows[Math.floor(e / n)]] === labels[rows[e % n]] ? 1 : 0;
    pairs += same.data[e];
  }
  for (let e = 0; e < n * n; e++)
    weight.data[e] = same.data[e] === 1 ? 0.5 / pairs : 0.5 / Math.max(1, n * n - pairs);
  const theta = scale(matmul(h, h, { transposeB: true }), 0.5);
  const apart = subtract(softplus(theta), multiply(theta, tensorOf(same)));
  const likely = sum(multiply(apart, tensorOf(weight)));
  // For |h| < 1 the squared distance from the sign is (1 − |h|)²; 1 − h² has the same minima and is smooth.
  const signs = subtract(constant(Float32Array.of(1), []), mean(square(h)));
  const balance = scale(sum(square(mean(h, 0))), 1 / bits);
  return add(likely, add(scale(signs, WEIGHTS.signs), scale(balance, WEIGHTS.balance)));
}

const running = ({ engine, signal }: StudyContext, steps: number, seed: number) => ({
  ...{ steps, seed, engine, signal },
  update: adam({ learningRate: RATE }),
  schedule: cosineDecay(),
});

const tensorOf = ({ data, rows, cols }: Matrix): Tensor => constant(data, [rows, cols]);

async function rowsOf(tensor: Tensor, { engine }: StudyContext): Promise<Matrix> {
  const [rows, cols] = tensor.shape;
  return matrix(await evaluate(tensor, new Workspace(engine)), rows, cols);
}
