import { TammesError } from '../../core/errors.ts';
import type { Matrix } from '../../core/matrix.ts';

/** Thrown where the numbers of rows are asked for that lie beyond memory: whoever asked is to take a sample. */
export class AbsentRowsError extends TammesError {
  constructor() {
    super('absent-rows', 'The rows of this table are beyond memory; a sample of them is not.');
  }
}

/** Rows of which the shape is known and nothing else. */
export function absentRows(rows: number, cols: number): Matrix {
  return {
    rows,
    cols,
    get data(): never {
      throw new AbsentRowsError();
    },
  };
}
