import type { KnnGraph } from '../../../core/graph.ts';
import type { Matrix } from '../../../core/matrix.ts';
import { type ColumnFacts, type ColumnShares, columnFacts, columnShares } from './columns.ts';
import { type CommonDirection, commonDirection } from './common-direction.ts';
import { type LongRows, longRows } from './lengths.ts';
import { type Populations, populationsOf } from './populations.ts';

/** What the rows themselves say, besides the numbers. */
export interface Facts {
  readonly columns: ColumnFacts;
  /** Of the rows’ squared length. */
  readonly shares: ColumnShares;
  readonly longRows: LongRows | undefined;
  /** Of the rows at unit length. */
  readonly common?: CommonDirection | undefined;
  readonly populations: Populations | undefined;
}

/** Facts about n × d rows as they came, the same of unit length, their lengths and nearest neighbours. */
export function factsOf(
  raw: Matrix,
  { points, norms, neighbors }: Measured,
  rowOf: (i: number) => number = (i) => i,
): Facts {
  const populations = populationsOf(points, neighbors);
  const long = longRows(norms);
  const common = commonDirection(points);
  return {
    columns: columnFacts(raw),
    shares: columnShares(points),
    common: common && {
      ...common,
      most: common.most.map(rowOf),
      least: common.least.map(rowOf),
    },
    longRows: long && { ...long, rows: long.rows.map(rowOf) },
    populations: populations && {
      ...populations,
      groups: populations.groups.map((group) => ({ ...group, rows: group.rows.map(rowOf) })),
    },
  };
}

interface Measured {
  readonly points: Matrix;
  readonly norms: Float64Array;
  readonly neighbors: KnnGraph;
}
