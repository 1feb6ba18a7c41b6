import { InputError, ShapeError } from '../../../core/errors.ts';
import type { Matrix } from '../../../core/matrix.ts';
import { refuseNonFinite, rowNorms } from '../../../core/rows.ts';
import type { CategoryField, Edges, Examples, Need } from '../types.ts';

/** What examples have of each kind; needs that were asked for are there. */
type Given<N extends readonly Need[]> = {
  readonly [K in keyof N]: NonNullable<Examples[N[K] & Need]>;
};

const WORDS: Readonly<Record<Need, string>> = {
  points: 'vectors',
  others: 'vectors of the other side',
  teachers: 'vectors of a teacher',
  classes: 'classes',
  texts: 'texts',
  translations: 'translations',
  scores: 'scores',
  edges: 'edges',
  fields: 'fields',
  words: 'vectors of words',
};

/** What the examples have of each need, as many of one as of another; refuses where one is missing. */
export function given<const N extends readonly Need[]>(
  where: string,
  examples: Examples,
  needs: N,
): Given<N> {
  for (const need of needs) {
    if (examples[need] === undefined) throw new InputError(where, `${WORDS[need]} are needed.`);
  }
  const counted = needs.filter((need) => need !== 'edges' && need !== 'words');
  const counts = counted.map((need) => countOf(examples, need));
  const odd = counts.findIndex((count) => count !== counts[0]);
  if (odd > 0)
    throw new ShapeError(
      where,
      `${counts[0]} ${WORDS[counted[odd]]}, one an example`,
      `${counts[odd]}`,
    );
  if (examples.edges && needs.includes('edges')) requireEdges(where, examples.edges, counts[0]);
  if (counts[0] === 0) throw new InputError(where, 'there are no examples.');
  if (examples.points && needs.includes('points')) refuseNonFinite(where, examples.points);
  if (examples.others && needs.includes('others'))
    refuseNonFinite(`${where}, others`, examples.others);
  if (examples.scores && needs.includes('scores')) requireScores(where, examples.scores);
  if (examples.teachers && needs.includes('teachers'))
    requireTeachers(where, examples.teachers, counts[0]);
  if (examples.fields && needs.includes('fields')) requireFields(where, examples.fields);
  return needs.map((need) => examples[need]) as unknown as Given<N>;
}

function countOf(examples: Examples, need: Exclude<Need, 'edges' | 'words'>): number {
  if (need === 'teachers') return examples.teachers?.[0]?.rows ?? 0;
  if (need === 'points' || need === 'others') return (examples[need] as Matrix).rows;
  if (need === 'fields') return examples.fields?.[0]?.values.length ?? 0;
  return examples[need]?.length ?? 0;
}

function requireScores(where: string, scores: readonly number[]): void {
  const row = scores.findIndex((score) => !Number.isFinite(score));
  if (row >= 0)
    throw new InputError(
      where,
      `the score of row ${row} is ${scores[row]} (counted from 0); give a number, or leave the row out.`,
    );
}

/** As many rows of each teacher as there are examples, and a direction in every row. */
function requireTeachers(where: string, teachers: readonly Matrix[], n: number): void {
  for (const [t, rows] of teachers.entries()) {
    const name = `${where}, teacher ${t}`;
    if (rows.rows !== n) throw new ShapeError(name, `${n} rows, one an example`, `${rows.rows}`);
    refuseNonFinite(name, rows);
    const empty = rowNorms(rows).indexOf(0);
    if (empty >= 0)
      throw new InputError(
        name,
        `row ${empty} has length zero and so no direction to learn (counted from 0); leave the example out.`,
      );
  }
}

/** As many values of each field, and names of their own. */
function requireFields(where: string, fields: readonly CategoryField[]): void {
  const [{ values: first }] = fields;
  const names = new Set<string>();
  for (const { name, values } of fields) {
    if (names.has(name)) throw new InputError(where, `two fields have the name "${name}".`);
    names.add(name);
    if (values.length !== first.length)
      throw new ShapeError(
        where,
        `${first.length} values of the field "${name}", one an example`,
        `${values.length}`,
      );
  }
}

function requireEdges(where: string, { from, to }: Edges, n: number): void {
  if (from.length !== to.length)
    throw new ShapeError(where, `${from.length} ends of ${from.length} edges`, `${to.length}`);
  const isRow = (row: number) => Number.isInteger(row) && row >= 0 && row < n;
  for (let e = 0; e < from.length; e++) {
    if (!isRow(from[e]) || !isRow(to[e]))
      throw new InputError(
        where,
        `edge ${e} joins ${from[e]} and ${to[e]}; rows are 0 … ${n - 1}.`,
      );
  }
}
