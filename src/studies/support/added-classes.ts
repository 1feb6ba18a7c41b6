import { gathered, type Matrix } from '../../core/matrix.ts';
import type { Random } from '../../core/random.ts';
import {
  adamW,
  batches,
  constant,
  cosineDecay,
  crossEntropy,
  dense,
  type Layer,
  mlp,
  prototypes,
  sliceColumns,
  type Tensor,
  train,
} from '../../learning/index.ts';
import type { StudyContext } from '../define.ts';
import { shareRight } from './classified.ts';

export interface LabeledRows {
  readonly vectors: Matrix;
  readonly labels: Int32Array;
}

export interface AddedClassesOptions {
  readonly classes: number;
  /** Classes that are known from the beginning. */
  readonly known: number;
  readonly hidden: number;
  /** Steps with the known classes, and as many again with all. */
  readonly steps: number;
  readonly learningRate: number;
  readonly scale: number;
}

/** Shares of the test rows of all classes that were told. */
export interface AddedClasses {
  /** Fixed vectors; the classes that come later get places that were free. */
  readonly fixed: number;
  /** A linear layer that gets a row for each class that comes later. */
  readonly linear: number;
  /** Fixed vectors, before the others come. */
  readonly before: number;
  /** Fixed vectors, all classes known from the beginning, as many steps in all. */
  readonly atOnce: number;
}

/** A body and a head over `open` classes; what training needs of them. */
interface Classifier {
  readonly logits: (x: Tensor, open: number) => Tensor;
}

/**
 * Trains on the rows of some classes, drawn by `random`, then on those of all, with fixed vectors (a row of `vectors` a
 * class) and with a linear layer. A row of a linear layer that no gradient has reached is a row just drawn: growing is
 * leaving the columns of classes to come out of the loss.
 */
export async function addedClasses(
  { fit, test }: { readonly fit: LabeledRows; readonly test: LabeledRows },
  vectors: Matrix,
  options: AddedClassesOptions,
  study: Pick<StudyContext, 'engine' | 'signal' | 'seed'> & { readonly random: Random },
): Promise<AddedClasses> {
  const { classes, known, hidden, scale } = options;
  const { engine, seed } = study;
  const order = study.random.fork('order of classes').sample(classes);
  const placed = ({ vectors: rows, labels }: LabeledRows): LabeledRows => {
    const place = new Int32Array(classes);
    order.forEach((own, i) => {
      place[own] = i;
    });
    return { vectors: rows, labels: labels.map((label) => place[label]) };
  };
  const [all, asked] = [placed(fit), placed(test)];
  const first = withLabelsBelow(all, known);
  const sizes = [fit.vectors.cols, hidden, vectors.cols];
  const fixedHead = (): Classifier => {
    const body = mlp({ name: 'body', sizes, seed });
    const head = prototypes({ name: 'head', classes, cols: vectors.cols, scale, fixed: vectors });
    return { logits: (x) => head(body(x)) };
  };
  const linearHead = (): Classifier => {
    const body = mlp({ name: 'body', sizes, seed });
    const head: Layer = dense({ name: 'head', inputs: vectors.cols, outputs: classes, seed });
    return { logits: (x, open) => sliceColumns(head(body(x)), 0, open) };
  };
  const told = ({ logits }: Classifier) =>
    shareRight(logits(tensorOf(asked.vectors), classes), asked.labels, engine);
  const learn = (classifier: Classifier, rows: LabeledRows, open: number, times = 1) =>
    trained(classifier, rows, open, { ...options, steps: times * options.steps }, study);

  const fixed = fixedHead();
  await learn(fixed, first, classes);
  const before = await told(fixed);
  await learn(fixed, all, classes);
  const linear = linearHead();
  await learn(linear, first, known);
  await learn(linear, all, classes);
  const atOnce = fixedHead();
  await learn(atOnce, all, classes, 2);
  return {
    fixed: await told(fixed),
    linear: await told(linear),
    before,
    atOnce: await told(atOnce),
  };
}

async function trained(
  { logits }: Classifier,
  { vectors, labels }: LabeledRows,
  open: number,
  { steps, learningRate }: AddedClassesOptions,
  { engine, signal, seed }: Pick<StudyContext, 'engine' | 'signal' | 'seed'>,
): Promise<void> {
  const draws = batches({ rows: vectors.rows, size: 128, seed });
  await train({
    steps,
    seed,
    engine,
    signal,
    update: adamW({ learningRate }),
    schedule: cosineDecay(),
    loss({ step }) {
      const rows = draws.at(step);
      const own = rows.map((row) => labels[row]);
      return crossEntropy(logits(tensorOf(gathered(vectors, rows)), open), own);
    },
  });
}

function withLabelsBelow({ vectors, labels }: LabeledRows, known: number): LabeledRows {
  const rows = Int32Array.from(labels.keys()).filter((row) => labels[row] < known);
  return { vectors: gathered(vectors, rows), labels: rows.map((row) => labels[row]) };
}

/** Rows scaled so that a column has the mean square 1, which is what unit rows are to networks. */
function tensorOf({ data, rows, cols }: Matrix): Tensor {
  const scale = Math.sqrt(cols);
  return constant(
    Float32Array.from(data, (x) => scale * x),
    [rows, cols],
  );
}
