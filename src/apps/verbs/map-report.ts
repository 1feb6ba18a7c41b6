import type { Matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { VERSION } from '../../core/version.ts';
import type { Reduced } from '../../families/reduction/types.ts';
import { rowNames, type VectorTable } from '../../io/table.ts';
import { count } from '../report/format.ts';
import type { MapPanel, MapReportData } from '../report/map/contract.ts';
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
    classes: classesOf(table, shown, colorBy),
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
): { readonly panels: readonly MapPanel[]; readonly view: string } {
  const { rows: n, cols } = map;
  const some = shown.length < n ? `${count(shown.length)} of ${count(n)} rows are drawn. ` : '';
  const column = (c: number) => Float64Array.from(shown, (row) => map.data[row * cols + c]);
  if (sphere && cols === 3) {
    const xyz = [column(0), column(1), column(2)] as const;
    return {
      panels: [half('Front of the sphere', xyz, 1), half('Back of the sphere', xyz, -1)],
      view: `${some}Both halves of the sphere, of true areas: what lies beyond the rim of one goes on at the rim of the other.`,
    };
  }
  const flat = (x: number, y: number, title: string): MapPanel => ({
    title,
    x: column(x),
    y: column(y),
    xTitle: `column ${x + 1}`,
    yTitle: `column ${y + 1}`,
  });
  if (cols === 1) {
    const places = Float64Array.from(shown);
    const panel = { title: 'The map', x: column(0), y: places, xTitle: 'column 1' };
    return {
      panels: [{ ...panel, yTitle: 'row of the file' }],
      view: `${some}One column says all; rows stand in the order of the file.`,
    };
  }
  if (cols === 2) return { panels: [flat(0, 1, 'The map')], view: some.trim() };
  if (cols === 3) {
    const sides = [
      [0, 1],
      [0, 2],
      [1, 2],
    ];
    return {
      panels: sides.map(([x, y]) => flat(x, y, `The map along column ${4 - x - y}`)),
      view: `${some}Three columns, seen along each: rows that cover one another here may lie apart.`,
    };
  }
  return {
    panels: [flat(0, 1, `The first two of ${cols} columns`)],
    view: `${some}What the other ${cols - 2} columns hold is not seen here; the numbers below are of all.`,
  };
}

/** Lambert’s azimuthal projection of one half, which keeps areas; the back as one sees it from behind. */
function half(
  title: string,
  [x, y, z]: readonly [Float64Array, Float64Array, Float64Array],
  side: 1 | -1,
): MapPanel {
  const scaled = (from: Float64Array, sign: number) =>
    from.map((value, i) =>
      side * z[i] >= 0 && (z[i] !== 0 || side === 1)
        ? (sign * value) / Math.sqrt(1 + side * z[i])
        : Number.NaN,
    );
  return {
    title,
    x: scaled(x, side),
    y: scaled(y, 1),
    xTitle: side === 1 ? 'toward column 1' : 'toward column 1, from right to left',
    yTitle: 'toward column 2',
  };
}
