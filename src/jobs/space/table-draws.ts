import { Random } from '../../core/random.ts';
import { LIST_ROWS, lookPlan } from '../../structures/space/look-plan.ts';
import { treeRows } from '../../structures/space/some-trees.ts';
import { spectrumRows } from '../../structures/spectra/row-spectrum.ts';

export interface TableDrawsOptions {
  readonly seed: number;
  readonly exact: boolean;
  /** How many rows are drawn for numbers that need the rows themselves. */
  readonly sampleRows: number;
}

/** Rows that a space of a table asks for whatever is found, ascending: the draws of `createSpace`. */
export interface TableDraws {
  /** Whose neighbors are found; undefined where all pairs are looked at block by block. */
  readonly queries: Int32Array | undefined;
  readonly others: readonly Int32Array[];
}

export function tableDraws(
  n: number,
  d: number,
  { seed, exact, sampleRows }: TableDrawsOptions,
): TableDraws {
  const random = (name: string) => Random.fromSeed(seed).fork('space').fork(name);
  const drawn = (name: string, m: number) =>
    m >= n ? Int32Array.from({ length: n }, (_, i) => i) : random(name).sample(n, m).sort();
  const { queries, pairRows } = lookPlan(n, d, exact);
  const isLong = exact && lookPlan(n, d, false).queries < n;
  const others = [drawn('rows', sampleRows)];
  if (queries < n) others.push(drawn('rows', LIST_ROWS));
  if (pairRows < n) others.push(drawn('pairs', pairRows));
  for (const rows of [spectrumRows(n, random), treeRows(n, random)]) if (rows) others.push(rows);
  return { queries: isLong ? undefined : drawn('queries', queries), others };
}
