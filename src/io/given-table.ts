import { ShapeError } from '../core/errors.ts';
import { type GivenPoints, givenPoints } from '../core/given-points.ts';
import { type Floats, type Matrix, toFloat32 } from '../core/matrix.ts';
import { type Column, mapColumns, type VectorTable } from './table.ts';

/** A table, or the vectors alone in any form that programs hold them in. */
export type GivenTable = GivenPoints | GivenRows;

/** A table whose points may have any form. */
export interface GivenRows extends Omit<Partial<VectorTable>, 'points'> {
  readonly points: GivenPoints;
}

/** A table whose points may be float64. */
export interface AnyTable extends Omit<VectorTable, 'points'> {
  readonly points: Matrix;
}

/** The table that was given, its points as a matrix; refuses what is none in a sentence that names `where`. */
export function givenTable(where: string, given: GivenTable): AnyTable {
  if (typeof given !== 'object' || given === null || !('points' in given)) {
    return { points: givenPoints(where, given) };
  }
  const points = givenPoints(where, given.points);
  return points === given.points ? (given as AnyTable) : { ...given, points };
}

/**
 * The table that was given as files hold it: float32 points (float64 is rounded), labels of text, columns of text or
 * of numbers. Refuses other labels and columns, naming the first row.
 */
export function tableToWrite(where: string, given: GivenTable): VectorTable {
  const { points, labels, columns, ...rest } = givenTable(where, given);
  return {
    ...rest,
    points: isFloat32(points) ? points : toFloat32(points),
    ...(labels && { labels: texts(where, 'labels', labels) }),
    ...(columns && {
      columns: mapColumns(columns, (column, name) => columnOf(where, name, column)),
    }),
  };
}

const isFloat32 = (points: Matrix<Floats>): points is Matrix<Float32Array> =>
  points.data instanceof Float32Array;

function columnOf(where: string, name: string, column: Column | readonly number[]): Column {
  if (column instanceof Float64Array) return column;
  const isNumbers = column.length > 0 && typeof column[0] === 'number';
  if (isNumbers && (column as readonly unknown[]).every((value) => typeof value === 'number')) {
    return Float64Array.from(column as readonly number[]);
  }
  return texts(where, `column ${JSON.stringify(name)}`, column as readonly string[]);
}

function texts(where: string, what: string, values: readonly string[]): readonly string[] {
  const wrong = Array.from(values).findIndex((value) => typeof value !== 'string');
  if (wrong < 0) return values;
  throw new ShapeError(where, `text in ${what}`, `${typeof values[wrong]} in row ${wrong}`);
}
