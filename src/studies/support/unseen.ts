import { gathered, type Matrix, matrix } from '../../core/matrix.ts';
import type { Random } from '../../core/random.ts';
import { pairDistances, verification } from '../../families/learners/index.ts';
import { validationRate } from '../../numerics/statistics/verification.ts';
import type { StudyContext } from '../define.ts';
import { loadImages } from './images.ts';
import { loadRequests } from './requests.ts';
import { twoDigits } from './two-digits.ts';

export interface ClassedRows {
  readonly points: Matrix<Float32Array>;
  readonly classes: Int32Array;
}

/** Rows of some classes to train on, and rows of all others. */
export interface SeenAndUnseen {
  readonly seen: ClassedRows;
  readonly unseen: ClassedRows;
}

/** What a learner takes. */
export const named = ({ points, classes }: ClassedRows) => ({
  points,
  classes: Array.from(classes, String),
});

/** Verification of rows by other vectors of theirs. */
export const verified = (points: Matrix, { classes }: ClassedRows, falseAcceptRate = 0.01) =>
  verification(points, classes, { falseAcceptRate });

/** VAL at FAR 1 % alone. */
export const rateOf = (points: Matrix, { classes }: ClassedRows) =>
  validationRate(pairDistances(points, classes), 0.01).rate;

/** Training images of half of the ten classes, drawn by seed, and images of either kind of the other half. */
export async function unseenImages(
  study: StudyContext,
  name: 'mnist' | 'fashion-mnist',
  most: { readonly seen: number; readonly unseen: number },
): Promise<SeenAndUnseen> {
  const { train, test } = await loadImages(study, name);
  const random = study.random.fork(name);
  const isSeen = halfOf(10, random.fork('classes'));
  const seen = rowsWhere(train.labels, (c) => isSeen[c]);
  const unseen = rowsWhere(test.labels, (c) => !isSeen[c]);
  const more = rowsWhere(train.labels, (c) => !isSeen[c]);
  const [first, second] = [
    picked(train.images, train.labels, more),
    picked(test.images, test.labels, unseen),
  ];
  return {
    seen: sampled(picked(train.images, train.labels, seen), most.seen, random.fork('seen')),
    unseen: sampled(joined(first, second), most.unseen, random.fork('unseen')),
  };
}

/** Numbers of two digits: half of the hundred, drawn by seed, of training digits; the other half of test digits. */
export async function unseenNumbers(
  study: StudyContext,
  most: { readonly seen: number; readonly unseen: number },
): Promise<SeenAndUnseen> {
  const { train, test } = await loadImages(study, 'mnist');
  const random = study.random.fork('numbers');
  const order = random.sample(100);
  // The quick form keeps ten numbers of either kind, so that few rows still have pairs.
  const half = study.quick ? 10 : 50;
  const draw = (digits: typeof train, numbers: Int32Array, count: number, name: string) =>
    twoDigits(digits, { count, numbers, random: random.fork(name) });
  return {
    seen: draw(train, order.subarray(0, half), most.seen, 'seen'),
    unseen: draw(test, order.subarray(half, 2 * half), most.unseen, 'unseen'),
  };
}

/** Requests for half of CLINC150's 150 intents, and test requests for the other half, as frozen vectors. */
export async function unseenRequests(
  { data, random, quick }: StudyContext,
  most: { readonly seen: number; readonly unseen: number },
): Promise<SeenAndUnseen> {
  const { intents, inScope } = await loadRequests(data);
  const own = random.fork('clinc150');
  const isSeen = halfOf(intents.length, own.fork('classes'));
  // The quick form keeps ten intents of either kind, so that few rows still have pairs.
  const few = (c: number) => !quick || c % 15 < 2;
  const { train, test } = inScope;
  const seen = rowsWhere(train.labels, (c) => isSeen[c] && few(c));
  const unseen = rowsWhere(test.labels, (c) => !isSeen[c] && few(c));
  return {
    seen: sampled(picked(train.vectors, train.labels, seen), most.seen, own.fork('seen')),
    unseen: sampled(picked(test.vectors, test.labels, unseen), most.unseen, own.fork('unseen')),
  };
}

/** For each of so many classes, whether it is in a half drawn by chance. */
function halfOf(count: number, random: Random): boolean[] {
  const half = new Set(random.sample(count, count >> 1));
  return Array.from({ length: count }, (_, c) => half.has(c));
}

function rowsWhere(labels: Int32Array, holds: (label: number) => boolean): Int32Array {
  return Int32Array.from(labels.keys()).filter((row) => holds(labels[row]));
}

function picked(points: Matrix<Float32Array>, labels: Int32Array, rows: Int32Array): ClassedRows {
  return { points: gathered(points, rows), classes: rows.map((row) => labels[row]) };
}

function joined(a: ClassedRows, b: ClassedRows): ClassedRows {
  const data = new Float32Array(a.points.data.length + b.points.data.length);
  data.set(a.points.data);
  data.set(b.points.data, a.points.data.length);
  const n = a.points.rows + b.points.rows;
  return {
    points: matrix(data, n, a.points.cols),
    classes: Int32Array.of(...a.classes, ...b.classes),
  };
}

/** No more than so many rows, drawn by chance. */
export function sampled(
  { points, classes }: ClassedRows,
  most: number,
  random: Random,
): ClassedRows {
  if (points.rows <= most) return { points, classes };
  const rows = random.sample(points.rows, most).sort();
  return { points: gathered(points, rows), classes: rows.map((row) => classes[row]) };
}
