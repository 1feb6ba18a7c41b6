import { gathered, type Matrix, matrix } from '../../core/matrix.ts';
import type { Random } from '../../core/random.ts';
import { affine } from '../../families/alignment/index.ts';
import { lessRow, meanRow } from '../../numerics/rows/centered.ts';
import { columnScales, scaleColumnsInPlace } from '../../numerics/rows/column-scales.ts';
import type { StudyContext } from '../define.ts';
import { intentMeanings } from './intent-meanings.ts';
import type { RequestSet } from './requests.ts';
import { kernelFeatures, type SemanticView } from './zero-shot.ts';

/** Requests of intents never seen, and what a map learned from others predicts of them. */
export interface UnseenIntents {
  /** Sentence vectors of the rows to recognise, and the same with standard columns. */
  readonly features: Matrix<Float32Array>;
  readonly standard: Matrix<Float32Array>;
  /** Places of their intents among the unseen. */
  readonly labels: Int32Array;
  /** Predicted words and attributes with the prototypes of the unseen intents, less the mean of the seen ones. */
  readonly semantic: readonly SemanticView[];
  readonly plain: readonly SemanticView[];
}

export interface UnseenSizes {
  /** Intents to learn from, and others to recognise. */
  readonly seen: number;
  readonly unseen: number;
  /** Requests of each seen intent, and of each unseen one. */
  readonly train: number;
  readonly rows: number;
  readonly anchors: number;
}

/** Another split of the intents for each seed. */
export async function unseenIntents(
  set: RequestSet,
  size: UnseenSizes,
  { random, engine, signal }: StudyContext,
): Promise<UnseenIntents> {
  const meanings = await intentMeanings(set);
  const order = random.fork('intents').sample(set.intents.length);
  const seen = order.subarray(0, size.seen);
  const unseen = order.subarray(size.seen, size.seen + size.unseen);
  const { train, test } = set.inScope;
  const own = rowsOfEach(train.labels, seen, size.train);
  const more = rowsOfEach(train.labels, unseen, size.rows / 2);
  const asked = rowsOfEach(test.labels, unseen, size.rows / 2);
  const features = joined(gathered(train.vectors, more), gathered(test.vectors, asked));
  const place = new Map(Array.from(unseen, (intent, c) => [intent, c]));
  const ofRows = [...more.map((i) => train.labels[i]), ...asked.map((i) => test.labels[i])];
  const run = { engine, signal };
  const anchors = gathered(train.vectors, anchorsOf(own, size.anchors, random));
  const kernel = (rows: Matrix) => kernelFeatures(rows, anchors, { engine });
  const [a, toPredict] = [await kernel(gathered(train.vectors, own)), await kernel(features)];
  const views: (SemanticView & { readonly mean: Float64Array })[] = [];
  for (const meaning of [meanings.words, meanings.attributes]) {
    const targets = gathered(
      meaning,
      own.map((i) => train.labels[i]),
    );
    const { model } = await affine({ a, b: targets }, {}, run);
    views.push({
      rows: await affine.transform(model, toPredict, 'a', run),
      prototypes: gathered(meaning, unseen),
      mean: meanRow(gathered(meaning, seen)),
    });
  }
  return {
    features,
    standard: standardColumns(features),
    labels: Int32Array.from(ofRows, (intent) => place.get(intent) ?? -1),
    plain: views,
    semantic: views.map(({ rows, prototypes, mean }) => ({
      rows: lessRow(rows, mean),
      prototypes: lessRow(prototypes, mean),
    })),
  };
}

const anchorsOf = (own: readonly number[], count: number, random: Random) =>
  random
    .fork('anchors')
    .sample(own.length, Math.min(count, own.length))
    .map((at) => own[at]);

/** The first rows of each of these classes, so many of each. */
export function rowsOfEach(labels: Int32Array, classes: Int32Array, each: number): number[] {
  const taken = new Map(Array.from(classes, (c) => [c, 0]));
  return Array.from(labels.keys()).filter((i) => {
    const count = taken.get(labels[i]);
    if (count === undefined || count >= each) return false;
    taken.set(labels[i], count + 1);
    return true;
  });
}

function joined(a: Matrix<Float32Array>, b: Matrix<Float32Array>): Matrix<Float32Array> {
  const data = new Float32Array(a.data.length + b.data.length);
  data.set(a.data);
  data.set(b.data, a.data.length);
  return matrix(data, a.rows + b.rows, a.cols);
}

function standardColumns(points: Matrix<Float32Array>): Matrix<Float32Array> {
  const { mean, inverse } = columnScales(points);
  const out = lessRow(points, mean);
  scaleColumnsInPlace(out, inverse);
  return out;
}
