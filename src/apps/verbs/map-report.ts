import type { Matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { VERSION } from '../../core/version.ts';
import type { Reduced } from '../../families/reduction/types.ts';
import { rowNames, type VectorTable } from '../../io/table.ts';
import type { CloudPanel } from '../report/cloud/contract.ts';
import { count, significant } from '../report/format.ts';
import type { MapReportData } from '../report/map/contract.ts';
import type { JudgedMap } from './map-quality.ts';
import { reductionById } from './reduce.ts';
import { rowClasses } from './support/row-classes.ts';

/** Dots that a page may have. */
const MOST_DOTS = 4000;
/** Columns that say what a row is, by their usual names. */
const CLASS_NAMES = /^(class|label|category|cluster|group|topic|target|y)(es|s)?$/i;
/** More kinds than these are names, not classes. */
const MOST_CLASSES = 100;

export interface MapReportWords {
  /** Name of the file or data set. */
  readonly name: string;
  /** Id of the reduction. */
  readonly method: string;
  readonly seconds: number;
  /** `labels` or a column. Default: a column that is called class or the like, else labels that repeat. */
  readonly colorBy?: string | undefined;
}

/** Gathers what the report of a map shows. */
export function mapReportData(
  table: VectorTable,
  reduced: Reduced,
  { quality, distortion, warnings }: JudgedMap,
  { name, method, seconds, colorBy }: MapReportWords,
): MapReportData {
  const { rows: n, cols: d } = table.points;
  const map = reduced.points;
  const nameOf = rowNames(table);
  const shown = shownRows(n, distortion?.rows ?? new Int32Array());
  const view = viewOf(map, shown, quality.sphere);
  const classes = classesOf(table, shown, colorBy);
  return {
    name,
    method: reductionById(method).spec.title,
    n,
    d,
    dim: map.cols,
    engine: reduced.engine,
    seconds,
    versions: { tammes: VERSION },
    facts: reduced.facts,
    quality,
    warnings: [...reduced.warnings, ...warnings],
    ...view,
    shown,
    labels: Array.from(shown, nameOf),
    isNamed: table.labels !== undefined && classes?.column !== 'labels',
    classes,
    distortion,
    askedLabels: Array.from(distortion?.rows ?? [], nameOf),
  };
}

/** All rows, or so many of which those asked about are a part; ascending. */
function shownRows(n: number, asked: Int32Array): Int32Array {
  if (n <= MOST_DOTS) return Int32Array.from({ length: n }, (_, i) => i);
  const rows = new Set(asked.length < MOST_DOTS ? asked : []);
  for (const row of Random.fromSeed(0).fork('dots').sample(n, MOST_DOTS)) {
    if (rows.size >= MOST_DOTS) break;
    rows.add(row);
  }
  return Int32Array.from(rows).sort();
}

/** Refuses a column to color by that the table lacks: before there is a map, not after. */
export function requireColorBy(table: VectorTable, colorBy: string): void {
  classesBy(table, colorBy);
}

function classesBy(table: VectorTable, column: string | undefined): Int32Array | undefined {
  return rowClasses('reduce', table, column, 'color-by');
}

function classesOf(
  table: VectorTable,
  shown: Int32Array,
  colorBy: string | undefined,
): MapReportData['classes'] {
  const { labels, columns = {} } = table;
  const usual = Object.keys(columns).find((name) => CLASS_NAMES.test(name));
  const column = colorBy ?? usual ?? 'labels';
  const numbers = classesBy(table, colorBy ?? usual);
  if (!numbers) return undefined;
  const values = column === 'labels' && labels ? labels : columns[column];
  const names: string[] = [];
  numbers.forEach((number, row) => {
    if (number >= 0) names[number] ??= String(values[row]);
  });
  if (colorBy === undefined && names.length > MOST_CLASSES) return undefined;
  return { column, names, of: Int32Array.from(shown, (row) => numbers[row]) };
}

/** What is drawn of a map, and what that leaves out. */
function viewOf(
  map: Matrix,
  shown: Int32Array,
  sphere: boolean,
): Pick<MapReportData, 'dims' | 'panels' | 'view'> {
  const { rows: n, cols } = map;
  const some = shown.length < n ? `${count(shown.length)} of ${count(n)} rows are drawn. ` : '';
  const columns = (...wanted: readonly number[]) =>
    Float32Array.from({ length: shown.length * wanted.length }, (_, i) => {
      const row = shown[Math.floor(i / wanted.length)];
      return map.data[row * cols + wanted[i % wanted.length]];
    });
  if (sphere && cols === 3) {
    const panels = [{ title: 'The sphere', positions: columns(0, 1, 2) }];
    return { dims: 3, panels, view: `${some}The sphere; on paper all of it, of true areas.` };
  }
  const flat = (x: number, y: number, title: string): CloudPanel => ({
    title,
    positions: columns(x, y),
  });
  if (cols === 1) {
    const panels = [{ title: 'The map', positions: inOrder(columns(0)) }];
    const view = `${some}One column says all: ${sides(columns(0), 'column 1')}; rows stand in the order of the file.`;
    return { dims: 2, panels, view };
  }
  if (cols === 3) {
    const panels = [
      flat(0, 1, 'Columns 1 and 2'),
      flat(0, 2, 'Columns 1 and 3'),
      flat(1, 2, 'Columns 2 and 3'),
    ];
    const view = `${some}Three columns, seen along each, the first to the right: rows that cover one another here may lie apart.`;
    return { dims: 2, panels, view };
  }
  const title = cols === 2 ? 'The map' : `The first two of ${cols} columns`;
  const rest =
    cols > 2
      ? ` What the other ${cols - 2} columns hold is not seen here; the numbers below are of all.`
      : '';
  const [right, up] = [columns(0), columns(1)];
  const axes = `To the right ${sides(right, 'column 1')}, upward ${sides(up, 'column 2')}.`;
  return { dims: 2, panels: [flat(0, 1, title)], view: `${some}${axes}${rest}` };
}

/** From where to where a column goes. */
function sides(values: Float32Array, name: string): string {
  const [low, high] = ends(values);
  return `${name} from ${significant(low, 3)} to ${significant(high, 3)}`;
}

function ends(values: Float32Array): [low: number, high: number] {
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return [low, high];
}

/** One column to the right and the order of the rows upward, as a picture of 5 to 3. */
function inOrder(values: Float32Array): Float32Array {
  const [low, high] = ends(values);
  const height = (0.6 * (high - low || 1)) / Math.max(1, values.length - 1);
  return Float32Array.from({ length: 2 * values.length }, (_, i) =>
    i % 2 === 0 ? values[i >> 1] : (i >> 1) * height,
  );
}
