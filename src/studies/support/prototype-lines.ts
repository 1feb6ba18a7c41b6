import { spearman } from '../../core/ranks.ts';
import { meanOf } from '../../numerics/statistics/averages.ts';
import { aboveBaseline, atLeast, type Line, nearBaseline, notBelowBaseline } from '../define.ts';
import type { Classified } from './classified.ts';
import { DISPERSIONS, type Dim, type HeadName } from './prototype-heads.ts';

/** Heads of unit vectors that know nothing of what the classes mean. */
const BLIND: readonly HeadName[] = [
  'random',
  'learned',
  ...DISPERSIONS,
  'first',
  'tammes',
  'equiangular',
];
const LOW = [2, 3] as const;

/** What is claimed of a set of images, alike for each. */
export const prototypeLines = (set: string) => {
  const raises = (name: string) => ({
    claim: `${name} beside the loss raises the accuracy of learned prototypes in 2 and 3 dimensions, ${set}`,
    unit: '%',
    baseline: 'learned prototypes alone',
    holds: aboveBaseline(),
  });
  return {
    koleo: raises('KoLeo'),
    maxMinAngle: raises('The maximum minimum angle'),
    gaussian: raises('The Gaussian energy'),
    laplace: raises('The Laplace energy'),
    lloyd: raises('Lloyd'),
    sliced: raises('The sliced loss'),
    apart: {
      claim: `Each of the six leaves learned prototypes further apart, the least of them, 3 dimensions, ${set}`,
      unit: '°',
      baseline: 'learned prototypes alone',
      holds: aboveBaseline(),
    },
    manyDimensions: {
      claim: `In 64 dimensions, where ten vectors are apart by chance, KoLeo changes no more than a point, ${set}`,
      unit: '%',
      baseline: 'learned prototypes alone',
      holds: nearBaseline(0.01),
    },
    first: {
      claim: `Prototypes that KoLeo spreads first and that then stay lose no more than a point to those it spreads while they are learned, 2 and 3 dimensions, ${set}`,
      unit: '%',
      baseline: 'learned with KoLeo beside the loss',
      holds: notBelowBaseline(0.01),
    },
    placed: {
      claim: `The best known codes, placed before, classify better than learned prototypes, 2 and 3 dimensions, ${set}`,
      unit: '%',
      baseline: 'learned prototypes alone',
      holds: aboveBaseline(),
    },
    random: {
      claim: `They classify better than random vectors that stay, 2 and 3 dimensions, ${set}`,
      unit: '%',
      baseline: 'random vectors',
      holds: aboveBaseline(),
    },
    softmax: {
      claim: `In 16 and 64 dimensions they lose no more than a point to a softmax layer, ${set}`,
      unit: '%',
      baseline: 'softmax layer',
      holds: notBelowBaseline(0.01),
    },
    fewer: {
      claim: `Classes need no dimension each: in 8 dimensions they lose no more than two points to one-hot vectors in 16, ${set}`,
      unit: '%',
      baseline: 'one-hot vectors, 16 dimensions',
      holds: notBelowBaseline(0.02),
    },
    simplex: {
      claim: `A simplex, 96.4° apart, classifies better than one-hot vectors, 90° apart, 16 and 64 dimensions, ${set}`,
      unit: '%',
      baseline: 'one-hot vectors',
      holds: aboveBaseline(),
    },
    follows: {
      claim: `Over eleven heads accuracy follows the smallest angle in 3 dimensions, ${set} (Spearman)`,
      holds: atLeast(0.5),
    },
    meaning: {
      claim: `The best known code handed out by what the classes mean beats the same code in the order of the classes, 2 and 3 dimensions, ${set}`,
      unit: '%',
      baseline: 'the same code, unassigned',
      holds: aboveBaseline(),
    },
  } as const satisfies Readonly<Record<string, Line>>;
};

/** The numbers of those lines, from the heads that were trained on one set. */
export function prototypeNumbers(of: (name: HeadName, dim: Dim) => Classified) {
  const both = (name: HeadName, baseline: HeadName, dims: readonly Dim[] = LOW) => ({
    value: meanOf(dims.map((dim) => of(name, dim).accuracy)),
    baseline: meanOf(dims.map((dim) => of(baseline, dim).accuracy)),
  });
  const angle = (name: HeadName) => of(name, 3).separation;
  return {
    koleo: both('koleo', 'learned'),
    maxMinAngle: both('maxMinAngle', 'learned'),
    gaussian: both('gaussian', 'learned'),
    laplace: both('laplace', 'learned'),
    lloyd: both('lloyd', 'learned'),
    sliced: both('sliced', 'learned'),
    apart: { value: Math.min(...DISPERSIONS.map(angle)), baseline: angle('learned') },
    manyDimensions: both('koleo', 'learned', [64]),
    first: both('first', 'koleo'),
    placed: both('tammes', 'learned'),
    random: both('tammes', 'random'),
    softmax: both('tammes', 'softmax', [16, 64]),
    fewer: { value: of('tammes', 8).accuracy, baseline: of('oneHot', 16).accuracy },
    simplex: both('simplex', 'oneHot', [16, 64]),
    follows: spearman(
      BLIND.map(angle),
      BLIND.map((name) => of(name, 3).accuracy),
    ),
    meaning: both('assigned', 'tammes'),
  };
}

/** The same under names of their own, for a second set. */
export function ofDigits<T extends Readonly<Record<string, unknown>>>(lines: T) {
  const renamed = Object.entries(lines).map(([name, line]) => [`${name}Digits`, line]);
  return Object.fromEntries(renamed) as { readonly [K in keyof T & string as `${K}Digits`]: T[K] };
}
