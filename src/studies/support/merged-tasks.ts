import { gathered, type Matrix, matrix, zeros } from '../../core/matrix.ts';
import type { Random } from '../../core/random.ts';
import { type MergedWeights, predictionEntropy } from '../../families/merging/index.ts';
import {
  adam,
  add,
  constant,
  cosineDecay,
  crossEntropy,
  entropy,
  evaluate,
  linear,
  type Model,
  mean,
  meanSquaredError,
  mlp,
  type Parameter,
  parameter,
  relu,
  scale,
  softmax,
  type Tensor,
  train,
  Workspace,
} from '../../learning/index.ts';
import type { StudyContext } from '../define.ts';
import { type LabeledImages, loadImages } from './images.ts';
import { drawHalved, SIDE } from './two-digits.ts';

const PIXELS = SIDE * SIDE;
const CLASSES = 10;
const BATCH = 64;

/** Sizes of the encoder, and steps of each stage. */
export interface MergedTaskSizes {
  readonly hidden: number;
  readonly features: number;
  /** As an autoencoder. */
  readonly pretraining: number;
  /** On a few labels of all tasks, where there are any. */
  readonly teaching: number;
  readonly heads: number;
  readonly tuning: number;
  /** Images of each task, for training and for tests. */
  readonly rows: number;
  /** Of them, those whose labels the base sees as well. */
  readonly labels: number;
}

interface Images {
  readonly train: LabeledImages;
  readonly test: LabeledImages;
}

/** Images with a head of their own, which reads the features of an encoder. */
export interface HeadedTask extends Images {
  readonly head: { readonly weight: Tensor; readonly bias: Tensor };
}

/** An encoder that was pretrained without labels, and a version for each task that was fine-tuned from it. */
export interface TunedTasks {
  readonly tasks: readonly HeadedTask[];
  readonly base: Model;
  readonly models: readonly Model[];
}

/** Digits, clothes, and digits by a quarter turned, each at half its size. */
async function threeTasks(study: StudyContext, rows: number): Promise<readonly Images[]> {
  const digits = await loadImages(study, 'mnist');
  const clothes = await loadImages(study, 'fashion-mnist');
  const some = ({ images, labels }: LabeledImages, name: string): LabeledImages => {
    const chosen = study.random.fork(name).sample(labels.length, Math.min(rows, labels.length));
    const all = Int32Array.from(chosen, (row) => labels[row]);
    return { images: halved(gathered(images, chosen)), labels: all };
  };
  const parts = (set: typeof digits, name: string) => ({
    train: some(set.train, `${name} train`),
    test: some(set.test, `${name} test`),
  });
  const straight = parts(digits, 'digits');
  const turned = parts(digits, 'turned digits');
  return [
    straight,
    parts(clothes, 'clothes'),
    { train: quarterTurned(turned.train), test: quarterTurned(turned.test) },
  ];
}

function halved(images: Matrix<Float32Array>): Matrix<Float32Array> {
  const small = zeros(images.rows, PIXELS);
  for (let i = 0; i < images.rows; i++) drawHalved(images, i, small.data, i * PIXELS, SIDE);
  return small;
}

/** The images by a quarter turn. */
export function quarterTurned({ images, labels }: LabeledImages): LabeledImages {
  const data = images.data.map((_, at) => {
    const [start, pixel] = [at - (at % PIXELS), at % PIXELS];
    const [row, column] = [Math.floor(pixel / SIDE), pixel % SIDE];
    return images.data[start + (SIDE - 1 - column) * SIDE + row];
  });
  return { images: matrix(data, images.rows, PIXELS), labels };
}

/** Pretrains an encoder on the images of all tasks, fits a head to each task, and tunes the encoder to each. */
export async function tunedTasks(study: StudyContext, sizes: MergedTaskSizes): Promise<TunedTasks> {
  const { random } = study;
  const sets = await threeTasks(study, sizes.rows);
  const base = await pretrained(study, sets, sizes);
  const tasks: HeadedTask[] = [];
  for (const [t, set] of sets.entries()) {
    const head = newHead(t, sizes.features);
    const task = { ...set, head };
    await fitted(study, task, fixed(base), sizes.heads, random.fork(`head ${t}`), 0.01);
    tasks.push({ ...set, head: { weight: asConstant(head.weight), bias: asConstant(head.bias) } });
  }
  const models: Model[] = [];
  for (const [t, task] of tasks.entries()) {
    const own = base.parameters.map(({ name, data, shape }) =>
      parameter(name, data.slice(), shape),
    );
    const model = { ...base, parameters: own };
    await fitted(study, task, weightsOf(model), sizes.tuning, random.fork(`tuning ${t}`), 0.002);
    models.push(model);
  }
  return { tasks, base, models };
}

/** An autoencoder's half; where the base sees labels, it learns the tasks at once from a few images of each as well. */
async function pretrained(
  study: StudyContext,
  sets: readonly Images[],
  { hidden, features, pretraining, teaching, labels }: MergedTaskSizes,
): Promise<Model> {
  const { random, seed } = study;
  const layers = [PIXELS, hidden, features];
  const encoder = mlp({ name: 'encoder', sizes: layers, seed });
  const decoder = mlp({ name: 'decoder', sizes: layers.toReversed(), seed });
  await stage(study, pretraining, (step) => {
    const own = random.fork('pretraining').fork(step);
    const x = drawn(sets[step % sets.length].train.images, own, BATCH);
    return meanSquaredError(decoder(relu(encoder(x))), x);
  });
  const base: Model = { kind: 'encoder', settings: {}, parameters: encoder.parameters };
  if (labels === 0) return base;
  const tasks = sets.map((set, t) => ({ ...set, head: newHead(t, features) }));
  await stage(study, teaching, (step) => {
    const own = random.fork('teaching').fork(step);
    const losses = tasks.map((task, t) => lossOf(task, weightsOf(base), own.fork(t), labels));
    return sumOf(losses);
  });
  return base;
}

