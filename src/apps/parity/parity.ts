import { AbortedError, ShapeError } from '../../core/errors.ts';
import { type GivenPoints, givenPoints } from '../../core/given-points.ts';
import { gathered, type Matrix, toFloat32, toFloat64 } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import type { Engine, Work } from '../../engine/engine.ts';
import { createPair } from '../../families/comparisons/index.ts';
import type { ComparisonRow } from '../../families/comparisons/types.ts';
import { misread } from './bytes.ts';
import { collapsed } from './collapsed.ts';
import { outlierDimension, permutedColumns } from './columns.ts';
import type { Evidence, Finding, ParityInput, ParityResult, ParityTest } from './contract.ts';
import { finiteRows, withoutBroken } from './finite.ts';
import { quantized } from './noise.ts';
import { transposedValues } from './order.ts';
import { linearOrPooled, related } from './relation.ts';
import { someRowsDiffer } from './row-fractions.ts';
import { permutedRows, rotated } from './rows.ts';
import { sameDirections, sameValues } from './same.ts';
import { shifted } from './shift.ts';
import { storedForm } from './stored.ts';
import { truncated } from './values.ts';

/** Rows that are looked at value by value. */
const LOOKED_AT = 2000;
const FEWEST_ROWS = 8;

/** In this order: what explains more exactly is asked first, and rows one by one before averages. */
const TESTS: readonly ParityTest[] = [
  sameValues,
  ({ all }) => transposedValues(all),
  misread,
  collapsed,
  someRowsDiffer,
  storedForm,
  sameDirections,
  truncated,
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
  /** Numbers of `compare` about these rows, taken instead of computing them again. */
  readonly known?: readonly ComparisonRow[] | undefined;
}

/**
 * Which fault explains the difference between two files of the same things through two runtimes,
 * n × dA and n × dB, row i of both about the same thing. Tests with stated bounds are asked in order,
 * from the most exact explanation to the loosest; the first one that holds decides, and all numbers
 * up to there are returned. Rows with values that are not finite are named, and the others compared.
 */
export async function parity(
  givenA: GivenPoints,
  givenB: GivenPoints,
  engine: Engine,
  options: ParityOptions = {},
): Promise<ParityResult> {
  const [a, b] = [givenPoints('parity', givenA), givenPoints('parity', givenB)];
  const turned = a.rows === b.cols && a.cols === b.rows ? transposedValues({ a, b }) : undefined;
  if (a.rows !== b.rows) {
    if (turned && decided(turned)) return turned;
    throw new ShapeError('parity', 'as many rows in A as in B', `${a.rows} and ${b.rows}`);
  }
  if (a.rows < FEWEST_ROWS) {
    throw new ShapeError('parity', `at least ${FEWEST_ROWS} rows`, `${a.rows}`);
  }
  const finite = finiteRows({ a, b });
  if (finite.kept.length === a.rows) return ofFiniteRows(a, b, engine, options);
  const bytes = misread({ a: toFloat64(a), b: toFloat64(b) });
  if (decided(bytes)) return bytes;
  const rest =
    finite.kept.length < FEWEST_ROWS
      ? undefined
      : await ofFiniteRows(gathered(a, finite.kept), gathered(b, finite.kept), engine, options);
  return withoutBroken(finite, rest);
}

async function ofFiniteRows(
  a: Matrix,
  b: Matrix,
  engine: Engine,
  { seed = 0, known = [], ...work }: ParityOptions,
): Promise<ParityResult> {
  // Fast engines take float32.
  const as = (m: Matrix) => (engine.name === 'reference' ? m : toFloat32(m));
  const pair = createPair(
    'parity',
    { a: as(a), b: as(b) },
    { rows: 'paired', columns: 'any' },
    engine,
    {
      seed,
      mostRows: Infinity,
    },
  );
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
    seed,
    known,
    random: (name) => Random.fromSeed(seed).fork(name),
  };
  const evidence: Evidence[] = [];
  for (const test of TESTS) {
    if (work.signal?.aborted) throw new AbortedError('parity');
    const found = await test(input);
    evidence.push(...found.evidence);
    if (decided(found)) return { ...found, evidence };
  }
  // The last test always decides.
  throw new ShapeError('parity', 'a verdict', 'none');
}

function decided(found: Finding): found is ParityResult {
  return found.verdict !== undefined && found.sentence !== undefined && found.fix !== undefined;
}
