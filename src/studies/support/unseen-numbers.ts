import { gathered, type Matrix, matrix } from '../../core/matrix.ts';
import type { Random } from '../../core/random.ts';
import {
  type ClassScores,
  calibrationOf,
  generalizedAccuracy,
} from '../../families/classifiers/index.ts';
import { pca } from '../../families/reduction/index.ts';
import type { StudyContext } from '../define.ts';
import { type LabeledImages, loadImages } from './images.ts';
import { twoDigits } from './two-digits.ts';

/** Which of seven segments a digit lights: top, two upper sides, middle, two lower sides, bottom. */
const SEGMENTS = [
  '1110111',
  '0010010',
  '1011101',
  '1011011',
  '0111010',
  '1101011',
  '1101111',
  '1010010',
  '1111111',
  '1111011',
];

export interface ClassifiedRows {
  readonly points: Matrix;
  readonly classes: readonly string[];
}

/** Numbers of two digits of which some have no training images. */
export interface UnseenNumbers {
  readonly train: ClassifiedRows;
  /** Test images of seen and of unseen numbers. */
  readonly seen: ClassifiedRows;
  readonly unseen: ClassifiedRows;
  /** All hundred, or those of the quick form; seen ones first. */
  readonly names: readonly string[];
  /** Lit segments of both digits, × 14; or one-hot digits, × 20. */
  readonly segments: Matrix<Float64Array>;
  readonly oneHot: Matrix<Float64Array>;
}

export interface NumberSizes {
  readonly seen: number;
  readonly unseen: number;
  /** Training images of each seen number. */
  readonly each: number;
  /** Test images of each number. */
  readonly asked: number;
  /** Principal components. */
  readonly dim: number;
}

/** Another split of the numbers for each seed. Test images are made of test digits. */
export async function unseenNumberRows(
  study: StudyContext,
  { seen, unseen, each, asked, dim }: NumberSizes,
): Promise<UnseenNumbers> {
  const { train, test } = await loadImages(study, 'mnist');
  const random = study.random.fork('numbers');
  const order = random.sample(100, seen + unseen);
  const drawn = (set: LabeledImages, numbers: Int32Array, count: number, name: string) =>
    drawnNumbers(set, numbers, count, random.fork(name));
  const known = drawn(train, order.subarray(0, seen), each, 'train');
  const { model, points } = await pca(known.points, { dim }, { engine: study.engine });
  const placed = async (rows: ClassifiedRows) => ({
    ...rows,
    points: await pca.transform(model, rows.points, { engine: study.engine }),
  });
  return {
    train: { points, classes: known.classes },
    seen: await placed(drawn(test, order.subarray(0, seen), asked, 'seen')),
    unseen: await placed(drawn(test, order.subarray(seen), asked, 'unseen')),
    names: Array.from(order, String),
    ...meaningsOf(order),
  };
}

/** The first so many training images of each number. */
export function fewerOfEach(rows: ClassifiedRows, each: number): ClassifiedRows {
  const taken = new Map<string, number>();
  return rowsWhere(rows, (i) => {
    const before = taken.get(rows.classes[i]) ?? 0;
    taken.set(rows.classes[i], before + 1);
    return before < each;
  });
}

export function rowsWhere(
  { points, classes }: ClassifiedRows,
  isWanted: (row: number) => boolean,
): ClassifiedRows {
  const rows = Array.from(classes.keys()).filter(isWanted);
  return { points: gathered(points, rows), classes: rows.map((i) => classes[i]) };
}

export function joinedRows(a: ClassifiedRows, b: ClassifiedRows): ClassifiedRows {
  const data = new Float32Array(a.points.data.length + b.points.data.length);
  data.set(a.points.data);
  data.set(b.points.data, a.points.data.length);
  return {
    points: matrix(data, a.points.rows + b.points.rows, a.points.cols),
    classes: [...a.classes, ...b.classes],
  };
}

/** Harmonic means of both accuracies over half of the rows: nothing taken off, and calibrated by the other half. */
export async function harmonicMeans(
  { seen, unseen }: Pick<UnseenNumbers, 'seen' | 'unseen'>,
  scoresOf: (rows: ClassifiedRows) => Promise<ClassScores>,
): Promise<{ readonly plain: number; readonly calibrated: number }> {
  const halves = [0, 1].map((half) =>
    joinedRows(
      rowsWhere(seen, (i) => i % 2 === half),
      rowsWhere(unseen, (i) => i % 2 === half),
    ),
  );
  const scores = [await scoresOf(halves[0]), await scoresOf(halves[1])];
  const mean = (gammaOf: (half: number) => number) =>
    [0, 1].reduce((sum, half) => {
      const { classes } = halves[half];
      return sum + generalizedAccuracy(scores[half], classes, gammaOf(half)).harmonicMean / 2;
    }, 0);
  return {
    plain: mean(() => 0),
    calibrated: mean((half) => calibrationOf(scores[1 - half], halves[1 - half].classes)),
  };
}

function drawnNumbers(
  set: LabeledImages,
  numbers: Int32Array,
  count: number,
  random: Random,
): ClassifiedRows {
  const parts = Array.from(numbers, (number) => {
    const own = { count, numbers: Int32Array.of(number), random: random.fork(number) };
    return twoDigits(set, own).points;
  });
  const [{ cols }] = parts;
  const data = new Float32Array(numbers.length * count * cols);
  for (const [at, part] of parts.entries()) data.set(part.data, at * count * cols);
  return {
    points: matrix(data, numbers.length * count, cols),
    classes: Array.from(numbers).flatMap((number) => new Array<string>(count).fill(`${number}`)),
  };
}

function meaningsOf(numbers: Int32Array) {
  const digits = Array.from(numbers, (number) => [Math.floor(number / 10), number % 10]);
  const bits = (of: (digit: number) => number[], width: number) =>
    matrix(Float64Array.from(digits.flatMap((own) => own.flatMap(of))), digits.length, 2 * width);
  return {
    segments: bits((digit) => Array.from(SEGMENTS[digit], Number), 7),
    oneHot: bits((digit) => Array.from({ length: 10 }, (_, k) => Number(k === digit)), 10),
  };
}
