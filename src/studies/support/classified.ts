import { type Matrix, matrix } from '../../core/matrix.ts';
import type { Engine } from '../../engine/engine.ts';
import { classifier, type Examples } from '../../families/learners/index.ts';
import { minAngle } from '../../families/metrics/index.ts';
import type { BoundObjective } from '../../families/objectives/index.ts';
import { evaluate, type Model, type Tensor, Workspace } from '../../learning/index.ts';
import type { StudyContext } from '../define.ts';
import type { ImageSet } from './images.ts';
import { measuredAlone } from './measured.ts';

export type ClassifierOptions = NonNullable<Parameters<typeof classifier>[1]>;

export interface Classified {
  /** Share of the held-out rows that got their class. */
  readonly accuracy: number;
  /** Smallest angle between two class vectors, in degrees. */
  readonly separation: number;
  readonly model: Model;
}

/** A classifier of the catalogue trained on the examples; the seed of the repeat decides what is held out. */
export async function classified(
  examples: Examples,
  options: ClassifierOptions,
  study: Pick<StudyContext, 'engine' | 'signal' | 'seed'>,
  spread?: BoundObjective,
): Promise<Classified> {
  const { engine, signal, seed } = study;
  const {
    model,
    report: { accuracy },
  } = await classifier(examples, { ...options, seed }, { engine, signal, spread });
  const { value } = await measuredAlone(minAngle, classVectorsOf(model), {}, study);
  return { accuracy, separation: value, model };
}

/** The vector of each class: learned, or from the settings where it is fixed. */
function classVectorsOf({ parameters, settings }: Model): Matrix {
  const { vectors, dim } = settings as unknown as {
    readonly vectors: readonly number[];
    readonly dim: number;
  };
  const learned = parameters.find(({ name }) => name === 'head.weight');
  const data = learned?.data ?? Float32Array.from(vectors);
  return matrix(data, data.length / dim, dim);
}

/** All images of a set, those for training and those for tests, with their classes; or the first so many. */
export function pooledImages({ classes, train, test }: ImageSet, most = Infinity) {
  const cols = train.images.cols;
  const rows = Math.min(most, train.images.rows + test.images.rows);
  const data = new Float32Array(rows * cols);
  const known = Math.min(rows, train.images.rows);
  data.set(train.images.data.subarray(0, known * cols));
  data.set(test.images.data.subarray(0, (rows - known) * cols), known * cols);
  const labels = [...train.labels.subarray(0, known), ...test.labels.subarray(0, rows - known)];
  return { points: matrix(data, rows, cols), classes: labels.map((label) => classes[label]) };
}

/** The share of rows whose largest logit is that of their class. */
export async function shareRight(
  logits: Tensor,
  classes: ArrayLike<number>,
  engine: Engine,
): Promise<number> {
  const found = await evaluate(logits, new Workspace(engine));
  const [n, c] = logits.shape;
  let right = 0;
  for (let i = 0; i < n; i++) {
    let best = 0;
    for (let e = 1; e < c; e++) if (found[i * c + e] > found[i * c + best]) best = e;
    if (best === classes[i]) right += 1;
  }
  return right / n;
}
