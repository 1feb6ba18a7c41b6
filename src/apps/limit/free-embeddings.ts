import { OptionError } from '../../core/errors.ts';
import { type Matrix, matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { referenceEngine } from '../../engine/reference.ts';
import {
  adam,
  constant,
  gradientsOf,
  logSoftmax,
  matmul,
  multiply,
  type Parameter,
  parameter,
  scale,
  sum,
  Workspace,
} from '../../learning/index.ts';

export interface FreeOptions {
  /** Documents. */
  readonly n: number;
  /** Numbers of a vector. */
  readonly d: number;
  readonly seed?: number | undefined;
  /** T of the softmax. Default: 0.1. */
  readonly temperature?: number | undefined;
  /** Of Adam. Default: 0.01. */
  readonly learningRate?: number | undefined;
  /** Steps at most. Default: 100,000. */
  readonly steps?: number | undefined;
  /** It ends after so many steps without a loss lower by 1e-5. Default: 1,000. */
  readonly patience?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface FreeResult {
  /** Whether at some time the two best documents of each query were its own. */
  readonly solved: boolean;
  /** The largest share of the relevant documents among the two best of their query that was seen. */
  readonly accuracy: number;
  readonly steps: number;
  readonly loss: number;
  /** n × d and n(n − 1)/2 × d, unit rows; query by query the pairs (0, 1), (0, 2), … of documents. */
  readonly documents: Matrix<Float64Array>;
  readonly queries: Matrix<Float64Array>;
}

const WHERE = 'freeEmbeddings';
const STEPS_BETWEEN_CHECKS = 50;
const LEAST_GAIN = 1e-5;

/**
 * Whether vectors of d numbers can answer every pair of n documents at all (Weller et al. 2025, section 4): documents
 * and a query for each pair are free unit vectors that learn, by Adam with rows made unit after each step, the loss
 *
 *     L = −mean_{q, i ∈ pair(q)} log softmax_j(⟨q, x_j⟩/T)_i
 *
 * over all documents. What they cannot do no encoder of d numbers can. Float64 on the reference engine: the same
 * everywhere.
 */
export async function freeEmbeddings({
  n,
  d,
  seed = 0,
  temperature = 0.1,
  learningRate = 0.01,
  steps = 100_000,
  patience = 1000,
  signal,
}: FreeOptions): Promise<FreeResult> {
  requireLeast('n', n, 2);
  requireLeast('d', d, 1);
  const pairs = (n * (n - 1)) / 2;
  const random = Random.fromSeed(seed).fork('free-embeddings');
  const x = unitParameter('documents', n, d, random.fork('documents'));
  const q = unitParameter('queries', pairs, d, random.fork('queries'));
  const relevance = pairMask(n);
  const loss = scale(
    sum(
      multiply(
        logSoftmax(scale(matmul(q, x, { transposeB: true }), 1 / temperature)),
        constant(relevance, [pairs, n]),
      ),
    ),
    -1 / (2 * pairs),
  );
  const update = adam({ learningRate });
  const states = new Map([x, q].map((own) => [own, update.start(own)]));
  const workspace = new Workspace(referenceEngine);
  let [lowest, waited, accuracy, last, step] = [Infinity, 0, 0, Infinity, 0];
  while (step < steps && waited < patience && accuracy < 1) {
    signal?.throwIfAborted();
    step += 1;
    const { loss: value, gradients } = await gradientsOf(loss, workspace);
    for (const [own, state] of states) {
      const gradient = gradients.get(own);
      if (gradient)
        await update.apply(own, gradient, state, {
          step,
          rate: learningRate,
          engine: referenceEngine,
        });
      toUnitRows(own);
    }
    last = value;
    if (value < lowest - LEAST_GAIN) [lowest, waited] = [value, 0];
    else waited += 1;
    if (step % STEPS_BETWEEN_CHECKS === 1 || step === steps || waited === patience)
      accuracy = Math.max(accuracy, accuracyOf(q.data, x.data, n, d));
  }
  return {
    solved: accuracy === 1,
    accuracy,
    steps: step,
    loss: last,
    documents: matrix(x.data as Float64Array, n, d),
    queries: matrix(q.data as Float64Array, pairs, d),
  };
}

/**
 * The most documents of which free vectors of d numbers answer every pair: from about d²/2 in growing steps, then by
 * halves, as if what more documents allow fewer would.
 */
export async function mostFreeDocuments(options: Omit<FreeOptions, 'n'>): Promise<number> {
  requireLeast('d', options.d, 1);
  const isSolved = async (n: number) => n <= 2 || (await freeEmbeddings({ ...options, n })).solved;
  const start = Math.max(2, Math.round(options.d ** 2 / 2));
  let [low, high] = [start, start];
  if (await isSolved(start)) {
    for (let step = 1; low === high || (await isSolved(high)); step *= 2)
      [low, high] = [high, high + step];
  } else {
    for (let step = 1; low === high || !(await isSolved(low)); step *= 2)
      [low, high] = [Math.max(2, low - step), low];
  }
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (await isSolved(middle)) low = middle;
    else high = middle;
  }
  return low;
}

function requireLeast(name: string, value: number, least: number): void {
  if (!Number.isSafeInteger(value) || value < least)
    throw new OptionError(WHERE, name, `an integer, at least ${least}`, value);
}

function unitParameter(name: string, rows: number, d: number, random: Random): Parameter {
  const own = parameter(
    name,
    Float64Array.from({ length: rows * d }, () => random.normal()),
    [rows, d],
  );
  toUnitRows(own);
  return own;
}

function toUnitRows({ data, shape }: Parameter): void {
  const [rows, d] = shape;
  for (let i = 0; i < rows; i++) {
    let square = 0;
    for (let c = i * d; c < (i + 1) * d; c++) square += data[c] * data[c];
    const length = Math.sqrt(square);
    for (let c = i * d; c < (i + 1) * d; c++) data[c] /= length;
  }
}

/** Pairs × n: 1 where the document is of the pair. */
function pairMask(n: number): Float64Array {
  const mask = new Float64Array(((n * (n - 1)) / 2) * n);
  let at = 0;
  for (let i = 0; i < n; i++) {
    for (let j = i + 1; j < n; j++) {
      mask[at + i] = 1;
      mask[at + j] = 1;
      at += n;
    }
  }
  return mask;
}

/** Share of the documents of the pairs that are among the two best of their query. */
function accuracyOf(q: ArrayLike<number>, x: ArrayLike<number>, n: number, d: number): number {
  let [right, pair] = [0, 0];
  for (let i = 0; i < n; i++) {
    for (let j = i + 1; j < n; j++) {
      const [first, second] = twoBest(q, pair * d, x, n, d);
      right += Number(first === i || second === i) + Number(first === j || second === j);
      pair += 1;
    }
  }
  return right / (2 * pair);
}

function twoBest(q: ArrayLike<number>, from: number, x: ArrayLike<number>, n: number, d: number) {
  let [first, second, most, next] = [-1, -1, -Infinity, -Infinity];
  for (let j = 0; j < n; j++) {
    let product = 0;
    for (let c = 0; c < d; c++) product += q[from + c] * x[j * d + c];
    if (product > most) [second, next, first, most] = [first, most, j, product];
    else if (product > next) [second, next] = [j, product];
  }
  return [first, second] as const;
}
