import { gathered, type Matrix, matrix, rows as rowsOf, zeros64 } from '../../core/matrix.ts';
import { exp } from '../../core/numeric.ts';
import {
  adam,
  add,
  addRows,
  attention,
  concat,
  cosineDecay,
  dense,
  embeddingTable,
  evaluateAll,
  gelu,
  mean,
  mlp,
  normalization,
  reshape,
  sliceColumns,
  type Tensor,
  train,
  Workspace,
} from '../../learning/index.ts';
import { rowDot } from '../../numerics/rows/dot.ts';
import type { StudyContext } from '../define.ts';
import { featuresOf, imageTensor, stagesOf } from './dense-network.ts';

/** What a patch network makes of one image. */
export interface Seen {
  /** Patches × columns, what the classes are read from. */
  readonly tokens: Matrix;
  /** How much the token of each class looks at each patch, patches × classes. */
  readonly attention: Matrix<Float64Array>;
  /** How much patches look at one another, patches × patches. */
  readonly affinity: Matrix<Float64Array>;
}

/** A small vision transformer with a token for each class beside those of the patches. */
export interface PatchNetwork {
  seen(images: Matrix<Float32Array>): Promise<Seen[]>;
  /** Of the linear layer behind the mean of the patches: classes × columns. */
  readonly weights: Matrix<Float32Array>;
  readonly bias: Float32Array;
}

export interface PatchTraining {
  /** Pixels of a side. */
  readonly side: number;
  /** Of the convolutions in front, with a pooling of 2 × 2 between two of them; the last are the columns of a token. */
  readonly channels: readonly number[];
  readonly blocks: number;
  readonly classes: number;
  readonly steps: number;
  readonly batch: number;
  readonly learningRate: number;
  /** The loss of the logits of some images. */
  readonly loss: (logits: Tensor, rows: Int32Array) => Tensor;
}

/** Images that are run at once. */
const AT_ONCE = 50;

/**
 * Convolutions, then blocks of attention over the patches and one token a class. It is trained by two logits of each class: a
 * linear layer behind the mean of the patches, from which activation maps are read, and one behind the token of the class.
 */
export async function patchNetwork(
  { engine, signal, seed, random }: StudyContext,
  images: Matrix<Float32Array>,
  training: PatchTraining,
): Promise<PatchNetwork> {
  const { side, classes, steps, batch, learningRate, loss } = training;
  const { apply, head, ofClass, patches, cols } = built(training, seed);
  const tensorOf = standardized(images, side);
  const draws = random.fork('batches');
  await train({
    steps,
    seed,
    engine,
    signal,
    update: adam({ learningRate }),
    schedule: cosineDecay(),
    loss({ step }) {
      const rows = draws.fork(step).sample(images.rows, Math.min(batch, images.rows));
      const { tokens, classTokens } = apply(tensorOf(gathered(images, rows)));
      return add(loss(head(mean(tokens, 1)), rows), loss(ofClass(classTokens), rows));
    },
  });
  const [weight, bias] = head.parameters;
  const workspace = new Workspace(engine);
  return {
    weights: matrix(Float32Array.from(weight.data), classes, cols),
    bias: Float32Array.from(bias.data),
    async seen(others) {
      const found: Seen[] = [];
      for (let from = 0; from < others.rows; from += AT_ONCE) {
        const some = rowsOf(others, from, Math.min(others.rows, from + AT_ONCE));
        const { tokens, query, key } = apply(tensorOf(some));
        const values = await evaluateAll([tokens, query, key], workspace);
        for (let i = 0; i < some.rows; i++) {
          const [own, q, k] = values.map((data, part) => {
            const count = part === 0 ? patches : patches + classes;
            const size = count * cols;
            return matrix(data.slice(i * size, (i + 1) * size), count, cols);
          });
          found.push({ tokens: own, ...looksOf(q, k, patches) });
        }
      }
      return found;
    },
  };
}

