import { gathered, type Matrix, matrix } from '../../core/matrix.ts';
import type { Random } from '../../core/random.ts';
import { bestCode, lineCode, semanticAssignment } from '../../families/codes/index.ts';
import {
  type ClassCodes,
  classifier,
  type Examples,
  type FixedCode,
  textClassifier,
} from '../../families/learners/index.ts';
import type { Model } from '../../learning/index.ts';
import { areaUnderRoc } from '../../numerics/statistics/area-under-roc.ts';
import type { StudyContext } from '../define.ts';
import { classScores, largestScores, shareNamed } from './class-scores.ts';
import type { RequestSet, Requests } from './requests.ts';

/** Requests with the names of their intents. */
export interface Asked {
  readonly points: Matrix;
  readonly texts: readonly string[];
  readonly classes: readonly string[];
}

/** Frozen sentence vectors with `classifier`, or the words with `text-classifier`. */
export type Kind = 'vectors' | 'words';

export const learners = { vectors: classifier, words: textClassifier } as const;

/** The requests of the first so many intents. */
export function askedOf(
  { intents }: RequestSet,
  { labels, vectors, sentences }: Requests,
  { count, each = Number.POSITIVE_INFINITY, random }: Draw,
): Asked {
  const order = random?.sample(labels.length) ?? labels.keys();
  const taken = new Int32Array(count);
  const isWanted = (label: number) => label < 0 || (label < count && taken[label]++ < each);
  const rows = [...order].filter((row) => isWanted(labels[row]));
  rows.sort((a, b) => a - b);
  return {
    points: gathered(vectors, rows),
    texts: rows.map((row) => sentences[row]),
    classes: rows.map((row) => intents[labels[row]] ?? 'out of scope'),
  };
}

interface Draw {
  /** Intents; those out of scope have the number −1 and are always taken. */
  readonly count: number;
  /** Requests of each, drawn at random. */
  readonly each?: number;
  readonly random?: Random;
}

export interface Named {
  /** Share of the requests in scope whose intent is named. */
  readonly accuracy: number;
  /** How well the largest score tells them from those out of scope: area under the curve. */
  readonly detection: number;
}

/** How a trained model does on requests that it has not seen. */
export async function namedBy(
  kind: Kind,
  model: Model,
  inScope: Asked,
  outOfScope: Asked,
): Promise<Named> {
  const scoresOf = async (asked: Asked) => {
    const { points } = await learners[kind].embed(model, examplesOf(kind, asked));
    return classScores(model, points);
  };
  const inside = await scoresOf(inScope);
  const outside = await scoresOf(outOfScope);
  return {
    accuracy: shareNamed(model, inside, inScope.classes),
    detection: areaUnderRoc(largestScores(outside), largestScores(inside)),
  };
}

export function examplesOf(kind: Kind, { points, texts, classes }: Asked): Examples {
  return kind === 'vectors' ? { points, classes } : { texts, classes };
}

export type IntentCodes = Readonly<Record<'tammes' | 'assigned' | 'equiangular', ClassCodes>>;

/** They are the same in all repeats, and take half a minute. */
const made = new Map<string, IntentCodes>();

/** Codes for the first so many intents; `assigned` by the mean vectors of their training requests. */
export async function intentCodes(
  set: RequestSet,
  n: number,
  dim: number,
  { signal }: Pick<StudyContext, 'signal'>,
): Promise<IntentCodes> {
  const classes = set.intents.slice(0, n);
  const meanings = meaningsOf(set, n);
  const key = `${n} × ${dim}`;
  const known = made.get(key);
  if (known) return known;
  const run = { signal };
  const { points: best } = await bestCode({ n, d: dim }, {}, run);
  const { rows } = await semanticAssignment({ code: best, semantics: meanings }, {}, run);
  const { points: lines } = await lineCode({ n, d: dim }, {}, run);
  const codesOf = (head: FixedCode, vectors: Matrix): ClassCodes => ({ head, classes, vectors });
  const codes = {
    tammes: codesOf('tammes', best),
    assigned: codesOf('assigned', gathered(best, rows)),
    equiangular: codesOf('equiangular', lines),
  };
  made.set(key, codes);
  return codes;
}

/** The mean vector of the training requests of each intent. */
function meaningsOf({ inScope: { train } }: RequestSet, count: number): Matrix {
  const { cols: d, data } = train.vectors;
  const sums = new Float64Array(count * d);
  train.labels.forEach((label, row) => {
    if (label >= count) return;
    for (let c = 0; c < d; c++) sums[label * d + c] += data[row * d + c];
  });
  return matrix(sums, count, d);
}
