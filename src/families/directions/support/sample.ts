import { InputError, ShapeError } from '../../../core/errors.ts';
import { requireFinite } from '../../../core/finite.ts';
import { givenPoints } from '../../../core/given-points.ts';
import { numberedClasses } from '../../../core/numbered-classes.ts';
import type { ClassList, DirectionsInput, Need, Sample } from '../types.ts';
import { conceptsOf } from './given-concepts.ts';

/** How each need is called in messages. */
const TITLES: Readonly<Record<Need, string>> = {
  classes: 'classes (a class for each row)',
  scores: 'scores (a number for each row)',
  pairs: 'pairs of rows',
  ends: 'ends (rows at both ends)',
  formulas: 'formulas (sums of labels)',
  labels: 'labels (a name for each row)',
  factors: 'factors (values for each row)',
  concepts: 'concepts (names with vectors of the same model)',
};

/** What was given, checked; refuses in a sentence what a method needs and does not have. */
export function sampleOf(
  id: string,
  input: DirectionsInput,
  needs: readonly Need[],
): { readonly sample: Sample; readonly used: Need | undefined } {
  const points = requireFinite(id, givenPoints(id, input.points));
  const used = needs.find((need) => input[need] !== undefined);
  if (needs.length > 0 && !used) {
    const given = Object.keys(TITLES).filter((need) => input[need as Need] !== undefined);
    throw new ShapeError(
      id,
      needs.map((need) => TITLES[need]).join(' or '),
      given.join(', ') || 'none',
    );
  }
  const n = points.rows;
  const { labels, formulas, factors, name } = input;
  if (labels) requireCount(id, 'labels', n, labels);
  for (const [factor, values] of Object.entries(factors ?? {}))
    requireCount(id, `values of the factor ${factor}`, n, values);
  if (used === 'formulas' && !labels)
    throw new ShapeError(id, 'labels of the rows, which are the words of the formulas', 'none');
  const sample: Sample = {
    points,
    labels,
    formulas,
    factors,
    name,
    classes:
      used === 'classes' || (used === 'concepts' && input.classes)
        ? classesOf(id, n, input.classes ?? [])
        : undefined,
    concepts:
      input.concepts && used === 'concepts' ? conceptsOf(id, points, input.concepts) : undefined,
    scores: used === 'scores' ? scoresOf(id, n, input.scores ?? []) : undefined,
    pairs: used === 'pairs' ? pairsOf(id, n, input.pairs ?? { a: [], b: [] }) : undefined,
    ends: used === 'ends' ? endsOf(id, n, input.ends ?? { low: [], high: [] }) : undefined,
  };
  return { sample, used };
}

function requireCount(id: string, what: string, n: number, { length }: ArrayLike<unknown>): void {
  if (length !== n) throw new ShapeError(id, `${n} ${what}, one a row`, `${length}`);
}

function classesOf(id: string, n: number, given: readonly string[]): ClassList {
  requireCount(id, 'classes', n, given);
  const { names, of } = numberedClasses(given);
  if (names.length < 2)
    throw new InputError(
      id,
      `every row is of the class ${JSON.stringify(names[0])}; a direction needs two classes or more.`,
    );
  return { names, of };
}

function scoresOf(id: string, n: number, given: ArrayLike<number>): Float64Array {
  requireCount(id, 'scores', n, given);
  const scores = Float64Array.from(given);
  const bad = scores.findIndex((score) => !Number.isFinite(score));
  if (bad >= 0) throw new InputError(id, `the score of row ${bad} is ${scores[bad]}.`);
  if (scores.every((score) => score === scores[0]))
    throw new InputError(id, `every score is ${scores[0]}; a direction needs two that differ.`);
  return scores;
}

function pairsOf(id: string, n: number, given: NonNullable<DirectionsInput['pairs']>) {
  const pairs = { a: Int32Array.from(given.a), b: Int32Array.from(given.b) };
  if (pairs.a.length !== pairs.b.length || pairs.a.length < 1)
    throw new ShapeError(
      id,
      'one pair or more of rows',
      `${pairs.a.length} and ${pairs.b.length} rows`,
    );
  requireRows(id, 'pairs', n, pairs.a);
  requireRows(id, 'pairs', n, pairs.b);
  return pairs;
}

function endsOf(id: string, n: number, given: NonNullable<DirectionsInput['ends']>) {
  const ends = { low: Int32Array.from(given.low), high: Int32Array.from(given.high) };
  if (ends.low.length < 1 || ends.high.length < 1)
    throw new ShapeError(
      id,
      'a row or more at each end',
      `${ends.low.length} and ${ends.high.length}`,
    );
  requireRows(id, 'ends', n, ends.low);
  requireRows(id, 'ends', n, ends.high);
  return ends;
}

function requireRows(id: string, what: string, n: number, rows: Int32Array): void {
  const odd = rows.find((row) => row < 0 || row >= n);
  if (odd !== undefined)
    throw new InputError(id, `the ${what} name row ${odd}; there are ${n} rows, from 0.`);
}

/** What stands for classes where a method needs none, and the type cannot know. */
export const NO_CLASSES: ClassList = { names: [], of: new Int32Array() };
