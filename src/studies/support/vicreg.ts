import { type Matrix, matrix, zeros } from '../../core/matrix.ts';
import type { Random } from '../../core/random.ts';

/** Weights of the three terms of VICReg, and the step of Adam. */
export interface VicregSetting {
  readonly invariance: number;
  readonly variance: number;
  readonly covariance: number;
  readonly rate: number;
}

export interface VicregSize {
  readonly steps: number;
  /** Texts in a batch; each gives two views. */
  readonly batch: number;
}

/** What a trained network makes of every text. */
export interface TrainedVicreg {
  /** Before the projector: n × 64. */
  readonly representations: Matrix;
  /** After it: n × 64. */
  readonly embeddings: Matrix;
  /** Mean loss of the last tenth of the steps. */
  readonly loss: number;
}

const HIDDEN = 128;
const WIDTH = 64;
/** A word stays in a view with this probability. */
const KEPT = 0.5;
const EPSILON = 1e-4;

/** A layer's weights, in × out, with their gradient and Adam's moments. */
interface Layer {
  readonly inputs: number;
  readonly outputs: number;
  readonly weights: Float32Array;
  readonly gradient: Float32Array;
  readonly first: Float32Array;
  readonly second: Float32Array;
}

/**
 * VICReg (Bardes, Ponce, LeCun 2022) on bags of words: two views of a text keep each word with probability ½; a
 * hidden layer of 128 ReLUs, a representation of 64, and a projector of one more ReLU layer to embeddings of 64.
 * The loss is λ·mean ‖z − z′‖²/d + μ·mean max(0, 1 − sd) + ν·(squared covariances off the diagonal)/d, by Adam.
 */
export async function trainVicreg(
  texts: readonly ArrayLike<number>[],
  words: number,
  setting: VicregSetting,
  { steps, batch }: VicregSize,
  random: Random,
  turn: () => Promise<void>,
): Promise<TrainedVicreg> {
  const layers = [
    // A text of m words is their sum over √m, which is as long as one word.
    layer(words, HIDDEN, 1, random.fork('first')),
    layer(HIDDEN, WIDTH, HIDDEN, random.fork('second')),
    layer(WIDTH, WIDTH, WIDTH, random.fork('projector')),
  ] as const;
  const draws = random.fork('views');
  const last: number[] = [];
  for (let step = 0; step < steps; step++) {
    const chosen = Int32Array.from({ length: batch }, () => draws.integer(texts.length));
    const views = [...chosen, ...chosen].map((i) => viewOf(texts[i], draws));
    const passed = forward(layers, views);
    const { loss, gradient } = vicregLoss(passed.embeddings, batch, setting);
    backward(layers, views, passed, gradient);
    for (const own of layers) adamInPlace(own, setting.rate, step + 1);
    if (step >= steps * 0.9) last.push(loss);
    await turn();
  }
  const { representations, embeddings } = forward(
    layers,
    texts.map((text) => Int32Array.from(text)),
  );
  const n = texts.length;
  return {
    representations: matrix(representations, n, WIDTH),
    embeddings: matrix(embeddings, n, WIDTH),
    loss: last.reduce((sum, x) => sum + x, 0) / last.length,
  };
}

/** He's start, for inputs whose squares add up to so much. */
function layer(inputs: number, outputs: number, squares: number, random: Random): Layer {
  const scale = Math.sqrt(2 / squares);
  const weights = Float32Array.from({ length: inputs * outputs }, () => scale * random.normal());
  const empty = () => new Float32Array(inputs * outputs);
  return { inputs, outputs, weights, gradient: empty(), first: empty(), second: empty() };
}

/** Some of the words; at least one. */
function viewOf(text: ArrayLike<number>, random: Random): Int32Array {
  const kept = Int32Array.from(text).filter(() => random.uniform() < KEPT);
  return kept.length > 0 || text.length === 0
    ? kept
    : Int32Array.of(text[random.integer(text.length)]);
}

interface Passed {
  readonly hidden: Float32Array;
  readonly representations: Float32Array;
  readonly rectified: Float32Array;
  readonly embeddings: Float32Array;
}

type Layers = readonly [Layer, Layer, Layer];

function forward([first, second, projector]: Layers, texts: readonly Int32Array[]): Passed {
  const n = texts.length;
  const hidden = new Float32Array(n * HIDDEN);
  for (let i = 0; i < n; i++) {
    const share = 1 / Math.sqrt(Math.max(1, texts[i].length));
    for (const word of texts[i]) {
      for (let h = 0; h < HIDDEN; h++) {
        hidden[i * HIDDEN + h] += share * first.weights[word * HIDDEN + h];
      }
    }
  }
  rectifyInPlace(hidden);
  const representations = through(second, hidden, n);
  const rectified = representations.slice();
  rectifyInPlace(rectified);
  return { hidden, representations, rectified, embeddings: through(projector, rectified, n) };
}

function rectifyInPlace(values: Float32Array): void {
  for (let e = 0; e < values.length; e++) if (values[e] < 0) values[e] = 0;
}

/** X·W; zeros of X, which a ReLU makes many of, are passed over. */
function through({ inputs, outputs, weights }: Layer, x: Float32Array, n: number): Float32Array {
  const out = new Float32Array(n * outputs);
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < inputs; k++) {
      const value = x[i * inputs + k];
      if (value === 0) continue;
      for (let c = 0; c < outputs; c++) out[i * outputs + c] += value * weights[k * outputs + c];
    }
  }
  return out;
}

