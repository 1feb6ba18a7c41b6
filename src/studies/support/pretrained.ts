import { type Matrix, matrix } from '../../core/matrix.ts';
import { twoViews } from '../../families/learners/index.ts';
import { rankme } from '../../families/metrics/index.ts';
import type { BoundObjective } from '../../families/objectives/index.ts';
import type { Model } from '../../learning/index.ts';
import type { StudyContext } from '../define.ts';
import { type Labeled, linearProbe, nearestProbe } from './class-probes.ts';
import { loadImages } from './images.ts';
import { measuredAlone } from './measured.ts';

export type TwoViewsOptions = NonNullable<Parameters<typeof twoViews>[1]>;

/** Images to learn from without their labels, and images to judge by. */
export interface Pictures {
  readonly train: Labeled;
  readonly test: Labeled;
}

/** Windows and shifts: what a piece of clothing is stays the same. */
export const VIEWS = { crop: 0.6, shift: 3, masked: 0, noise: 0 } as const;

/** The encoder and how long it learns: 784–128–32 with a projector 32–32–32, batches of 128 images. */
export const FULL = { hidden: 128, dim: 32, projected: 32, steps: 100, batch: 128 } as const;
export const QUICK = { hidden: 32, dim: 16, projected: 16, steps: 12, batch: 48 } as const;

/** Images of Fashion-MNIST, or MNIST, as rows of points; some of them in the quick form. */
export async function pictures(
  study: StudyContext,
  name: 'fashion-mnist' | 'mnist' = 'fashion-mnist',
): Promise<Pictures> {
  const { train, test } = await loadImages(study, name);
  const most = study.quick ? 150 : 5000;
  const part = ({ images, labels }: typeof train): Labeled => {
    const n = Math.min(most, images.rows);
    return {
      points: matrix(images.data.subarray(0, n * images.cols), n, images.cols),
      labels: labels.subarray(0, n),
    };
  };
  return { train: part(train), test: part(test) };
}

export interface Pretrained {
  /** Embeddings of the images, before the projector and after it. */
  features(images: Matrix): Promise<Matrix>;
  projected(images: Matrix): Promise<Matrix>;
  readonly loss: number;
  readonly spread: number;
  readonly seconds: number;
  readonly steps: number;
}

/** A network that learned from two views of the images; `seen` is asked at the steps of `at`. */
export async function pretrained(
  study: StudyContext,
  images: Matrix,
  options: TwoViewsOptions,
  {
    spread,
    at = [],
    seen,
  }: {
    readonly spread?: BoundObjective;
    readonly at?: readonly number[];
    readonly seen?: (step: number, so: Pick<Pretrained, 'features' | 'projected'>) => Promise<void>;
  } = {},
): Promise<Pretrained> {
  const { engine, seed, quick, signal } = study;
  const size = quick ? QUICK : FULL;
  const own = { ...size, ...VIEWS, learningRate: 0.003, seed, ...options };
  const learned = await twoViews({ points: images }, own, {
    engine,
    signal,
    spread,
    async onStep({ step }, model) {
      if (seen && at.includes(step)) await seen(step, embeddingsOf(model, study));
    },
  });
  const { model, losses, seconds, steps } = learned;
  const { spread: spreadOfRows } = learned.report;
  const last = losses.subarray(-Math.ceil(losses.length / 10));
  return {
    ...embeddingsOf(model, study),
    loss: last.reduce((all, loss) => all + loss, 0) / last.length,
    spread: spreadOfRows,
    seconds,
    steps,
  };
}

function embeddingsOf(model: Model, { engine }: StudyContext) {
  const embedded = (embeds: 'features' | 'projected') => async (points: Matrix) =>
    (
      await twoViews.embed(
        { ...model, settings: { ...model.settings, embeds } },
        { points },
        { engine },
      )
    ).points;
  return { features: embedded('features'), projected: embedded('projected') };
}

/** What embeddings are worth. */
export interface Judged {
  /** RankMe of the embeddings of the training images, as they are. */
  readonly rank: number;
  /** Accuracy on test images of their 5 nearest training images. */
  readonly nearest: number;
}

/** What embeddings are worth; `embedded` gives those of a layer of a network. */
export async function judged(
  study: StudyContext,
  embedded: Embedding,
  pictures: Pictures,
): Promise<Judged> {
  const { train, test } = await embeddedBy(embedded, pictures);
  return {
    rank: await rankOf(study, train.points),
    nearest: await nearestProbe(train, test, study.engine),
  };
}

/** Accuracy on test images of a logistic regression on the embeddings. */
export async function probed(embedded: Embedding, pictures: Pictures): Promise<number> {
  const { train, test } = await embeddedBy(embedded, pictures);
  return linearProbe(train, test);
}

type Embedding = (images: Matrix) => Promise<Matrix>;

async function embeddedBy(embedded: Embedding, { train, test }: Pictures): Promise<Pictures> {
  return {
    train: { ...train, points: await embedded(train.points) },
    test: { ...test, points: await embedded(test.points) },
  };
}

/** RankMe of the rows as they are. */
export async function rankOf(study: StudyContext, points: Matrix): Promise<number> {
  return (await measuredAlone(rankme, points, {}, study)).value;
}
