import { gathered, type Matrix, matrix } from '../../core/matrix.ts';
import { autoencoder } from '../../families/learners/index.ts';
import { ntXent } from '../../families/objectives/index.ts';
import {
  adamW,
  batches,
  constant,
  cosineDecay,
  evaluate,
  mlp,
  normalizeRows,
  objective,
  train,
  twoViews,
  Workspace,
} from '../../learning/index.ts';
import type { StudyContext } from '../define.ts';
import { shiftedView } from './shifted-views.ts';
import type { Labeled } from './transfer.ts';

const DIM = 16;
const HIDDEN = 128;
const LEARNING_RATE = 0.002;
const epochsOf = ({ quick }: StudyContext) => (quick ? 2 : 12);

export interface Split {
  readonly train: Labeled;
  readonly test: Labeled;
}

/** Codes of training and test rows. */
export interface Coded {
  readonly codes: Split;
  /** The hidden columns of the decoder, where there is one. */
  readonly hidden?: Split;
  /** Mean squared error of test rows as a share of the variance. */
  readonly reconstruction?: number;
}

/** Codes of an autoencoder that saw the training rows alone. */
export async function codedByAutoencoder(
  study: StudyContext,
  data: Split,
  loss: 'vae' | 'mim' | 'cmim',
  batch: number,
): Promise<Coded> {
  const { seed, engine, signal } = study;
  const run = { engine, signal };
  const options = {
    loss,
    seed,
    batch,
    ...{ dim: DIM, hidden: HIDDEN, learningRate: LEARNING_RATE },
    epochs: epochsOf(study),
    heldOut: 0,
  };
  const { model } = await autoencoder({ points: data.train.points }, options, run);
  const embedded = async ({ points, labels }: Labeled, embedding: string) => {
    const asked = { ...model, settings: { ...model.settings, embedding } };
    return { points: (await autoencoder.embed(asked, { points }, run)).points, labels };
  };
  const split = async (embedding: string) => ({
    train: await embedded(data.train, embedding),
    test: await embedded(data.test, embedding),
  });
  const rebuilt = await embedded(data.test, 'reconstruction');
  return {
    codes: await split('code'),
    hidden: await split('decoder'),
    reconstruction: shareOfVariance(rebuilt.points, data.test.points),
  };
}

interface ContrastOptions {
  readonly augmented: boolean;
  readonly batch: number;
  /** Columns of the code. */
  readonly dim?: number;
  readonly steps?: number;
}

/** Codes of an encoder of the same shape that learned by NT-Xent: two views, shifted and noisy or equal. */
export async function codedByContrast(
  study: StudyContext,
  data: Split,
  { augmented, batch, dim = DIM, steps }: ContrastOptions,
): Promise<Coded> {
  const { seed, engine, signal } = study;
  const images = data.train.points;
  const encoder = mlp({ name: 'encoder', sizes: [images.cols, HIDDEN, dim], seed });
  const scaled = scalerOf(images);
  const view = shiftedView(Math.sqrt(images.cols), augmented ? 1 : 0, augmented ? 0.1 : 0);
  const size = Math.min(batch, images.rows);
  const draws = batches({ rows: images.rows, size, seed, remainder: 'drop' });
  await train({
    steps: steps ?? epochsOf(study) * draws.perEpoch,
    ...{ seed, engine, signal },
    update: adamW({ learningRate: LEARNING_RATE, weightDecay: 0.01 }),
    schedule: cosineDecay(),
    loss({ step, random }) {
      const { points, partners } = twoViews(gathered(images, draws.at(step)), view, random);
      return objective(normalizeRows(encoder(scaled(points))), ntXent.bind(), { partners });
    },
  });
  const workspace = new Workspace(engine);
  const coded = async ({ points, labels }: Labeled) => {
    const codes = await evaluate(encoder(scaled(points)), workspace);
    return { points: matrix(codes, points.rows, dim), labels };
  };
  return { codes: { train: await coded(data.train), test: await coded(data.test) } };
}

/** Less the mean of all pixels, over their deviation. */
function scalerOf({ data }: Matrix) {
  let [mean, squares] = [0, 0];
  for (const x of data) mean += x / data.length;
  for (const x of data) squares += (x - mean) ** 2 / data.length;
  const deviation = Math.sqrt(squares);
  return ({ data: own, rows, cols }: Matrix) =>
    constant(
      Float32Array.from(own, (x) => (x - mean) / deviation),
      [rows, cols],
    );
}

/** Mean squared distance of rows from others, over that of those from their mean row. */
function shareOfVariance({ data }: Matrix, { data: other, rows: n, cols: d }: Matrix): number {
  const mean = new Float64Array(d);
  for (let e = 0; e < other.length; e++) mean[e % d] += other[e] / n;
  let [off, all] = [0, 0];
  for (let e = 0; e < other.length; e++) {
    off += (data[e] - other[e]) ** 2;
    all += (other[e] - mean[e % d]) ** 2;
  }
  return off / all;
}
