import { unitRows } from '../../testing/points.ts';
import type { SmallProblem } from '../../testing/small-problem.ts';

const ONE_PASS = 'one pass over the rows, with nothing to wait for';
const ONE_TREE =
  'the tree of so few rows is found in one turn; spanning-tree.test stops a longer one';

/** Numbers that are there before anybody could give up. */
const UNINTERRUPTED: Readonly<Record<string, string>> = {
  'circular-variance': ONE_PASS,
  'class-alignment': ONE_PASS,
  'class-separation': ONE_PASS,
  'cosine-contribution': ONE_PASS,
  'mean-cosine': ONE_PASS,
  'mst-length': ONE_TREE,
  nc2: ONE_PASS,
  'norm-frequency-correlation': ONE_PASS,
  'norm-variation': ONE_PASS,
  'persistence-0': ONE_TREE,
  'persistence-1': 'no operation of the engine; its test stops it between simulated sets',
  'rayleigh-test': ONE_PASS,
  'rogue-dimensions': ONE_PASS,
};

/** Numbers of a series. */
const IN_ORDER = 'the number is about the rows in the order of the file';
const ORDERED: Readonly<Record<string, SmallProblem['exempt']>> = {
  'successive-cosine': { 'row order': IN_ORDER },
  'topic-boundaries': { 'row order': IN_ORDER, abort: 'a few passes over the rows' },
  'segmentation-error': { 'row order': IN_ORDER, abort: 'a few passes over the rows' },
};

export function smallProblem(id: string): SmallProblem {
  const reason = UNINTERRUPTED[id];
  const n = 24;
  const frequencies = Float64Array.from({ length: n }, (_, i) => 1 + ((i * 5) % n));
  return {
    input: unitRows(n, 3, 1),
    exempt: { ...ORDERED[id], ...(reason === undefined ? {} : { abort: reason }) },
    run: {
      seed: 5,
      classes: Array.from({ length: n }, (_, i) => `class ${i % 3}`),
      frequencies,
      scores: frequencies,
      answers: {
        queries: unitRows(5, 3, 2),
        judgements: Array.from({ length: 10 }, (_, i) => ({ query: i % 5, document: (i * 7) % n })),
      },
    },
  };
}