/** Makes tensors of images, less the mean of these and in units of their deviation. */
function standardized({ data }: Matrix, side: number) {
  let [sum, squares] = [0, 0];
  for (const x of data) sum += x;
  const mean = sum / data.length;
  for (const x of data) squares += (x - mean) ** 2;
  const deviation = Math.sqrt(squares / data.length) || 1;
  return (images: Matrix) =>
    imageTensor(
      Float32Array.from(images.data, (x) => (x - mean) / deviation),
      side,
    );
}

function built({ side, channels, blocks, classes }: PatchTraining, seed: number) {
  const cols = channels[channels.length - 1];
  const patches = (side / 2 ** (channels.length - 1)) ** 2;
  const stages = stagesOf('stage', channels, seed);
  const options = { cols, seed, deviation: 0.1 };
  const places = embeddingTable({ name: 'places', rows: patches, ...options });
  const names = embeddingTable({ name: 'classes', rows: classes, ...options });
  const stack = Array.from({ length: blocks }, (_, i) => block(`block.${i}`, cols, seed));
  const norm = normalization({ name: 'norm', cols });
  const head = dense({ name: 'head', inputs: cols, outputs: classes, seed });
  const ofClass = dense({ name: 'class', inputs: cols, outputs: 1, seed });
  const apply = (seen: Tensor) => {
    const n = seen.shape[0];
    const features = featuresOf(stages, seen);
    const last = reshape(features[features.length - 1], [n, patches, cols]);
    const placed = addRows(last, places.parameters[0]);
    const ids = Int32Array.from({ length: n * classes }, (_, e) => e % classes);
    const named = reshape(names(ids), [n, classes * cols]);
    const both = concat(reshape(placed, [n, patches * cols]), named);
    let x = reshape(both, [n, patches + classes, cols]);
    let [query, key] = [x, x];
    for (const one of stack) ({ x, query, key } = one(x));
    const flat = reshape(norm(x), [n, (patches + classes) * cols]);
    const cut = patches * cols;
    return {
      tokens: reshape(sliceColumns(flat, 0, cut), [n, patches, cols]),
      classTokens: reshape(sliceColumns(flat, cut, cut + classes * cols), [n, classes, cols]),
      query,
      key,
    };
  };
  return {
    apply,
    head,
    ofClass: (tokens: Tensor) => reshape(ofClass(tokens), [tokens.shape[0], classes]),
    patches,
    cols,
  };
}

/** A transformer block that tells its queries and keys. */
function block(name: string, cols: number, seed: number) {
  const [queries, keys, values, output] = ['query', 'key', 'value', 'output'].map((part) =>
    dense({ name: `${name}.${part}`, inputs: cols, outputs: cols, seed }),
  );
  const before = normalization({ name: `${name}.before`, cols });
  const between = normalization({ name: `${name}.between`, cols });
  const thought = mlp({
    name: `${name}.mlp`,
    sizes: [cols, cols, cols],
    activation: gelu,
    seed,
  });
  return (x: Tensor) => {
    const n = before(x);
    const [query, key] = [queries(n), keys(n)];
    const y = add(x, output(attention(query, key, values(n))));
    return { x: add(y, thought(between(y))), query, key };
  };
}

/** The attention of one image: what each class and each patch looks at among the patches. */
function looksOf(query: Matrix, key: Matrix, patches: number): Omit<Seen, 'tokens'> {
  const { rows: all, cols } = query;
  const classes = all - patches;
  const looks = { attention: zeros64(patches, classes), affinity: zeros64(patches, patches) };
  for (let i = 0; i < all; i++) {
    const shares = Float64Array.from(
      { length: all },
      (_, j) => rowDot(query, i, key, j) / Math.sqrt(cols),
    );
    const most = shares.reduce((top, x) => Math.max(top, x), -Infinity);
    shares.forEach((x, j) => {
      shares[j] = exp(x - most);
    });
    const sum = shares.reduce((total, x) => total + x, 0);
    for (let j = 0; j < patches; j++) {
      if (i < patches) looks.affinity.data[i * patches + j] = shares[j] / sum;
      else looks.attention.data[j * classes + i - patches] = shares[j] / sum;
    }
  }
  return looks;
}
