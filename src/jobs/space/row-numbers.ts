/** The rows of a table that have a direction, numbered anew, beside their numbers in the table. */
export interface RowNumbers {
  /** How many. */
  readonly n: number;
  /** Rows of the table without a direction, ascending. */
  readonly invalid: Int32Array;
  /** The number in the table of the i-th. */
  inTable(i: number): number;
  /** Which of them a row of the table is; −1 of one without a direction, and of −1. */
  ofTable(row: number): number;
}

export function rowNumbers(rows: number, invalid: Int32Array): RowNumbers {
  const n = rows - invalid.length;
  /** Of those without a direction, how many stand before the i-th that has one. */
  const before = (i: number): number => {
    let [low, high] = [0, invalid.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (invalid[middle] - middle <= i) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  const below = (row: number): number => {
    let [low, high] = [0, invalid.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (invalid[middle] < row) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  if (invalid.length === 0) return { n, invalid, inTable: (i) => i, ofTable: (row) => row };
  return {
    n,
    invalid,
    inTable: (i) => i + before(i),
    ofTable(row) {
      if (row < 0) return -1;
      const place = below(row);
      return invalid[place] === row ? -1 : row - place;
    },
  };
}
