import {
  type BoundObjective,
  gaussianEnergy,
  koleo,
  laplaceEnergy,
  lloyd,
  maxMinAngle,
  sliced,
} from '../../families/objectives/index.ts';
import type { StudyContext } from '../define.ts';
import { type Classified, type ClassifierOptions, classified, pooledImages } from './classified.ts';
import { loadImages } from './images.ts';

export const DIMS = [2, 3, 8, 16, 64] as const;
export type Dim = (typeof DIMS)[number];

interface Head {
  readonly head: NonNullable<ClassifierOptions['head']>;
  readonly spread?: BoundObjective;
  /** Where the code exists. */
  readonly dims?: readonly Dim[];
}

const learned = (spread: BoundObjective): Head => ({ head: 'prototypes', spread });

export const HEADS = {
  random: { head: 'random' },
  oneHot: { head: 'one-hot', dims: [16, 64] },
  softmax: { head: 'softmax' },
  learned: { head: 'prototypes' },
  koleo: learned(koleo.bind()),
  maxMinAngle: learned(maxMinAngle.bind()),
  gaussian: learned(gaussianEnergy.bind()),
  laplace: learned(laplaceEnergy.bind()),
  lloyd: learned(lloyd.bind()),
  sliced: learned(sliced.bind()),
  first: { head: 'dispersed', spread: koleo.bind() },
  tammes: { head: 'tammes' },
  simplex: { head: 'simplex', dims: [16, 64] },
  equiangular: { head: 'equiangular' },
  assigned: { head: 'assigned' },
} as const satisfies Record<string, Head>;
export type HeadName = keyof typeof HEADS;

/** Learned prototypes with each of the dispersion losses. */
export const DISPERSIONS = [
  'koleo',
  'maxMinAngle',
  'gaussian',
  'laplace',
  'lloyd',
  'sliced',
] as const;
/** The quick form has these, and takes them for the others. */
const QUICK: readonly Dim[] = [3, 16];

/** Of a full set so many images are taken: a quarter is held out, and 10,000 are learned from. */
const MOST = 13_334;
/** A full set has more to learn from than 100 steps see. */
const FULL_STEPS = 200;

const SETTINGS = {
  hidden: 256,
  steps: 100,
  batch: 128,
  heldOut: 0.25,
  learningRate: 0.002,
  manifoldRate: 10,
  spreadWeight: 10,
} as const;

/** Every head in every number of dimensions that it has, from the same first weights and on the same images. */
export async function trainedHeads(
  study: StudyContext,
  set: 'mnist' | 'fashion-mnist',
  names: readonly HeadName[],
  dims: readonly Dim[],
): Promise<(name: HeadName, dim: Dim) => Classified> {
  const images = await loadImages(study, set);
  const isFull = images.train.images.rows > MOST;
  const examples = pooledImages(images, study.quick ? 200 : MOST);
  const options = {
    ...SETTINGS,
    ...(isFull && { steps: FULL_STEPS }),
    ...(study.quick && { hidden: 16, steps: 10 }),
  };
  const found = new Map<string, Classified>();
  for (const [i, name] of names.entries()) {
    const { head, spread, dims: own = dims }: Head = HEADS[name];
    for (const dim of study.quick ? own.filter((d) => QUICK.includes(d)) : own) {
      const result = await classified(examples, { ...options, head, dim }, study, spread);
      found.set(`${name} ${dim}`, result);
    }
    const done = (i + 1) / names.length;
    await study.tick((done + (set === 'mnist' ? 1 : 0)) / 2);
  }
  const at = (dim: Dim) => (study.quick ? QUICK[dim < 10 ? 0 : 1] : dim);
  return (name, dim) => found.get(`${name} ${at(dim)}`) as Classified;
}
