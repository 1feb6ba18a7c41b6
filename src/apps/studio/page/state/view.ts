import { computed, effect, type ReadonlySignal, signal } from '@preact/signals';
import type { Cloud, Palette } from '../../../../view/cloud.ts';
import type { MapInfo, TableInfo } from '../../contract.ts';
import { coordinatesOf, labelsOf, valuesOf } from './arrays.ts';
import { type Coloring, coloringOf, plainColoring } from './colors.ts';
import { hiddenRows } from './filters.ts';
import { paletteOf } from './palette.ts';
import { selection } from './selection.ts';
import { info, tables } from './session.ts';
import { isDark } from './ui.ts';

/** The map that the reader chose; the newest where none was. */
export const mapId = signal<string | undefined>(undefined);
/** The table that the reader turned to. */
const chosenTable = signal<string | undefined>(undefined);
/** A second map beside it. */
export const secondId = signal<string | undefined>(undefined);
/** The field that colors the points, by table. */
export const colorOf = signal<Readonly<Record<string, string | undefined>>>({});
/** How points of the sphere are drawn. */
export const projection = signal<'globe' | 'lambert' | 'mollweide' | 'stereographic'>('globe');
/** Pixels across a point; 0 leaves it to the view. */
export const pointSize = signal(0);
export const showsLabels = signal(true);
/** Positions that stand in for those of the map while something runs. */
export const preview = signal<
  { readonly positions: Float32Array; readonly dims: 2 | 3; readonly table?: string } | undefined
>(undefined);
/** A query that was put on a map: a point that is no row. */
export const placed = signal<
  | {
      readonly map: string;
      readonly table: string;
      readonly point: Float32Array;
      readonly text: string;
    }
  | undefined
>(undefined);
/** How many rows of the map lie in the picture. */
export const inPicture = signal<{ readonly map: string; readonly rows: number } | undefined>(
  undefined,
);
/** How the points are drawn here: told by the view. */
export const tier = signal<{ readonly tier: string; readonly about: string } | undefined>(
  undefined,
);

export const maps = computed<readonly MapInfo[]>(() => info.value?.maps ?? []);
export const map = computed<MapInfo | undefined>(() => {
  const wanted = maps.value.find(({ id }) => id === mapId.value);
  // A table that was undone is turned to no more.
  const owner = tableById(chosenTable.value)?.id;
  if (owner === undefined || wanted?.table === owner) return wanted ?? maps.value.at(-1);
  return newestOf(owner);
});
export const secondMap = computed<MapInfo | undefined>(() =>
  maps.value.find(({ id }) => id === secondId.value && id !== map.value?.id),
);
/** The table that is spoken of: the one that was chosen, that of the map, or the first. */
export const table = computed<TableInfo | undefined>(
  () => tableById(chosenTable.value) ?? tableById(map.value?.table) ?? tables.value[0],
);

function newestOf(owner: string): MapInfo | undefined {
  return maps.value.findLast((one) => one.table === owner);
}

/** Turns to a table: its newest map, or none yet. */
export function chooseTable(id: string): void {
  mapId.value = newestOf(id)?.id ?? '';
  chosenTable.value = id;
}

export function tableById(id: string | undefined): TableInfo | undefined {
  return tables.value.find((one) => one.id === id);
}

export function colorBy(tableId: string, field: string | undefined): void {
  colorOf.value = { ...colorOf.value, [tableId]: field };
}

/** Shades and legend of a table's rows by its color field. */
export function coloring(of: TableInfo): Coloring {
  const field = colorField(of);
  const values = field === undefined ? undefined : valuesOf(of.id, field);
  return values ? keptColoring(values, of.rows) : keptPlain(of.rows);
}

/** The field that colors a table now, where it still is there. */
export function colorField(of: TableInfo): string | undefined {
  const wanted = colorOf.value[of.id];
  return of.fields.some(({ id }) => id === wanted) ? wanted : undefined;
}

/** The colors that a table's points are drawn in. */
export function paletteFor(of: TableInfo | undefined): Palette {
  return keptPalette(of ? coloring(of).legend.kind : 'plain', isDark());
}

