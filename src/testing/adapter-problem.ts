import type { Similarity } from '../adapters/search/types.ts';
import { matrix } from '../core/matrix.ts';
import { Random } from '../core/random.ts';
import { exact } from '../families/search/index.ts';
import { uniformPoints } from '../manifolds/sampling.ts';
import { filterColumns, filterMask } from '../structures/filters/filter.ts';
import { parseFilter } from '../structures/filters/parse-filter.ts';

export const N = 300;
export const D = 8;
export const K = 10;
/** Of so many queries all are answered exactly as well, so that the recall that is stated is the true one. */
export const QUERIES = 32;

const points = uniformPoints(N, D, Random.fromSeed(1));
export const scaled = matrix(
  points.data.map((x, e) => x * (1 + (Math.floor(e / D) % 5) / 4)),
  N,
  D,
);
// Two rows are the same, as rows of a file often are.
scaled.data.copyWithin(7 * D, 3 * D, 4 * D);
export const queries = uniformPoints(QUERIES, D, Random.fromSeed(2));
const TOPICS = ['physics', "O'Hara", 'größe ✓', '', 'a "b"', 'back\\slash', '%_', '漢字 𝒳'];
export const labels = Array.from(
  { length: N },
  (_, i) => `${i} – ${TOPICS[i % 8]}'; DROP TABLE x; --`,
);
export const columns = {
  year: Float64Array.from({ length: N }, (_, i) => (i % 7 === 0 ? Number.NaN : 1990 + (i % 40))),
  topic: Array.from({ length: N }, (_, i) => TOPICS[i % 8]),
  // Names of the engines' own, of capitals, and with marks.
  id: Float64Array.from({ length: N }, (_, i) => (i === 9 ? -0 : i / 3)),
  Topic: Array.from({ length: N }, (_, i) => (i % 2 ? 'x' : 'y')),
  embedding: Array.from({ length: N }, () => ''),
  vector: Float64Array.from({ length: N }, (_, i) => (i === 0 ? Infinity : -i)),
  label: Array.from({ length: N }, (_, i) => `${i % 3}`),
  'a "name" with. `marks`': Float64Array.from({ length: N }, (_, i) => 2 ** ((i % 60) - 30)),
};

/** Conditions are asked with so many queries: there are many conditions, and three indexes. */
export const SOME = 4;
export const CONDITIONS = [
  'year >= 2020',
  'year < 2000 or year > 2025',
  'not year = 2020',
  'year != 2020',
  'year in (1991, 1992, 2029)',
  'year not between 1995 and 2025',
  'year is missing',
  'year is not missing and not (year = 2001 or topic = "physics")',
  "topic = 'O''Hara'",
  'topic = "größe ✓"',
  'topic = "a ""b"""',
  'topic = "back\\slash"',
  'topic contains "\\"',
  'topic contains "%_"',
  'topic contains "\'"',
  'topic contains "字"',
  'topic in ("漢字 𝒳", "physics")',
  'topic is missing',
  'topic < "b"',
  'topic between "a" and "physics"',
  `topic != "x'; DROP TABLE vectors; --"`,
  'id = 0',
  'id >= 33.333333333333336',
  'Topic = "x"',
  'embedding is missing',
  'vector > 1e300',
  'vector < -250',
  'label = "2" and Topic = "y"',
  '"a ""name"" with. `marks`" <= 9.313225746154785e-10',
];

/** What exact search answers. */
export async function truthOf(similarity: Similarity, k: number, where?: string) {
  const allowed = where && filterMask(parseFilter(where), filterColumns(columns), N);
  const { index } = await exact({ points: scaled }, { similarity });
  const found = await exact.search(index, { points: queries }, { k, ...(allowed && { allowed }) });
  const passing = allowed ? allowed.reduce((sum, own) => sum + own, 0) : N;
  return {
    passing,
    answers: Array.from({ length: QUERIES }, (_, q) => {
      const rows = [...found.rows.subarray(q * k, (q + 1) * k)].filter((row) => row >= 0);
      return { rows, scores: [...found.scores.subarray(q * k, q * k + rows.length)] };
    }),
  };
}
