import { InputError, OptionError } from '../../../../core/errors.ts';
import { type Matrix, matrix, row, zeros64 } from '../../../../core/matrix.ts';
import type { Engine } from '../../../../engine/engine.ts';
import { dot } from '../../../../numerics/rows/dot.ts';
import type { State, StudioTable } from '../../session/state.ts';
import { unitRowsOf } from './known.ts';
import { axisOf, rowsOfTable } from './lookup.ts';

/** Directions on which rows are projected: a basis of unit rows and where projections are 0. */
export interface Basis {
  readonly basis: Matrix<Float64Array>;
  readonly origin: Float64Array;
  /** Whether rows are scaled to unit length before they are projected. */
  readonly ofDirections: boolean;
  /** What each direction is. */
  readonly names: readonly string[];
}

/** Three columns of the table. */
export function basisOfColumns(
  { table: { points } }: StudioTable,
  columns: readonly number[],
): Basis {
  requireThree('columns', columns);
  const wrong = columns.find(
    (column) => !Number.isInteger(column) || column < 0 || column >= points.cols,
  );
  if (wrong !== undefined)
    throw new InputError(
      'given-map',
      `there is no column ${wrong}; the ${points.cols} columns count from 0.`,
    );
  const basis = zeros64(3, points.cols);
  for (const [k, column] of columns.entries()) basis.data[k * points.cols + column] = 1;
  return {
    basis,
    origin: new Float64Array(points.cols),
    ofDirections: true,
    names: columns.map((c) => `column ${c}`),
  };
}

/** The sphere that three rows span: the first is its first axis, the second lies in the plane of the first two. */
export function basisOfRows(owner: StudioTable, rows: readonly number[]): Basis {
  requireThree('rows', rows);
  rowsOfTable('given-map', owner, rows);
  const units = unitRowsOf(owner.table.points);
  const basis = zeros64(3, units.cols);
  for (const [k, i] of rows.entries()) {
    const own = Float64Array.from(row(units, i));
    // Twice, so that what rounding left of the others is gone.
    for (const other of [...Array(k).keys(), ...Array(k).keys()]) {
      const earlier = row(basis, other);
      const along = dot(own, earlier);
      for (let c = 0; c < own.length; c++) own[c] -= along * earlier[c];
    }
    const length = Math.sqrt(dot(own, own));
    if (!(length > 1e-6))
      throw new InputError(
        'given-map',
        `row ${i} lies in the span of the rows before it: take another.`,
      );
    for (let c = 0; c < own.length; c++) basis.data[k * units.cols + c] = own[c] / length;
  }
  return {
    basis,
    origin: new Float64Array(units.cols),
    ofDirections: true,
    names: rows.map((i) => `row ${i}`),
  };
}

/** The three leading eigenvectors of the unit rows' XᵀX: points that crowd together on the sphere are seen to. */
export async function principalBasis(
  { table: { points } }: StudioTable,
  engine: Engine,
): Promise<Basis> {
  const units = unitRowsOf(points);
  const { cols: d } = units;
  if (d < 3) throw new InputError('given-map', `a sphere needs 3 columns; the table has ${d}.`);
  const { vectors } = await engine.linalg.eigh(await engine.gram(units));
  const data = new Float64Array(3 * d);
  for (let k = 0; k < 3; k++) {
    const own = vectors.data.subarray(k * d, (k + 1) * d);
    // The sign of an eigenvector is the engine's own: its largest number is made positive.
    const largest = own.reduce((most, x) => (Math.abs(x) > Math.abs(most) ? x : most), 0);
    for (let c = 0; c < d; c++) data[k * d + c] = Math.sign(largest) * own[c] || 0;
  }
  return {
    basis: matrix(data, 3, d),
    origin: new Float64Array(d),
    ofDirections: true,
    names: [1, 2, 3].map((k) => `principal axis ${k}`),
  };
}

/** Named directions of the session: `price`, or one of several as `topics:sport`. */
export function basisOfAxes(
  state: State,
  { id, table }: StudioTable,
  names: readonly string[],
): Basis {
  if (names.length !== 2 && names.length !== 3)
    throw new OptionError('given-map', 'axes', '2 names for a plane, or 3 for a sphere', names);
  const parts = names.map((name) => {
    const [axis, direction] = splitName(state, name);
    const { directions } = axisOf('given-map', state, axis);
    if (directions.basis.cols !== table.points.cols)
      throw new InputError(
        'given-map',
        `the axis ${axis} is of ${directions.basis.cols} columns; table ${id} has ${table.points.cols}.`,
      );
    const place = direction === undefined ? 0 : directions.names.indexOf(direction);
    if (place < 0)
      throw new InputError(
        'given-map',
        `the axis ${axis} has no direction ${JSON.stringify(direction)}; it has ${directions.names.join(', ')}.`,
      );
    return { own: row(directions.basis, place), origin: directions.origin };
  });
  const basis = zeros64(parts.length, table.points.cols);
  for (const [k, { own }] of parts.entries()) basis.data.set(own, k * basis.cols);
  return { basis, origin: parts[0].origin, ofDirections: false, names };
}

function splitName({ axes }: State, name: string): readonly [string, string?] {
  const at = name.indexOf(':');
  return at < 0 || axes.has(name) ? [name] : [name.slice(0, at), name.slice(at + 1)];
}

function requireThree(parameter: string, given: readonly number[]): void {
  if (given.length === 3 && new Set(given).size === 3) return;
  throw new OptionError('given-map', parameter, '3 different numbers', given);
}