function newHead(t: number, features: number) {
  return {
    weight: parameter(`head.${t}`, new Float32Array(CLASSES * features), [CLASSES, features]),
    bias: parameter(`bias.${t}`, new Float32Array(CLASSES), [CLASSES]),
  };
}

/** Minimises the cross-entropy of a task in whatever of encoder and head can move. */
function fitted(
  study: StudyContext,
  task: HeadedTask,
  weights: MergedWeights,
  steps: number,
  draws: Random,
  learningRate: number,
) {
  const all = task.train.labels.length;
  const loss = (step: number) => lossOf(task, weights, draws.fork(step), all);
  return stage(study, steps, loss, learningRate);
}

/** The cross-entropy of a batch of the first images of a task. */
function lossOf(
  { train: { images, labels }, head }: HeadedTask,
  weights: MergedWeights,
  random: Random,
  first: number,
): Tensor {
  const rows = random.sample(first, Math.min(BATCH, first));
  const x = constant(gathered(images, rows).data, [rows.length, PIXELS]);
  return crossEntropy(
    logits(weights, head, x),
    Array.from(rows, (row) => labels[row]),
  );
}

async function stage(
  { engine, signal, seed }: StudyContext,
  steps: number,
  loss: (step: number) => Tensor,
  learningRate = 0.002,
) {
  await train({
    ...{ steps, engine, signal, seed },
    update: adam({ learningRate }),
    schedule: cosineDecay(),
    loss: ({ step }) => loss(step),
  });
}

function drawn(images: Matrix<Float32Array>, random: Random, size: number): Tensor {
  const rows = random.sample(images.rows, Math.min(size, images.rows));
  return constant(gathered(images, rows).data, [rows.length, PIXELS]);
}

export function weightsOf({ parameters }: Model): MergedWeights {
  return new Map(parameters.map((own) => [own.name, own]));
}

const asConstant = ({ data, shape }: Parameter): Tensor => constant(data, shape);

const fixed = ({ parameters }: Model): MergedWeights =>
  new Map(parameters.map((own) => [own.name, asConstant(own)]));

function logits(weights: MergedWeights, { weight, bias }: HeadedTask['head'], x: Tensor): Tensor {
  const of = (name: string) => weights.get(`encoder.${name}`) as Tensor;
  const hidden = relu(linear(x, of('0.weight'), of('0.bias')));
  return linear(relu(linear(hidden, of('1.weight'), of('1.bias'))), weight, bias);
}

function sumOf(terms: readonly Tensor[]): Tensor {
  return terms.reduce((sum, term) => add(sum, term));
}

/** Entropy of the predictions for a few test images of each task, summed over the tasks; labels are not read. */
export function entropyOfBatches(
  { tasks }: TunedTasks,
  weights: MergedWeights,
  random: Random,
  size: number,
): Tensor {
  return sumOf(
    tasks.map(({ test, head }, t) =>
      predictionEntropy(logits(weights, head, drawn(test.images, random.fork(t), size))),
    ),
  );
}

/**
 * How undecided predictions are for all test images, less how evenly they use the classes, summed over the tasks: minus
 * the mutual information of image and class. Labels are not read.
 */
export function indecision({ tasks }: TunedTasks, weights: MergedWeights): Tensor {
  return sumOf(
    tasks.map((task) => {
      const z = logits(weights, task.head, allTest(task));
      return add(predictionEntropy(z), scale(entropy(mean(softmax(z), 0)), -1));
    }),
  );
}

export interface Judged {
  /** Mean over the tasks of the share of test images that get their class. */
  readonly accuracy: number;
  /** Mean over the tasks of the entropy of the predictions, in nats. */
  readonly entropy: number;
  /** `indecision`, for weights that all tasks share. */
  readonly value: number;
}

/** What an encoder of these weights, one for all tasks or one for each, is worth on the test images. */
export async function judged(
  { engine }: Pick<StudyContext, 'engine'>,
  tuned: TunedTasks,
  weights: MergedWeights | readonly MergedWeights[],
): Promise<Judged> {
  const { tasks } = tuned;
  const workspace = new Workspace(engine);
  let [right, undecided] = [0, 0];
  for (const [t, task] of tasks.entries()) {
    const own = isEach(weights) ? weights[t] : weights;
    const z = logits(own, task.head, allTest(task));
    const found = await evaluate(z, workspace);
    const guesses = Array.from(task.test.labels, (_, i) => bestOf(found, i * CLASSES));
    right += guesses.filter((guess, i) => guess === task.test.labels[i]).length / guesses.length;
    undecided += (await evaluate(predictionEntropy(z), workspace))[0];
  }
  const value = isEach(weights)
    ? Number.NaN
    : (await evaluate(indecision(tuned, weights), workspace))[0];
  return { accuracy: right / tasks.length, entropy: undecided / tasks.length, value };
}

const isEach = (
  weights: MergedWeights | readonly MergedWeights[],
): weights is readonly MergedWeights[] => Array.isArray(weights);

const allTest = ({ test: { images } }: HeadedTask): Tensor =>
  constant(images.data, [images.rows, PIXELS]);

function bestOf(values: ArrayLike<number>, start: number): number {
  let best = 0;
  for (let c = 1; c < CLASSES; c++) if (values[start + c] > values[start + best]) best = c;
  return best;
}
