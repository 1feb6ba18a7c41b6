import { matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { uniformPoints } from '../../manifolds/sampling.ts';
import type { SmallProblem } from '../../testing/small-problem.ts';
import type { ClassifierInput, ClassKnowledge, KnownOfClasses } from './types.ts';

/** Options of methods that need others than the defaults on so few rows. */
const OWN: Readonly<Record<string, Partial<SmallProblem>>> = {
  boxes: { options: { dim: 8, steps: 60 } },
  dem: { options: { hidden: 8, steps: 30, batch: 12 } },
  psr: { options: { hidden: 8, steps: 30, batch: 12 } },
};

/** What methods have to know of classes. */
const KNOWS: Readonly<Record<string, readonly KnownOfClasses[]>> = {
  boxes: ['relations'],
  conse: ['vectors'],
  dem: ['vectors'],
  loki: ['distances'],
  psr: ['vectors'],
};

const NAMES = ['rose', 'tulip', 'oak', 'fern'];

/** What can be known of three classes that rows have, and a fourth that none has. */
const ABOUT: Required<ClassKnowledge> = {
  names: NAMES,
  vectors: matrix(Float64Array.of(1, 0, 0, 0.9, 0.3, 0, 0, 1, 0.2, 0.1, 0.4, 1), 4, 3),
  distances: matrix(Float64Array.of(0, 1, 3, 4, 1, 0, 3, 4, 3, 3, 0, 2, 4, 4, 2, 0), 4, 4),
  relations: [
    ['rose', 'is like', 'tulip'],
    ['fern', 'is like', 'oak'],
  ],
};

/** Points of a sphere, moved apart by their classes. */
export function smallProblem(id: string): SmallProblem {
  const [n, d] = [24, 4];
  const { data } = uniformPoints(n, d, Random.fromSeed(1));
  const points = matrix(
    Float64Array.from(data, (x, e) => x + (e % d === Math.floor(e / d) % 3 ? 1 : 0)),
    n,
    d,
  );
  const classes = Array.from({ length: n }, (_, i) => NAMES[i % 3]);
  const kinds = KNOWS[id] ?? [];
  const about = kinds.length > 0 && {
    names: NAMES,
    ...Object.fromEntries(kinds.map((kind) => [kind, ABOUT[kind]])),
  };
  const input: ClassifierInput = { points, classes, ...(about && { about }) };
  return { input, ...OWN[id] };
}
