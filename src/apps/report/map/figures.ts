import type { CloudFigure, CloudMark, CloudReading } from '../cloud/contract.ts';
import { landmarks } from '../cloud/landmarks.ts';
import { shownLabel } from '../escape.ts';
import { count } from '../format.ts';
import type { MapReportData } from './contract.ts';

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
export function mapFigure(data: MapReportData): CloudFigure {
  const { panels, dims, labels, isNamed, classes } = data;
  const bad = badRows(data);
  return {
    id: 'map',
    name: panels.length === 1 ? panels[0].title : 'The map',
    reading: [data.view, markedSentence(data, bad), hidden(bad)].filter(Boolean).join(' '),
    dims,
    panels,
    projections: dims === 3 ? ['globe', 'mollweide', 'lambert', 'slice'] : ['plane'],
    still: dims === 3 ? 'mollweide' : undefined,
    labels: labels.map(shownLabel),
    isNamed,
    landmarks: classes || !isNamed ? [] : landmarks(panels[0].positions, dims),
    classes: classes && { names: classes.names.map(shownLabel), of: classes.of },
    marks: marksOf(data, bad),
    readings: readingsOf(data),
  };
}

function markedSentence({ distortion }: MapReportData, bad: BadRows): string {
  if (!distortion) return '';
  const { falseNeighbors, missingNeighbors } = bad;
  const have = falseNeighbors.length === 1 ? 'has' : 'have';
  return `Of ${count(bad.asked)} rows looked at, ${none(falseNeighbors)} ${have} neighbours here that are no truer than in a random map; of ${none(missingNeighbors)} the nearest went as far away as in one.`;
}

function none(rows: readonly number[]): string {
  return rows.length === 0 ? 'none' : count(rows.length);
}

function hidden({ falseNeighbors, missingNeighbors }: BadRows): string {
  const most = Math.max(falseNeighbors.length, missingNeighbors.length);
  return most > MOST_MARKS ? `The worst ${MOST_MARKS} of each are marked.` : '';
}

/** The place in the picture of each row asked about; undefined where it is not drawn. */
function dotsOfAsked({ distortion, shown }: MapReportData): readonly (number | undefined)[] {
  const placeOf = new Map(Array.from(shown, (row, dot) => [row, dot]));
  return Array.from(distortion?.rows ?? [], (row) => placeOf.get(row));
}

function marksOf(data: MapReportData, bad: BadRows): CloudMark[] {
  const places = dotsOfAsked(data);
  const dots = (asked: readonly number[]) =>
    asked
      .slice(0, MOST_MARKS)
      .map((q) => places[q])
      .filter((dot) => dot !== undefined);
  return [
    { shape: 'ring' as const, label: 'false neighbours', rows: dots(bad.falseNeighbors) },
    { shape: 'square' as const, label: 'missing neighbours', rows: dots(bad.missingNeighbors) },
  ].filter(({ rows }) => rows.length > 0);
}

/** How badly rows are placed, where it was asked. */
function readingsOf(data: MapReportData): CloudReading[] {
  const { distortion, labels } = data;
  if (!distortion) return [];
  const places = dotsOfAsked(data);
  const reading = (title: string, values: Float64Array) => {
    const all = new Float64Array(labels.length).fill(Number.NaN);
    values.forEach((value, q) => {
      const dot = places[q];
      if (dot !== undefined) all[dot] = value;
    });
    return { title, values: all };
  };
  return [
    reading('false neighbours', distortion.falseNeighbors),
    reading('missing neighbours', distortion.missingNeighbors),
  ];
}
