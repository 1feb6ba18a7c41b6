import { shownLabel } from '../escape.ts';
import type { Figure } from '../figures.ts';
import { count } from '../format.ts';
import type { MapPanel, MapReportData } from './contract.ts';
import { MOST_COLORS, type ScatterGroup, type ScatterMark, scatter } from './scatter.ts';

const WIDE = 580;
const HALF = 452;
/** More marks than these would hide the map. */
const MOST_MARKS = 300;

/** Rows that a random map would place no worse, on the average. */
export interface BadRows {
  readonly asked: number;
  /** Places among the rows asked about, worst first. */
  readonly falseNeighbors: readonly number[];
  readonly missingNeighbors: readonly number[];
}

/** The rows whose neighbours are no truer, or no more complete, than those in a random map. */
export function badRows({ distortion, quality }: MapReportData): BadRows {
  if (!distortion) return { asked: 0, falseNeighbors: [], missingNeighbors: [] };
  const worse = (values: Float64Array, chance: number) =>
    Array.from(values.keys())
      .filter((q) => values[q] >= chance)
      .sort((p, q) => values[q] - values[p] || p - q);
  const { rows, falseNeighbors, missingNeighbors } = distortion;
  const { trustworthiness, continuity } = quality;
  return {
    asked: rows.length,
    falseNeighbors: worse(falseNeighbors, 1 - (trustworthiness.null?.value ?? 0.5)),
    missingNeighbors: worse(missingNeighbors, 1 - (continuity.null?.value ?? 0.5)),
  };
}

/** The map, panel by panel, with badly placed rows marked. */
export function mapFigures(data: MapReportData): Figure[] {
  const groups = groupsOf(data);
  const marks = marksOf(data);
  const bad = badRows(data);
  const marked = data.distortion
    ? [
        `Of ${count(bad.asked)} rows looked at, ${none(bad.falseNeighbors)} ${bad.falseNeighbors.length === 1 ? 'has' : 'have'} neighbours here that are no truer than in a random map;`,
        `of ${none(bad.missingNeighbors)} the nearest went as far away as in one.`,
      ].join(' ')
    : '';
  return data.panels.map((panel, i) => {
    const reading =
      i === 0 ? [data.view, marked, hidden(bad)].filter(Boolean).join(' ') : 'The same map.';
    return panelFigure(data, panel, i, groups, marks, reading);
  });
}

function none(rows: readonly number[]): string {
  return rows.length === 0 ? 'none' : count(rows.length);
}

function hidden({ falseNeighbors, missingNeighbors }: BadRows): string {
  const most = Math.max(falseNeighbors.length, missingNeighbors.length);
  return most > MOST_MARKS ? `The worst ${MOST_MARKS} of each are marked.` : '';
}

function panelFigure(
  { panels, labels, dim }: MapReportData,
  { title, x, y, xTitle, yTitle }: MapPanel,
  i: number,
  groups: readonly ScatterGroup[],
  marks: readonly ScatterMark[],
  reading: string,
): Figure {
  const id = `map-${i + 1}`;
  const alone = panels.length === 1;
  const svg = scatter({
    id,
    width: alone ? WIDE : HALF,
    title,
    description: reading,
    x,
    y,
    xTitle,
    yTitle,
    groups,
    marks,
    nameOf: (dot) => shownLabel(labels[dot]),
    sameUnit: dim > 1,
  });
  return { id, name: title, reading, svg, wide: alone };
}

/** Classes by how many rows they have; what is beyond the colours is one group of others. */
function groupsOf({ classes, shown }: MapReportData): ScatterGroup[] {
  const all = Array.from(shown.keys());
  if (!classes) return [{ label: 'rows', dots: all }];
  const of = new Map<number, number[]>();
  for (const dot of all) {
    const own = of.get(classes.of[dot]) ?? [];
    own.push(dot);
    of.set(classes.of[dot], own);
  }
  const ordered = [...of].sort(([a, p], [b, q]) => q.length - p.length || a - b);
  const named = ordered.filter(([id]) => id >= 0);
  const none = of.get(-1) ?? [];
  const fits = named.length + (none.length > 0 ? 1 : 0) <= MOST_COLORS;
  const kept = fits ? named : named.slice(0, MOST_COLORS);
  const rest = [...named.slice(kept.length).flatMap(([, dots]) => dots), ...none];
  const groups = kept.map(([id, dots]) => ({ label: shortened(classes.names[id]), dots }));
  if (rest.length === 0) return groups;
  const left = named.length - kept.length;
  const only = left === 1 && none.length === 0;
  const others = only ? shortened(classes.names[named[kept.length][0]]) : `${count(left)} others`;
  return [...groups, { label: fits ? 'no class' : others, dots: rest }];
}

function shortened(name: string): string {
  const characters = Array.from(shownLabel(name));
  return characters.length > 18 ? `${characters.slice(0, 17).join('')}…` : characters.join('');
}

function marksOf(data: MapReportData): ScatterMark[] {
  const { distortion, shown } = data;
  if (!distortion) return [];
  const bad = badRows(data);
  const placeOf = new Map(Array.from(shown, (row, dot) => [row, dot]));
  const dots = (places: readonly number[]) =>
    places
      .slice(0, MOST_MARKS)
      .map((q) => placeOf.get(distortion.rows[q]))
      .filter((dot) => dot !== undefined);
  return [
    { shape: 'ring' as const, label: 'false neighbours', dots: dots(bad.falseNeighbors) },
    { shape: 'square' as const, label: 'missing neighbours', dots: dots(bad.missingNeighbors) },
  ].filter((mark) => mark.dots.length > 0);
}