function backward(
  [first, second, projector]: Layers,
  texts: readonly Int32Array[],
  { hidden, representations, rectified }: Passed,
  gradient: Float32Array,
): void {
  const n = texts.length;
  const atRepresentations = back(projector, rectified, gradient, n);
  for (let e = 0; e < n * WIDTH; e++) if (representations[e] <= 0) atRepresentations[e] = 0;
  const atHidden = back(second, hidden, atRepresentations, n);
  for (let e = 0; e < n * HIDDEN; e++) if (hidden[e] <= 0) atHidden[e] = 0;
  for (let i = 0; i < n; i++) {
    const share = 1 / Math.sqrt(Math.max(1, texts[i].length));
    for (const word of texts[i]) {
      for (let h = 0; h < HIDDEN; h++) {
        first.gradient[word * HIDDEN + h] += share * atHidden[i * HIDDEN + h];
      }
    }
  }
}

/** Adds XᵀG to the layer's gradient and returns G·Wᵀ. */
function back(
  { inputs, outputs, weights, gradient }: Layer,
  x: Float32Array,
  above: Float32Array,
  n: number,
): Float32Array {
  const below = new Float32Array(n * inputs);
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < inputs; k++) {
      const value = x[i * inputs + k];
      let sum = 0;
      for (let c = 0; c < outputs; c++) {
        const g = above[i * outputs + c];
        sum += g * weights[k * outputs + c];
        gradient[k * outputs + c] += value * g;
      }
      below[i * inputs + k] = sum;
    }
  }
  return below;
}

/** The loss of 2·batch embeddings, the two views of text i in rows i and batch + i, and its gradient. */
export function vicregLoss(z: Float32Array, batch: number, setting: VicregSetting) {
  const d = z.length / (2 * batch);
  const gradient = new Float32Array(z.length);
  let loss = 0;
  const pull = (2 * setting.invariance) / (batch * d);
  for (let e = 0; e < batch * d; e++) {
    const gap = z[e] - z[batch * d + e];
    loss += (setting.invariance * gap * gap) / (batch * d);
    gradient[e] += pull * gap;
    gradient[batch * d + e] -= pull * gap;
  }
  for (const from of [0, batch * d]) {
    loss += spreadLoss(z.subarray(from, from + batch * d), d, setting, gradient.subarray(from));
  }
  return { loss, gradient };
}

/** The variance and covariance terms of one view; adds their gradient. */
function spreadLoss(
  z: Float32Array,
  d: number,
  { variance, covariance }: VicregSetting,
  gradient: Float32Array,
): number {
  const n = z.length / d;
  const centered = new Float64Array(n * d);
  for (let c = 0; c < d; c++) {
    let mean = 0;
    for (let i = 0; i < n; i++) mean += z[i * d + c] / n;
    for (let i = 0; i < n; i++) centered[i * d + c] = z[i * d + c] - mean;
  }
  const products = new Float64Array(d * d);
  for (let i = 0; i < n; i++) {
    for (let a = 0; a < d; a++) {
      const x = centered[i * d + a] / (n - 1);
      for (let b = 0; b < d; b++) products[a * d + b] += x * centered[i * d + b];
    }
  }
  let loss = 0;
  // ∂loss/∂C, the gradient being 2 x̃ ∂C/(n − 1).
  const slopes = new Float64Array(d * d);
  for (let a = 0; a < d; a++) {
    for (let b = 0; b < d; b++) {
      if (a === b) continue;
      loss += (covariance * products[a * d + b] ** 2) / d;
      slopes[a * d + b] = (2 * covariance * products[a * d + b]) / d;
    }
    const deviation = Math.sqrt(products[a * d + a] + EPSILON);
    if (deviation >= 1) continue;
    loss += (variance * (1 - deviation)) / d;
    slopes[a * d + a] = -variance / (2 * d * deviation);
  }
  for (let i = 0; i < n; i++) {
    for (let a = 0; a < d; a++) {
      const x = (2 * centered[i * d + a]) / (n - 1);
      for (let b = 0; b < d; b++) gradient[i * d + b] += x * slopes[a * d + b];
    }
  }
  return loss;
}

function adamInPlace(own: Layer, rate: number, step: number): void {
  const { weights, gradient, first, second } = own;
  const [a, b] = [1 - 0.9 ** step, 1 - 0.999 ** step];
  for (let e = 0; e < weights.length; e++) {
    const g = gradient[e];
    first[e] += 0.1 * (g - first[e]);
    second[e] += 0.001 * (g * g - second[e]);
    weights[e] -= (rate * (first[e] / a)) / (Math.sqrt(second[e] / b) + 1e-8);
    gradient[e] = 0;
  }
}

/** The rows with as many columns of noise beside them, as long as they are on average. */
export function besideNoise({ data, rows: n, cols: d }: Matrix, random: Random): Matrix {
  const out = zeros(n, 2 * d);
  let squares = 0;
  for (const x of data) squares += x * x;
  const scale = Math.sqrt(squares / data.length);
  for (let i = 0; i < n; i++) {
    out.data.set(data.subarray(i * d, (i + 1) * d), 2 * i * d);
    for (let c = 0; c < d; c++) out.data[2 * i * d + d + c] = scale * random.normal();
  }
  return out;
}
