import { gathered, type Matrix } from '../../core/matrix.ts';
import {
  modalityGap,
  modalitySeparability,
  pooledUniformity,
  relativeAlignment,
} from '../../families/comparisons/index.ts';
import { type Learned, recallBothWays, twoTowers } from '../../families/learners/index.ts';
import { loadGlove } from '../../io/datasets/index.ts';
import type { StudyContext } from '../define.ts';
import { loadRequests } from './requests.ts';
import { sentencesOf, WordVectors } from './text-encoders.ts';

export type TowerOptions = NonNullable<Parameters<typeof twoTowers>[1]>;

/** Two descriptions of the same things: row i of both. */
export interface TwoSides {
  readonly a: Matrix;
  readonly b: Matrix;
}

export interface SidesToLearn {
  readonly train: TwoSides;
  readonly test: TwoSides;
}

/** Requests of CLINC150, drawn by seed: sentence vectors × 192 beside the mean of GloVe vectors × 100 of the words. */
export async function twoSidedRequests(
  { data, random }: StudyContext,
  counts: { readonly train: number; readonly test: number },
): Promise<SidesToLearn> {
  const { inScope } = await loadRequests(data);
  const words = new WordVectors(await loadGlove());
  const drawn = (part: 'train' | 'test'): TwoSides => {
    const { sentences, vectors } = inScope[part];
    const said = sentencesOf({ all: sentences });
    // Requests of the same words have one bag: of these one is taken.
    const first = new Map(said.map((sentence, row) => [sentence.words.toSorted().join(' '), row]));
    const known = [...first.values()].filter((row) => said[row].words.some((w) => words.has(w)));
    const rows = random
      .fork(part)
      .sample(known.length, Math.min(counts[part], known.length))
      .map((at) => known[at]);
    const bags = words.means(
      [...rows].map((row) => said[row]),
      () => 1,
    );
    return { a: gathered(vectors, rows), b: bags };
  };
  return { train: drawn('train'), test: drawn('test') };
}

export async function learntTowers(
  { engine, signal, seed }: Pick<StudyContext, 'engine' | 'signal' | 'seed'>,
  { a: points, b: others }: TwoSides,
  options: TowerOptions,
  start?: Learned['model'],
): Promise<Learned> {
  return twoTowers({ points, others }, { heldOut: 0, seed, ...options }, { engine, signal, start });
}

/** Embeddings of both sides. */
export async function embeddedSides(
  { engine }: Pick<StudyContext, 'engine'>,
  { model }: Pick<Learned, 'model'>,
  { a, b }: TwoSides,
): Promise<TwoSides> {
  return {
    a: (await twoTowers.embed(model, { points: a }, { engine })).points,
    b: (await twoTowers.embed(model, { others: b }, { engine })).points,
  };
}

export interface TowerScores {
  /** Means of both directions. */
  readonly recallAt1: number;
  readonly recallAt10: number;
  readonly gap: number;
  readonly separability: number;
  readonly alignment: number;
  readonly uniformity: number;
}

/** What a model does with pairs that it never saw. */
export async function towerScores(
  study: Pick<StudyContext, 'engine' | 'signal' | 'seed'>,
  learned: Pick<Learned, 'model'>,
  sides: TwoSides,
): Promise<TowerScores> {
  const pair = await embeddedSides(study, learned, sides);
  const { there, back } = recallBothWays(pair.a, pair.b);
  const run = { engine: study.engine, signal: study.signal, seed: study.seed };
  const of = async (comparison: typeof modalityGap) => (await comparison(pair, {}, run)).value;
  return {
    recallAt1: (there.recallAt1 + back.recallAt1) / 2,
    recallAt10: (there.recallAt10 + back.recallAt10) / 2,
    gap: await of(modalityGap),
    separability: await of(modalitySeparability),
    alignment: await of(relativeAlignment),
    uniformity: (await pooledUniformity(pair, {}, run)).value,
  };
}