const palettes = new Map<string, Palette>();
function keptPalette(kind: Coloring['legend']['kind'], dark: boolean): Palette {
  const key = `${kind} ${dark}`;
  const known = palettes.get(key) ?? paletteOf(kind, dark);
  palettes.set(key, known);
  return known;
}

/** What is drawn of a map; undefined until its coordinates came. */
export function cloudOf(of: MapInfo): Cloud | undefined {
  const owner = tableById(of.table);
  const found = coordinatesOf(of.id);
  if (!owner || !found) return undefined;
  const shown =
    preview.value && (preview.value.table ?? of.table) === of.table ? preview.value : found;
  const rows = shown.positions.length / shown.dims;
  const { shades } = coloring(owner);
  if (shades.length !== rows) return undefined;
  return {
    positions: shown.positions,
    dims: shown.dims,
    shades,
    hidden: masksOf(of.table, rows).hidden.value,
    selected: masksOf(of.table, rows).selected.value,
  };
}

interface Masks {
  readonly hidden: ReadonlySignal<Uint8Array | undefined>;
  readonly selected: ReadonlySignal<Uint8Array | undefined>;
}

const masks = new Map<string, Masks>();
/** Computed when what they depend on changes, not with each picture of points that move. */
function masksOf(of: string, rows: number): Masks {
  const key = `${of} ${rows}`;
  const made = masks.get(key) ?? {
    hidden: computed(() => hiddenRows(of, rows, valuesOf)),
    selected: computed(() => selectedRows(of, rows)),
  };
  masks.set(key, made);
  return made;
}

/** 1 where a row is selected, also by its label in the other table; undefined where none is. */
function selectedRows(of: string, rows: number): Uint8Array | undefined {
  const chosen = selection.value;
  if (!chosen) return undefined;
  const mask = new Uint8Array(rows);
  for (const row of linkedRows(chosen.table, of, chosen.rows)) if (row < rows) mask[row] = 1;
  return mask;
}

/** The rows of a table that stand for rows of another: by label, or by place where there are none. */
export function linkedRows(from: string, to: string, rows: Iterable<number>): Iterable<number> {
  if (from === to) return rows;
  const [a, b] = [labelsOf(from), labelsOf(to)];
  if (!a?.length || !b?.length) return rows;
  const places = placesOf(b);
  return [...rows].flatMap((row) => places.get(a[row]) ?? []);
}

const placesByLabels = new WeakMap<readonly string[], ReadonlyMap<string, number>>();
function placesOf(labels: readonly string[]): ReadonlyMap<string, number> {
  const known = placesByLabels.get(labels) ?? new Map(labels.map((label, row) => [label, row]));
  placesByLabels.set(labels, known);
  return known;
}

const colorings = new WeakMap<object, Coloring>();
function keptColoring(values: object & Parameters<typeof coloringOf>[1], rows: number): Coloring {
  const known = colorings.get(values);
  if (known) return known;
  const made = coloringOf(rows, values);
  colorings.set(values, made);
  return made;
}

const plains = new Map<number, Coloring>();
function keptPlain(rows: number): Coloring {
  const known = plains.get(rows);
  if (known) return known;
  const made = plainColoring(rows);
  plains.set(rows, made);
  return made;
}

// A measured field or a map that was asked for is shown at once.
let seen = 0;
effect(() => {
  const count = maps.value.length;
  if (count > seen && mapId.peek() !== undefined) mapId.value = maps.value.at(-1)?.id;
  seen = count;
});

// Who chooses a map turns to its table.
effect(() => {
  const chosen = maps.value.find(({ id }) => id === mapId.value);
  if (chosen) chosenTable.value = chosen.table;
});

/** What a map is called: with its id where another one of its table has the same title. */
export function nameOfMap({ id, title, table: owner }: MapInfo): string {
  const isAlone = maps.value.every(
    (one) => one.id === id || one.title !== title || one.table !== owner,
  );
  return isAlone ? title : `${title} (${id})`;
}

/** A file's name without the folders it lies in. */
export function shortName(name: string | undefined): string {
  return name?.split(/[\\/]/).at(-1) ?? '';
}
