import { explainDictionary } from '../../src/apps/explain/dictionary.ts';
import { type Matrix, matrix } from '../../src/core/matrix.ts';
import type { Engine } from '../../src/engine/index.ts';
import { pooledSimilarity } from '../../src/families/attributions/index.ts';
import { classMeans, idealWords, ridge } from '../../src/families/directions/index.ts';
import { leace } from '../../src/families/erasure/index.ts';
import type { Directions } from '../../src/structures/directions/index.ts';

/** What methods of `tammes explain` make of rows of 6 columns, as lists of numbers: here and in a page. */
export async function explained(
  values: Float32Array,
  engine: Engine,
): Promise<Record<string, number[]>> {
  const n = values.length / 6;
  const points = matrix(values, n, 6);
  const each = <T>(of: (i: number) => T): T[] => Array.from({ length: n }, (_, i) => of(i));
  const classes = each((i) => (i < n / 2 ? 'low' : 'high'));
  const kinds = each((i) => `kind ${i % 3}`);
  const run = { engine };
  const erased = await leace({ points, classes }, {}, run);
  const scored = await ridge({ points, scores: each((i) => i) }, {}, run);
  const means = await classMeans({ points, classes }, {}, run);
  const words = await idealWords({ points, factors: { classes, kinds } }, {}, run);
  const [a, b] = [rowsOf(points, 0, 5), rowsOf(points, 30, 8)];
  const near = await pooledSimilarity({ a, b }, {}, run);
  const sizes = { features: 8, k: 2, steps: 20, batch: 32 };
  const found = await explainDictionary({ points }, sizes, run);
  return {
    leace: [...(await leace.transform(erased.model, points, run)).data],
    ridge: numbersOf(scored.directions),
    classMeans: numbersOf(means.directions),
    idealWords: numbersOf(words.directions),
    pooledSimilarity: [near.score, ...near.contributions.values],
    dictionary: numbersOf(found.directions),
  };
}

const rowsOf = ({ data, cols }: Matrix, first: number, count: number): Matrix =>
  matrix(data.slice(first * cols, (first + count) * cols), count, cols);

const numbersOf = ({ basis, draws, provenance }: Directions): number[] => [
  ...basis.data,
  ...draws.data,
  ...Object.values(provenance.facts).filter((fact) => typeof fact === 'number'),
];
