import { InputError, ShapeError } from '../../../core/errors.ts';
import { gathered } from '../../../core/matrix.ts';
import type { RunControls } from '../../../core/run.ts';
import { counted } from '../../../core/text.ts';
import type { Engine } from '../../../engine/engine.ts';
import type { ComparisonRow } from '../../../families/comparisons/types.ts';
import { finiteRows } from '../../parity/finite.ts';
import { type ParityResult, parity } from '../../parity/index.ts';
import type { MatchedRows } from '../matched-rows.ts';

interface Asked {
  readonly seed?: number | undefined;
  /** Numbers about these rows that were found before. */
  readonly known?: readonly ComparisonRow[] | undefined;
}

/** The verdict about rows that correspond; n × d and d × n may still be one another’s transposes. */
export async function parityOf(
  { a, b, by }: MatchedRows,
  engine: Engine,
  { seed, known }: Asked,
  run: RunControls,
): Promise<{ readonly parity: ParityResult }> {
  const turned = a.rows === b.cols && a.cols === b.rows;
  if (by === 'none' && !turned) {
    const got = `${a.rows} and ${b.rows} rows without common labels`;
    throw new ShapeError('compare', 'rows that correspond, for a parity verdict', got);
  }
  run.onProgress?.({ stage: 'parity', done: 0 });
  return { parity: await parity(a, b, engine, { seed, known, signal: run.signal }) };
}

/** Fewer rows have no numbers worth printing. */
const FEWEST_FINITE = 8;

/** Where rows are not finite: the verdict, and the other rows for the numbers. */
export async function withoutBrokenRows(
  matched: MatchedRows,
  engine: Engine,
  options: Asked,
  run: RunControls,
) {
  if (matched.by === 'none') return undefined;
  const { a, b, labels } = matched;
  const { kept } = finiteRows({ a, b });
  if (kept.length === a.rows) return undefined;
  const verdict = await parityOf(matched, engine, options, run);
  if (kept.length < FEWEST_FINITE) throw new InputError('compare', verdict.parity.sentence);
  const left = counted(a.rows - kept.length, 'row is', 'rows are');
  return {
    headline: `${left} not finite in one of the files. Of the other ${kept.length}: `,
    verdict,
    matched: {
      ...matched,
      a: gathered(a, kept),
      b: gathered(b, kept),
      labels: labels && kept.map((i) => labels[i]),
    },
    warnings: [`${left} not finite in one of the files: the numbers are of the others.`],
  };
}
