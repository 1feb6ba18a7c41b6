import { AbortedError, ShapeError } from '../../core/errors.ts';
import { gathered, type Matrix, toFloat64 } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import type { Engine, Work } from '../../engine/engine.ts';
import { createPair } from '../../families/comparisons/index.ts';
import { outlierDimension, permutedColumns } from './columns.ts';
import type { Evidence, ParityInput, ParityResult, ParityTest } from './contract.ts';
import { quantized } from './noise.ts';
import { linearOrPooled, related } from './relation.ts';
import { permutedRows, rotated } from './rows.ts';
import { shifted } from './shift.ts';
import { binary, sameDirections, sameValues, truncated } from './values.ts';

/** Rows that are looked at value by value. */
const LOOKED_AT = 2000;

/** In this order: what explains more exactly is asked first. */
const TESTS: readonly ParityTest[] = [
  sameValues,
  sameDirections,
  truncated,
  binary,
  permutedColumns,
  outlierDimension,
  shifted,
  quantized,
  permutedRows,
  rotated,
  linearOrPooled,
  related,
];

export interface ParityOptions extends Work {
  readonly seed?: number | undefined;
}

/**
 * Which fault explains the difference between two files of the same things through two runtimes,
 * n × dA and n × dB, row i of both about the same thing. Tests with stated bounds are asked in order,
 * from the most exact explanation to the loosest; the first one that holds decides, and all numbers
 * up to there are returned.
 */
export async function parity(
  a: Matrix,
  b: Matrix,
  engine: Engine,
  { seed = 0, ...work }: ParityOptions = {},
): Promise<ParityResult> {
  if (a.rows < 8) throw new ShapeError('parity', 'at least 8 rows', `${a.rows}`);
  const pair = createPair('parity', { a, b }, { rows: 'paired', columns: 'any' }, engine, {
    seed,
    mostRows: Infinity,
  });
  const rows = pair.someRows(LOOKED_AT);
  const order = Random.fromSeed(seed).fork('parity').sample(rows.length);
  const looked = Int32Array.from(order, (i) => rows[i]);
  const input: ParityInput = {
    all: pair.all,
    a: toFloat64(gathered(pair.all.a, looked)),
    b: toFloat64(gathered(pair.all.b, looked)),
    rows: looked,
    engine,
    work,
    random: (name) => Random.fromSeed(seed).fork(name),
  };
  const evidence: Evidence[] = [];
  for (const test of TESTS) {
    if (work.signal?.aborted) throw new AbortedError('parity');
    const found = await test(input);
    evidence.push(...found.evidence);
    const { verdict, sentence, fix } = found;
    if (verdict && sentence && fix) return { verdict, sentence, evidence, fix };
  }
  // The last test always decides.
  throw new ShapeError('parity', 'a verdict', 'none');
}
