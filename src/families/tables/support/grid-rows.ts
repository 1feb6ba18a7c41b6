import type { Floats } from '../../../core/matrix.ts';
import { exp } from '../../../core/numeric.ts';
import type { Random } from '../../../core/random.ts';
import type { NamedArray } from '../../../io/tensors.ts';
import { numbers, type Parameter, parameter } from '../../../learning/index.ts';
import type { NetworkContext } from '../types.ts';
import { rowsOf } from './own-rows.ts';
import { arrayIn } from './snapshot.ts';

const MOST = 127;

/** Standard deviations that a learned scale covers at first: rows grow in training. */
const REACH = 20;

/** Rows whose numbers are whole multiples, −127 … 127, of a scale of the row. */
export interface GridRows {
  readonly name: string;
  /** m × dim. */
  readonly rows: Parameter;
  /** m × 1, 0 between steps: how log s moves. Only where scales are learned it gets a gradient. */
  readonly growth: Parameter;
  readonly parameters: readonly Parameter[];
  readonly also: Readonly<Record<string, Floats>>;
  /** Notes rows that the next step moves. */
  see(places: ArrayLike<number>): void;
  /** s·e of the rows as they were rounded last, n × dim. */
  scaledResiduals(places: ArrayLike<number>): Floats;
  /** Puts the rows that were seen back on their grids. */
  round(random: Random): void;
  pack(): readonly NamedArray[];
  unpack(arrays: ReadonlyMap<string, NamedArray>): void;
}

/** `m` rows that begin normal, rounded to the nearest. */
export function gridRows(
  name: string,
  m: number,
  learned: boolean,
  context: NetworkContext,
): GridRows {
  const { dim, deviation, like } = context;
  const float64 = like instanceof Float64Array;
  const rows = rowsOf(`${name}.rows`, [m, dim], deviation, context);
  const x = rows.data;
  const growth = parameter(`${name}.growth`, numbers(m, float64), [m, 1], { byRows: true });
  const scales = numbers(m, float64);
  const residuals = numbers(learned ? m * dim : 0, float64);
  const seen = new Set<number>();
  const nearest = () => 0.5;

  if (learned) scales.fill((REACH * deviation) / MOST);
  for (let row = 0; row < m; row++) roundRow(row, nearest);

  function roundRow(row: number, offset: () => number): void {
    if (!learned) scales[row] = largest(x, row * dim, dim) / MOST;
    // A row of zeros has no scale.
    const s = scales[row] || 1;
    for (let e = row * dim; e < (row + 1) * dim; e++) {
      const exact = x[e] / s;
      const code = Math.min(MOST, Math.max(-MOST, Math.floor(exact + offset())));
      x[e] = s * code;
      if (learned) residuals[e] = Math.abs(exact) > MOST ? code : code - exact;
    }
  }

  return {
    name,
    rows,
    growth,
    parameters: learned ? [rows, growth] : [rows],
    also: learned ? { scales, residuals } : { scales },
    see(places) {
      for (let i = 0; i < places.length; i++) seen.add(places[i]);
    },
    scaledResiduals(places) {
      const picked = numbers(places.length * dim, float64);
      for (let i = 0; i < places.length; i++)
        for (let c = 0; c < dim; c++)
          picked[i * dim + c] = scales[places[i]] * residuals[places[i] * dim + c];
      return picked;
    },
    round(random) {
      for (const row of [...seen].sort((a, b) => a - b)) {
        if (learned) scales[row] *= exp(growth.data[row]);
        growth.data[row] = 0;
        roundRow(row, () => random.uniform());
      }
      seen.clear();
    },
    pack() {
      const codes = Int8Array.from(x, (value, e) => {
        const s = scales[Math.floor(e / dim)] || 1;
        return Math.round(value / s);
      });
      return [
        { name: `${name}.codes`, shape: [m, dim], data: codes },
        { name: `${name}.scales`, shape: [m], data: scales },
      ];
    },
    unpack(arrays) {
      const codes = arrayIn('int8-rows', arrays, `${name}.codes`, m * dim);
      const found = arrayIn('int8-rows', arrays, `${name}.scales`, m);
      for (let row = 0; row < m; row++) scales[row] = Number(found[row]);
      for (let e = 0; e < x.length; e++) {
        x[e] = (scales[Math.floor(e / dim)] || 1) * Number(codes[e]);
        if (learned) residuals[e] = 0;
      }
    },
  };
}

function largest(data: Floats, from: number, count: number): number {
  let most = 0;
  for (let e = from; e < from + count; e++) most = Math.max(most, Math.abs(data[e]));
  return most;
}
