import { gathered, type Matrix } from '../../core/matrix.ts';
import { unitRows } from '../../core/rows.ts';
import { loadGlove } from '../../io/datasets/index.ts';
import { readLabels } from '../../io/labels.ts';
import type { DataSource, StudyContext } from '../define.ts';

/** Rows that are asked for. */
export const K = 10;

/** How a filter lies to the vectors: drawn, what is nearest to a word, or what is farthest from it. */
export const RELATIONS = ['independent', 'with', 'against'] as const;
export type Relation = (typeof RELATIONS)[number];

/** Words with attributes, and words that are asked for and not among them. */
export interface FilteredWords {
  readonly points: Matrix<Float32Array>;
  readonly queries: Matrix<Float32Array>;
  readonly columns: {
    /** Place by frequency, as a share. */
    readonly rank: Float64Array;
    readonly length: Float64Array;
    readonly letter: readonly string[];
    /** WordNet's file of the word; missing for half of them. */
    readonly domain: readonly string[];
    /** A share of its own for each word: drawn. */
    readonly drawn: Float64Array;
    /** Its place by nearness to the word that the queries are near to, as a share. */
    readonly near: Float64Array;
  };
}

/** Words of GloVe; the queries are words among the tenth that is nearest to a drawn word. */
export async function filteredWords({ quick, random, data }: StudyContext): Promise<FilteredWords> {
  const { points: all, labels = [] } = await loadGlove();
  const n = quick ? 2000 : all.rows;
  const unit = unitRows(
    'words',
    gathered(
      all,
      Array.from({ length: n }, (_, i) => i),
    ),
  ).points;
  const center = random.fork('center').integer(n);
  const byNearness = orderByNearness(unit, center);
  const near = Array.from(byNearness.subarray(0, Math.floor(n / 10)));
  const drawn = random.fork('queries').sample(near.length, quick ? 10 : 100);
  const asked = new Set(Array.from(drawn, (at) => near[at]));
  const rows = Array.from({ length: n }, (_, i) => i).filter((i) => !asked.has(i));
  const placeOf = new Float64Array(n);
  for (const [place, row] of byNearness.filter((row) => !asked.has(row)).entries())
    placeOf[row] = place / rows.length;
  const domainOf = await domains(data);
  return {
    points: gathered(all, rows) as Matrix<Float32Array>,
    queries: gathered(all, [...asked]) as Matrix<Float32Array>,
    columns: {
      rank: Float64Array.from(rows, (row) => row / n),
      length: Float64Array.from(rows, (row) => labels[row].length),
      letter: rows.map((row) => labels[row][0]),
      domain: rows.map((row) => domainOf.get(labels[row]) ?? ''),
      drawn: Float64Array.from(
        random.fork('drawn').sample(rows.length),
        (place) => place / rows.length,
      ),
      near: Float64Array.from(rows, (row) => placeOf[row]),
    },
  };
}

/** A filter that lets a share of the words pass. */
export function bandFilter(relation: Relation, share: number): string {
  if (relation === 'independent') return `drawn < ${share}`;
  return relation === 'with' ? `near < ${share}` : `near >= ${1 - share}`;
}

/** All rows, the nearest to one of them first. */
function orderByNearness({ data, rows: n, cols: d }: Matrix, center: number): Int32Array {
  const own = data.subarray(center * d, (center + 1) * d);
  const products = Float64Array.from({ length: n }, (_, i) => {
    let sum = 0;
    for (let c = 0; c < d; c++) sum += own[c] * data[i * d + c];
    return sum;
  });
  return Int32Array.from({ length: n }, (_, i) => i).sort(
    (a, b) => products[b] - products[a] || a - b,
  );
}

async function domains(data: StudyContext['data']): Promise<Map<string, string>> {
  const lines = await readLabels(new URL('domains.tsv', await data.folder('word-domains')));
  return new Map(
    lines.map((line) => {
      const [word, domain] = line.split('\t');
      return [word, domain];
    }),
  );
}

/** The share of the true answers that was found, on average over the queries; 1 where there are none. */
export function recallOf(
  found: readonly { readonly rows: readonly number[] }[],
  truth: readonly { readonly rows: readonly number[] }[],
): number {
  const shares = truth.map(({ rows }, q) => {
    const own = new Set(found[q].rows);
    return rows.length === 0 ? 1 : rows.filter((row) => own.has(row)).length / rows.length;
  });
  return shares.reduce((sum, share) => sum + share, 0) / shares.length;
}

/** Words, and what is known of each. */
export const WORDS_WITH_FACTS: readonly DataSource[] = [
  {
    name: 'GloVe 6B: 31,636 words × 100, with rank, length and first letter',
    source: 'dataset:glove',
    licence: 'PDDL 1.0',
  },
  {
    name: 'Word domains: the lexicographer files of WordNet',
    source: 'study-data/word-domains',
    licence: 'WordNet',
  },
];
