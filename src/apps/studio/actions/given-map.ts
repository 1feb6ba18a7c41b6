import { InputError, OptionError, ShapeError } from '../../../core/errors.ts';
import { requireFinite } from '../../../core/finite.ts';
import { type Matrix, matrix } from '../../../core/matrix.ts';
import { choice } from '../../../method/options.ts';
import { projected } from '../../../structures/directions/index.ts';
import type { MapInfo } from '../contract.ts';
import { fieldOf } from '../session/fields.ts';
import type { State, StudioMap, StudioTable } from '../session/state.ts';
import type { ActionContext } from './define.ts';
import { defineAction } from './define.ts';
import {
  type Basis,
  basisOfAxes,
  basisOfColumns,
  basisOfRows,
  principalBasis,
} from './support/basis.ts';
import { freeName, packedFields, packedMatrix, withFields, withMap } from './support/changes.ts';
import { drawnPlaces } from './support/drawn-places.ts';
import { unitRowsOf } from './support/known.ts';
import { numbersOfTable, tableOf } from './support/lookup.ts';

const FROM = ['fields', 'points', 'columns', 'rows', 'principal', 'axes'] as const;

/**
 * A map that is known, not computed: coordinates in columns, points of two or three dimensions as they are, or the sphere in
 * three directions of the space.
 *
 * Facts: `map`, `directions` (what each axis is), `kept` (mean squared length of the unit rows in these directions, for a
 * sphere: how far the picture is the space), `fields`, `warnings`. Array `points`: n × 2, or n × 3 of unit rows. The field `ID-length`
 * holds the length of each row in these directions: a short one lies where it does by little.
 */
export const givenMap = defineAction({
  id: 'given-map',
  summary: 'A map of given coordinates, or the sphere as it is in three directions of the space.',
  parameters: {
    table: { kind: 'text', doc: 'Id of the table.', default: 'a' },
    from: choice(
      FROM,
      'principal',
      'Coordinates in fields, the points themselves, or directions: three columns, three rows, principal axes, fitted axes.',
    ),
    fields: { kind: 'texts', doc: 'Two or three fields with coordinates.' },
    columns: { kind: 'rows', doc: 'Three columns of the vectors, from 0.' },
    rows: { kind: 'rows', doc: 'Three rows that span the sphere, from 0.' },
    axes: { kind: 'texts', doc: 'Two or three axes of the session: NAME, or NAME:DIRECTION.' },
    geometry: choice(
      ['plane', 'disk'],
      'plane',
      'Of two coordinates: a plane, or the Poincaré disk.',
    ),
    id: { kind: 'text', doc: 'What the map is called; left out, by where it is from.' },
  },
  isStep: true,
  async run(state, parameters, context) {
    const { table: tableId, from, geometry } = parameters;
    const owner = tableOf('given-map', state, tableId);
    requireFinite('given-map', owner.table.points);
    const id = freeName(parameters.id ?? from, state.maps);
    const basis = await basisOf(state, owner, parameters, context);
    const columns = basis ? projectedOn(basis, owner) : coordinatesOf(owner, parameters);
    const { points, onSphere, warnings } = drawnPlaces(columns);
    if (geometry === 'disk') requireDisk(points);
    const info = {
      id,
      table: tableId,
      title: titleOf(parameters, basis),
      dims: onSphere ? 3 : 2,
      geometry: onSphere ? 'sphere' : geometry,
      places: basis !== undefined,
    } satisfies MapInfo;
    const made: StudioMap = {
      info,
      points,
      placing: basis && {
        kind: 'directions',
        basis: basis.basis,
        origin: basis.origin,
        ofDirections: basis.ofDirections,
      },
      made: { action: 'given-map', parameters: { ...parameters } },
    };
    const lengths = basis && onSphere ? lengthsOf(columns) : undefined;
    const fields = lengths
      ? [
          fieldOf(`${id}-length`, lengths, {
            from: 'given-map',
            kind: 'number',
            title: `length in ${info.title}`,
          }),
        ]
      : [];
    return {
      state: withFields(withMap(state, made), tableId, fields),
      facts: {
        map: info,
        directions: basis?.names ?? [],
        ...(lengths && { kept: lengths.reduce((sum, x) => sum + x * x, 0) / lengths.length }),
        fields: fields.map(({ info: own }) => own),
        warnings,
      },
      arrays: { points: packedMatrix(points) },
      made: packedFields(fields),
    };
  },
});

interface Given {
  readonly from: (typeof FROM)[number];
  readonly fields: readonly string[] | undefined;
  readonly columns: readonly number[] | undefined;
  readonly rows: readonly number[] | undefined;
  readonly axes: readonly string[] | undefined;
}

function basisOf(
  state: State,
  owner: StudioTable,
  { from, columns, rows, axes }: Given,
  { engine }: ActionContext,
): Basis | Promise<Basis> | undefined {
  switch (from) {
    case 'columns':
      return basisOfColumns(owner, columns ?? []);
    case 'rows':
      return basisOfRows(owner, rows ?? []);
    case 'principal':
      return principalBasis(owner, engine);
    case 'axes':
      return basisOfAxes(state, owner, axes ?? []);
    default:
      return undefined;
  }
}

/** Named axes speak of rows as they came, the others of their directions. */
function projectedOn(basis: Basis, { table: { points } }: StudioTable): Matrix {
  return projected(basis, basis.ofDirections ? unitRowsOf(points) : points);
}

function coordinatesOf(owner: StudioTable, { from, fields }: Given): Matrix {
  const { points } = owner.table;
  if (from === 'points') {
    if (points.cols === 2 || points.cols === 3) return points;
    throw new ShapeError('given-map', 'points of 2 or 3 columns', `${points.cols}`);
  }
  if (fields?.length !== 2 && fields?.length !== 3)
    throw new OptionError('given-map', 'fields', '2 or 3 fields with coordinates', fields);
  const columns = fields.map((name) => numbersOfTable('given-map', owner, name));
  for (const [c, column] of columns.entries()) {
    const row = column.findIndex((x) => !Number.isFinite(x));
    if (row >= 0)
      throw new InputError(
        'given-map',
        `row ${row} has no finite number in the field ${JSON.stringify(fields[c])}.`,
      );
  }
  const data = new Float64Array(points.rows * columns.length);
  for (const [c, column] of columns.entries())
    for (let i = 0; i < column.length; i++) data[i * columns.length + c] = column[i];
  return matrix(data, points.rows, columns.length);
}

function requireDisk({ data, rows, cols }: Matrix): void {
  if (cols !== 2) throw new ShapeError('given-map', '2 columns for a disk', `${cols}`);
  for (let i = 0; i < rows; i++) {
    const squared = data[2 * i] ** 2 + data[2 * i + 1] ** 2;
    if (!(squared < 1))
      throw new InputError(
        'given-map',
        `row ${i} lies ${Math.sqrt(squared)} from the middle; the Poincaré disk has radius 1.`,
      );
  }
}

function lengthsOf({ data, rows, cols }: Matrix): Float64Array {
  return Float64Array.from({ length: rows }, (_, i) => {
    let squared = 0;
    for (let c = i * cols; c < (i + 1) * cols; c++) squared += data[c] ** 2;
    return Math.sqrt(squared);
  });
}

function titleOf({ from, fields }: Given, basis: Basis | undefined): string {
  if (from === 'principal') return 'Three principal axes';
  if (basis) return basis.names.join(', ');
  return from === 'points' ? 'The points as they are' : (fields ?? []).join(', ');
}
