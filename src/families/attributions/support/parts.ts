import { InputError, OptionError, ShapeError } from '../../../core/errors.ts';
import { requireFinite } from '../../../core/finite.ts';
import { type GivenPoints, givenPoints } from '../../../core/given-points.ts';
import { type Matrix, toFloat64 } from '../../../core/matrix.ts';
import type { AttributionInput, Cues, Entries, Head, Part, Parts, Query } from '../types.ts';

/** What each part is, for a sentence that misses it. */
const WHAT: Readonly<Record<Part, string>> = {
  head: 'the linear layer behind the pooling',
  entries: 'the numbers observed between rows of A and of B',
  query: 'the rows between which the score is',
  targets: 'a number for each row of A',
  weights: 'the numbers of a trained model',
  bias: 'a number for each row of B',
  cues: 'what is known of the tokens besides their vectors',
};

interface Wanted {
  readonly needs: readonly Part[];
  readonly takes: readonly Part[];
  readonly asks: readonly ('a' | 'b')[];
}

/** The input, checked. */
export function partsOf(id: string, input: AttributionInput, wanted: Wanted): Parts {
  requireParts(id, input, wanted);
  const given = requireFinite(`${id}, A`, givenPoints(id, input.a));
  const a = toFloat64(given);
  const b = setOf(`${id}, B`, input.b);
  if (a.cols !== b.cols)
    throw new ShapeError(id, `as many columns in B as in A, ${a.cols}`, `${b.cols}`);
  const { head, entries, targets, weights, bias, cues, query = {} } = input;
  return {
    a,
    b,
    given,
    query: queryOf(id, query, { a: a.rows, b: b.rows }, wanted.asks),
    cues: cues ? cuesOf(id, cues, a.rows, b.rows) : {},
    ...(head && { head: headOf(id, head, a.cols) }),
    ...(entries && { entries: entriesOf(id, entries, a.rows, b.rows) }),
    ...(targets && { targets: listOf(id, 'targets', targets, a.rows, 'one for each row of A') }),
    ...(weights && { weights: listOf(id, 'weights', weights, a.cols, 'one for each column') }),
    ...(bias && { bias: listOf(id, 'bias', bias, b.rows, 'one for each row of B') }),
  };
}

function requireParts(id: string, input: AttributionInput, { needs, takes }: Wanted): void {
  for (const part of Object.keys(WHAT) as Part[]) {
    const isGiven = input[part] !== undefined;
    if (!isGiven && needs.includes(part)) throw new OptionError(id, part, WHAT[part], 'nothing');
    if (isGiven && !needs.includes(part) && !takes.includes(part))
      throw new OptionError(id, part, 'left out: the method does not read it', typeof input[part]);
  }
}

function setOf(where: string, given: GivenPoints): Matrix<Float64Array> {
  return toFloat64(requireFinite(where, givenPoints(where, given)));
}

function listOf(
  id: string,
  name: string,
  given: ArrayLike<number>,
  length: number,
  each: string,
): Float64Array {
  if (given.length !== length)
    throw new ShapeError(`${id}, ${name}`, `${length} numbers, ${each}`, `${given.length}`);
  const list = Float64Array.from(given);
  const odd = list.findIndex((value) => !Number.isFinite(value));
  if (odd < 0) return list;
  throw new InputError(`${id}, ${name}`, `number ${odd} is ${list[odd]}; expected finite numbers.`);
}

function headOf(id: string, { weights, bias }: Head, d: number) {
  const w = setOf(`${id}, head`, weights);
  if (w.cols !== d)
    throw new ShapeError(`${id}, head`, `${d} columns, as many as A has`, `${w.cols}`);
  const own = bias ?? new Float64Array(w.rows);
  return { weights: w, bias: listOf(id, 'bias of the head', own, w.rows, 'one for each row') };
}

function entriesOf(id: string, { a, b, values }: Entries, p: number, q: number) {
  const { length } = values;
  if (length === 0) throw new ShapeError(`${id}, entries`, 'one entry or more', '0');
  if (a.length !== length || b.length !== length)
    throw new ShapeError(
      `${id}, entries`,
      'as many rows of A and of B as values',
      `${a.length}, ${b.length} and ${length}`,
    );
  for (const [side, rows, count] of [
    ['A', a, p],
    ['B', b, q],
  ] as const) {
    for (let k = 0; k < length; k++) requireRow(`${id}, entry ${k}`, side, rows[k], count);
  }
  return {
    a: Int32Array.from(a),
    b: Int32Array.from(b),
    values: listOf(id, 'entries', values, length, 'one for each entry'),
  };
}

function queryOf(
  id: string,
  query: Query,
  counts: Readonly<Record<'a' | 'b', number>>,
  asks: readonly ('a' | 'b')[],
): Query {
  for (const side of ['a', 'b'] as const) {
    const row = query[side];
    if (row !== undefined) requireRow(`${id}, query`, side.toUpperCase(), row, counts[side]);
    else if (asks.includes(side))
      throw new OptionError(id, `query.${side}`, `a row of ${side.toUpperCase()}`, 'nothing');
  }
  return query;
}

function requireRow(where: string, side: string, row: number, count: number): void {
  if (Number.isSafeInteger(row) && row >= 0 && row < count) return;
  throw new InputError(where, `names row ${row} of ${side}, which has ${count} rows.`);
}

function cuesOf(id: string, cues: Cues, p: number, c: number): Parts['cues'] {
  const read = (name: keyof Cues, cols: number | undefined) => {
    const given = cues[name];
    if (given === undefined) return {};
    const where = `${id}, ${name}`;
    const m = setOf(where, given);
    if (m.rows !== p || (cols !== undefined && m.cols !== cols))
      throw new ShapeError(where, `${p} × ${cols ?? 'any number'}`, `${m.rows} × ${m.cols}`);
    const least = m.data.findIndex((x) => x < 0);
    if (name !== 'features' && least >= 0)
      throw new InputError(where, `number ${least} is ${m.data[least]}; expected none below 0.`);
    return { [name]: m };
  };
  return { ...read('attention', c), ...read('affinity', p), ...read('features', undefined) };
}
