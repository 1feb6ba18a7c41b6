import { InputError, OptionError } from '../../../core/errors.ts';
import type { FormatId } from '../../../io/format-id.ts';
import {
  type Column,
  encode,
  encodeColumns,
  takenRows,
  type VectorTable,
  writableFormats,
} from '../../../io/index.ts';
import { choice } from '../../../method/options.ts';
import { encodeDirections } from '../../../structures/directions/index.ts';
import type { StudioTable } from '../session/state.ts';
import { defineAction } from './define.ts';
import { chosenParameters, chosenRows } from './support/chosen-rows.ts';
import { axisOf, mapOf, tableOf } from './support/lookup.ts';

const WHAT = ['points', 'coordinates', 'rows', 'ids', 'axis', 'recipe'] as const;

/**
 * What a session has made, as a file.
 *
 * Facts: `fileName`, `type` (of media), `format`, `rows`, `columns` that go along, `dropped`: what the format has no place for. Array `bytes`: the
 * file. `points` are the vectors with labels and fields; `coordinates` a map’s; `rows` labels and fields alone, with the number of the row; `ids` a label
 * (or number) a line; `axis` fitted directions; `recipe` the steps, for `tammes studio replay`.
 */
export const exported = defineAction({
  id: 'export',
  summary: 'Points, coordinates, rows, ids, an axis or the recipe as the bytes of a file.',
  parameters: {
    what: choice(WHAT, 'points', 'What is written.'),
    table: { kind: 'text', doc: 'Id of the table.', default: 'a' },
    map: { kind: 'text', doc: 'Id of the map, for coordinates.', default: 'pca' },
    axis: { kind: 'text', doc: 'Name of the axis.' },
    ...chosenParameters,
    format: {
      kind: 'text',
      doc: 'Id of the format: npy, csv, parquet, safetensors, …; left out, the usual one.',
    },
  },
  isStep: false,
  async run(state, parameters, { recipe }) {
    const { what, axis, map } = parameters;
    if (what === 'recipe')
      return file(
        'recipe.json',
        'json',
        new TextEncoder().encode(`${JSON.stringify(recipe, null, 2)}\n`),
      );
    if (what === 'axis') {
      if (axis === undefined) throw new OptionError('export', 'axis', 'the name of an axis', axis);
      const { directions } = axisOf('export', state, axis);
      return file(`${fileWord(axis)}.safetensors`, 'safetensors', encodeDirections(directions));
    }
    const source = what === 'coordinates' ? mapOf('export', state, map) : undefined;
    const owner = tableOf('export', state, source?.info.table ?? parameters.table);
    const rows = chosenRows('export', state, owner, parameters);
    if (rows?.length === 0) throw new InputError('export', 'no rows are chosen.');
    const taken = taking(owner, rows, source?.points);
    const base = fileWord(owner.name.replace(/^.*[\\/]/, '').replace(/\.[^.]+$/, ''));
    const words = [
      base,
      ...(source ? [map] : []),
      ...(parameters.selection ? [parameters.selection] : []),
    ];
    const name = words.map(fileWord).join('-');
    if (what === 'ids') return file(`${name}.txt`, 'txt', idsOf(taken, rows), taken);
    const format = formatOf(parameters.format ?? (what === 'points' ? 'npy' : 'csv'));
    const bytes =
      what === 'rows'
        ? await encodeColumns(
            { labels: taken.labels, columns: { row: numbersOf(rows, taken), ...taken.columns } },
            { format: format.id },
          )
        : await encode(taken, { format: format.id });
    return file(`${name}${format.extensions[0]}`, format.id, bytes, taken, dropped(format, taken));
  },
});

function formatOf(id: string) {
  const found = writableFormats.find((format) => format.id === id);
  if (found) return found;
  throw new OptionError(
    'export',
    'format',
    `one of ${writableFormats.map((format) => format.id).join(', ')}`,
    id,
  );
}

/** The table with all its fields as columns, or the places of its rows, of some rows. */
function taking(
  owner: StudioTable,
  rows: Int32Array | undefined,
  places?: VectorTable['points'],
): VectorTable {
  const { points, labels } = owner.table;
  const columns: Record<string, Column> = Object.fromEntries(
    Array.from(owner.fields, ([id, { info, values }]) => [
      id,
      info.kind === 'time' ? (owner.table.columns?.[id] ?? values) : values,
    ]),
  );
  const whole = { points: places ?? points, labels, columns };
  return rows ? takenRows(whole, [...rows]) : whole;
}

const numbersOf = (rows: Int32Array | undefined, { points }: VectorTable): Float64Array =>
  rows ? Float64Array.from(rows) : Float64Array.from({ length: points.rows }, (_, row) => row);

function idsOf({ labels, points }: VectorTable, rows: Int32Array | undefined): Uint8Array {
  const ids = labels ?? Array.from({ length: points.rows }, (_, at) => String(rows?.[at] ?? at));
  const odd = ids.findIndex((id) => /[\r\n]/.test(id));
  if (odd >= 0)
    throw new InputError(
      'export',
      `the label of row ${rows?.[odd] ?? odd} has more than one line; export rows as csv.`,
    );
  return new TextEncoder().encode(`${ids.join('\n')}\n`);
}

function dropped(
  { keeps }: (typeof writableFormats)[number],
  { labels, columns = {} }: VectorTable,
) {
  return [
    ...(labels && !keeps.labels ? ['labels'] : []),
    ...(keeps.columns ? [] : Object.keys(columns)),
  ];
}

function file(
  fileName: string,
  format: FormatId | 'json' | 'txt',
  bytes: Uint8Array,
  table?: VectorTable,
  left: readonly string[] = [],
) {
  return {
    facts: {
      fileName,
      type: TYPES[format] ?? 'application/octet-stream',
      format,
      ...(table && {
        rows: table.points.rows,
        columns: Object.keys(table.columns ?? {}),
        dropped: left,
      }),
    },
    arrays: { bytes: { data: bytes, shape: [bytes.length] } },
  };
}

const TYPES: Readonly<Partial<Record<FormatId | 'json' | 'txt', string>>> = {
  csv: 'text/csv',
  tsv: 'text/tab-separated-values',
  jsonl: 'application/jsonl',
  parquet: 'application/vnd.apache.parquet',
  json: 'application/json',
  txt: 'text/plain',
};

/** What a file can be called anywhere. */
function fileWord(text: string): string {
  return text.replace(/[^\p{L}\p{N}._-]+/gu, '-').replace(/^-+|-+$/g, '') || 'vectors';
}
