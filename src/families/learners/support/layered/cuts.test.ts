import { expect, test } from 'vitest';
import { Random } from '../../../../core/random.ts';
import { cutsOf, cutsOfStep, nameOfCut } from './cuts.ts';

const options = { blocks: 4, dim: 64, cuts: 0, narrowest: 0 };
const pairs = (own: Partial<typeof options>) =>
  cutsOf('x', { ...options, ...own }).map(({ layer, dims }) => [layer, dims]);

test('cuts go from few blocks and columns to all: the list of the paper for its sizes', () => {
  expect(pairs({ blocks: 12, dim: 768, cuts: 6, narrowest: 32 })).toEqual([
    [2, 32],
    [4, 64],
    [6, 128],
    [8, 256],
    [10, 512],
    [12, 768],
  ]);
});

test('columns are halved for each cut where no narrowest is named', () => {
  expect(pairs({})).toEqual([
    [1, 8],
    [2, 16],
    [3, 32],
    [4, 64],
  ]);
  expect(pairs({ cuts: 2 })).toEqual([
    [2, 32],
    [4, 64],
  ]);
  expect(pairs({ cuts: 1 })).toEqual([[4, 64]]);
  expect(pairs({ blocks: 1, dim: 1 })).toEqual([[1, 1]]);
});

test('a list that is not from small to large is refused', () => {
  expect(() => pairs({ cuts: 5 })).toThrow(
    'x: option "cuts" must be at most 4, the blocks; got 5.',
  );
  expect(() => pairs({ dim: 7 })).toThrow(
    'x: option "dim" must be at least 8, to be halved for each of 4 cuts but the last; got 7.',
  );
  expect(pairs({ narrowest: 15 })[2]).toEqual([3, 60]);
  expect(() => pairs({ narrowest: 16 })).toThrow(
    'x: option "narrowest" must be at most 15, so that the columns of 4 cuts double and stay below 64 (dim); got 16.',
  );
});

test('a fixed step trains every cut, one that draws the last block and one before it, none the whole', () => {
  const cuts = cutsOf('x', options);
  const random = Random.fromSeed(1);
  const smaller = cuts.slice(0, 3).map((cut) => ({ ...cut, weight: 1 }));
  expect(cutsOfStep('fixed', cuts, random)).toEqual({ last: cuts[3], earlier: smaller });
  expect(cutsOfStep('none', cuts, random)).toEqual({ last: cuts[3], earlier: [] });
  const drawn = Array.from({ length: 200 }, () => cutsOfStep('random', cuts, random));
  const [widths, layers] = [new Set<number>(), new Set<number>()];
  for (const { last, earlier } of drawn) {
    expect(last.layer).toBe(4);
    expect(earlier.map(({ layer, weight }) => layer * weight)).toEqual([1]);
    for (const { layer, dims } of [last, ...earlier]) {
      widths.add(dims);
      layers.add(layer);
    }
  }
  expect([...widths].toSorted((a, b) => a - b)).toEqual([8, 16, 32, 64]);
  expect([...layers].toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4]);
});

test('one block has none before it to draw', () => {
  const cuts = cutsOf('x', { ...options, blocks: 1 });
  expect(cutsOfStep('random', cuts, Random.fromSeed(1))).toEqual({ last: cuts[0], earlier: [] });
});

test('numbers of a cut are named by it', () => {
  const [small, , , whole] = cutsOf('x', options);
  expect(nameOfCut('recallAt1', small, whole)).toBe('recallAt1Layer1Dims8');
  expect(nameOfCut('recallAt1', whole, whole)).toBe('recallAt1');
});
