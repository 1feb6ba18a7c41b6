import { InputError, OptionError, ShapeError } from '../../../core/errors.ts';
import { firstBadValue } from '../../../core/finite.ts';
import { type GivenPoints, givenPoints } from '../../../core/given-points.ts';
import type { Matrix } from '../../../core/matrix.ts';
import { type Column, mapColumns } from '../../../io/table.ts';
import type { CheckedRows, GivenRows, Similarity } from '../types.ts';

/** The points as float32; refuses what is not finite, and rows without a direction under the cosine. */
export function checkedPoints(
  id: string,
  what: string,
  given: GivenPoints,
  similarity: Similarity,
): Matrix<Float32Array> {
  const points = givenPoints(id, given);
  const { rows, cols } = points;
  const data = points.data instanceof Float32Array ? points.data : Float32Array.from(points.data);
  const bad = firstBadValue({ data, rows, cols });
  if (bad)
    throw new InputError(
      id,
      `${what} ${bad.row}, column ${bad.column} is ${points.data[bad.row * cols + bad.column]}; a finite number of float32 is expected.`,
    );
  for (let i = 0; i < rows; i++)
    requireLength(id, `${what} ${i}`, data.subarray(i * cols, (i + 1) * cols), similarity);
  return { data, rows, cols };
}

/** Engines sum squares in float32: where that gives nothing, or infinity, they answer with no number. */
function requireLength(id: string, what: string, row: Float32Array, similarity: Similarity): void {
  let sum = 0;
  for (const x of row) sum += x * x;
  const held = Math.fround(sum);
  if (held === 0 && similarity === 'cosine')
    throw new InputError(
      id,
      row.every((x) => x === 0)
        ? `${what} is all zeros, which has no cosine: leave it out, or take the similarity dot or euclidean.`
        : `${what} is too short for a cosine in float32, with which the engine computes: scale the rows.`,
    );
  if (held === Number.POSITIVE_INFINITY)
    throw new InputError(
      id,
      `${what} is too long for float32, with which the engine computes: scale the rows.`,
    );
}

/** Rows that any engine holds without a loss: one label and one value for each, and texts that UTF-8 can write. */
export function checkedRows(id: string, given: GivenRows, similarity: Similarity): CheckedRows {
  const points = checkedPoints(id, 'row', given.points, similarity);
  const { labels, columns = {} } = given;
  const { rows: n } = points;
  if (n === 0 || points.cols === 0)
    throw new ShapeError(id, 'at least one row and one column', `${n} × ${points.cols}`);
  if (labels && labels.length !== n) throw new ShapeError(id, `${n} labels`, `${labels.length}`);
  if (labels) requireTexts(id, 'the label', labels);
  for (const [name, column] of Object.entries(columns)) {
    const shown = JSON.stringify(name);
    requireText(id, `the column name ${shown}`, name);
    if (column.length !== n)
      throw new ShapeError(id, `${n} values in column ${shown}`, `${column.length}`);
    if (!(column instanceof Float64Array)) requireTexts(id, `column ${shown}`, column);
  }
  return { points, labels, columns: mapColumns(columns, withoutNegativeZeros) };
}

/** −0 is 0 in a condition of Tammes, and another number for engines that order floats by their bits. */
function withoutNegativeZeros(column: Column): Column {
  return column instanceof Float64Array ? column.map((x) => x + 0) : column;
}

function requireTexts(id: string, what: string, texts: readonly string[]): void {
  for (const [row, text] of texts.entries()) requireText(id, `${what} of row ${row}`, text);
}

/** Databases have no character 0 in texts, and UTF-8 no half of a surrogate pair. */
function requireText(id: string, what: string, text: string): void {
  if (text.includes('\0'))
    throw new InputError(id, `${what} holds a character 0, which databases cannot store.`);
  if (LONE.test(text))
    throw new InputError(id, `${what} holds half of a surrogate pair, which UTF-8 cannot write.`);
}

const LONE = /\p{Surrogate}/u;

/** How many rows are wanted, and how much work may be done. */
export function requireRequest(id: string, k: number, effort: number | undefined): void {
  if (!Number.isSafeInteger(k) || k < 1)
    throw new OptionError(id, 'k', 'an integer, at least 1', k);
  if (effort !== undefined && !(Number.isSafeInteger(effort) && effort >= 1))
    throw new OptionError(id, 'effort', 'an integer, at least 1', effort);
}
