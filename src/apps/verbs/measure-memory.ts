/** What the program holds with every method loaded, and its threads. */
const PROGRAM = 300e6;

/** Of each value four of four bytes: as it came, at unit length, in the space of the engine, and on its way. */
const [BYTES_A_VALUE, BYTES_A_ROW] = [16, 250];

/** To draw rows of a file, what is kept of every row of it: its hash. */
const BYTES_A_ROW_SEEN = 40;

/** Fewer rows say too little for most numbers. */
const LEAST_ROWS = 1000;

interface Shape {
  readonly rows: number;
  readonly cols: number;
}

/** About how many bytes `measure` of n × d rows holds at once, the program with it, whatever numbers are asked for. */
export function memoryOfMeasure({ rows: n, cols: d }: Shape): number {
  return PROGRAM + n * (BYTES_A_VALUE * d + BYTES_A_ROW);
}

/** As many drawn rows of n × d as are measured within so many bytes; undefined where not even 1,000 are. */
export function rowsWithin(most: number, { rows: n, cols: d }: Shape): number | undefined {
  const left = most - PROGRAM - n * BYTES_A_ROW_SEEN;
  const rows = Math.floor(left / (BYTES_A_VALUE * d + BYTES_A_ROW));
  return rows < Math.min(n, LEAST_ROWS) ? undefined : rows;
}

/** The least that drawn rows take. */
export const leastMemory = ({ rows, cols }: Shape): number =>
  memoryOfMeasure({ rows: Math.min(rows, LEAST_ROWS), cols }) + rows * BYTES_A_ROW_SEEN;

/** What a shard is at most, and how many of them a task holds. */
const [SHARD, HELD] = [2 ** 26, 5];
const [DRAWN_ROWS, BYTES_A_STORED_ROW] = [20_000, 30];

/** The same of a sharded table that is not read whole, by so many workers of this process. */
export function memoryOfMeasureStore({ rows: n, cols: d }: Shape, workers = 1): number {
  const drawn = memoryOfMeasure({ rows: Math.min(n, DRAWN_ROWS), cols: d });
  return drawn + Math.max(1, workers) * HELD * SHARD + n * BYTES_A_STORED_ROW + 50 * d * d;
}
