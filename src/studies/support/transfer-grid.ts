import { gathered, type Matrix, zerosLike } from '../../core/matrix.ts';
import { lessRow, meanRow } from '../../numerics/rows/centered.ts';
import { logisticRegression, logisticScores } from '../../numerics/solvers/logistic.ts';
import { meanOf } from '../../numerics/statistics/averages.ts';
import { meanSquare } from '../../structures/spectra/principal-axes.ts';

/** Rows to fit to and rows to ask, each with a domain and an answer. */
export interface Labels {
  readonly fitted: Int32Array;
  readonly held: Int32Array;
  readonly domains: readonly string[];
  /** What is to be told. */
  readonly long: readonly boolean[];
}

export interface TransferGrid {
  /** Mean accuracy of a classifier fitted to one domain about the rows of each other domain. */
  readonly across: number;
  /** About other rows of its own. */
  readonly within: number;
}

/** Logistic regression of each domain's rows, asked about the rows of every domain. */
export function transferGrid(points: Matrix, labels: Labels): TransferGrid {
  const { fitted, held, domains, long } = labels;
  const names = [...new Set(domains)].sort();
  const of = (rows: Int32Array, name: string) => rows.filter((row) => domains[row] === name);
  const [across, within]: [number[], number[]] = [[], []];
  for (const from of names) {
    const named = classifierOf(gathered(points, of(fitted, from)), of(fitted, from), long);
    for (const to of names) {
      const rows = of(held, to);
      const right = named(gathered(points, rows)).filter((own, i) => own === long[rows[i]]);
      (from === to ? within : across).push(right.length / rows.length);
    }
  }
  return { across: meanOf(across), within: meanOf(within) };
}

function classifierOf(points: Matrix, rows: Int32Array, long: readonly boolean[]) {
  const mean = meanRow(points);
  const scale = 1 / Math.sqrt(meanSquare(lessRow(points, mean)) / points.cols || 1);
  const scaled = (others: Matrix) => {
    const out = zerosLike(others);
    const { data } = lessRow(others, mean);
    for (let e = 0; e < data.length; e++) out.data[e] = data[e] * scale;
    return out;
  };
  const answers = Int32Array.from(rows, (row) => Number(long[row]));
  const model = logisticRegression(scaled(points), answers, 2, { penalty: 1, maxIterations: 25 });
  return (others: Matrix) => {
    const { data } = logisticScores(model, scaled(others));
    return Array.from({ length: others.rows }, (_, i) => data[2 * i + 1] > data[2 * i]);
  };
}
