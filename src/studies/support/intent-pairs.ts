import type { Matrix } from '../../core/matrix.ts';
import type { Random } from '../../core/random.ts';
import { spearman } from '../../core/ranks.ts';
import type { StudyData } from '../define.ts';
import { loadRequests, type Requests } from './requests.ts';

/** Requests with the places of their intents. */
export interface AskedTexts {
  readonly texts: readonly string[];
  readonly intents: Int32Array;
}

/** Pairs of texts by place, graded: 2 of one intent, 1 of one domain, 0 of two. */
export interface GradedPairs {
  readonly first: readonly number[];
  readonly second: readonly number[];
  readonly grades: readonly number[];
}

/** Pairs of one intent to learn from, and others to be asked for their like among many, and to be told apart. */
export interface IntentPairs {
  readonly texts: readonly string[];
  readonly partners: readonly string[];
  readonly asked: AskedTexts;
  readonly known: AskedTexts;
  /** Of the known. */
  readonly graded: GradedPairs;
}

export interface PairCounts {
  readonly pairs: number;
  readonly asked: number;
  readonly known: number;
  readonly graded: number;
}

/** Longer requests are left out: a step costs by the longest. */
const MOST_WORDS = 8;

/** Short requests of CLINC150, drawn by seed; those that are asked were not learned from. */
export async function intentPairs(
  data: StudyData,
  counts: PairCounts,
  random: Random,
): Promise<IntentPairs> {
  const { inScope, domainOf } = await loadRequests(data);
  const { train, test } = inScope;
  const pairs = pairsOf(train, counts.pairs, random.fork('pairs'));
  const order = shortRows(test, random.fork('asked'));
  const of = (rows: readonly number[]): AskedTexts => ({
    texts: rows.map((row) => test.sentences[row]),
    intents: Int32Array.from(rows, (row) => test.labels[row]),
  });
  const known = of(order.slice(counts.asked, counts.asked + counts.known));
  return {
    texts: pairs.map(([a]) => train.sentences[a]),
    partners: pairs.map(([, b]) => train.sentences[b]),
    asked: of(order.slice(0, counts.asked)),
    known,
    graded: gradedPairs(known.intents, domainOf, counts.graded, random.fork('graded')),
  };
}

/** Short rows in a drawn order. */
function shortRows({ sentences, labels }: Requests, random: Random): number[] {
  return Array.from(random.sample(labels.length)).filter(
    (row) => sentences[row].split(/\s+/).length <= MOST_WORDS,
  );
}

/** Two requests of one intent each, none in two pairs, every intent in turn. */
function pairsOf(requests: Requests, count: number, random: Random): (readonly [number, number])[] {
  const byIntent = new Map<number, number[]>();
  for (const row of shortRows(requests, random))
    byIntent.set(requests.labels[row], [...(byIntent.get(requests.labels[row]) ?? []), row]);
  const intents = [...byIntent].toSorted(([a], [b]) => a - b).map(([, rows]) => rows);
  const most = Math.max(...intents.map(({ length }) => length));
  const all: (readonly [number, number])[] = [];
  for (let at = 0; at + 1 < most; at += 2)
    for (const rows of intents) if (at + 1 < rows.length) all.push([rows[at], rows[at + 1]]);
  return all.slice(0, count);
}

/** As many pairs of each grade, of drawn rows. */
function gradedPairs(
  intents: Int32Array,
  domainOf: Int32Array,
  count: number,
  random: Random,
): GradedPairs {
  const gradeOf = (a: number, b: number) => {
    if (intents[a] === intents[b]) return 2;
    return domainOf[intents[a]] === domainOf[intents[b]] ? 1 : 0;
  };
  const n = intents.length;
  const [first, second, grades]: [number[], number[], number[]] = [[], [], []];
  for (let i = 0; i < count; i++) {
    const grade = i % 3;
    const a = i % n;
    const partners = Array.from({ length: n }, (_, b) => b).filter(
      (b) => b !== a && gradeOf(a, b) === grade,
    );
    if (partners.length === 0) continue;
    first.push(a);
    second.push(partners[random.integer(partners.length)]);
    grades.push(grade);
  }
  return { first, second, grades };
}

/** Spearman's correlation of the cosines of unit rows with the grades. */
export function gradeCorrelation(
  { data, cols: d }: Matrix,
  { first, second, grades }: GradedPairs,
): number {
  const cosines = first.map((a, i) => {
    let sum = 0;
    for (let c = 0; c < d; c++) sum += data[a * d + c] * data[second[i] * d + c];
    return sum;
  });
  return spearman(cosines, grades);
}
