import { medianOf } from '../../../numerics/statistics/averages.ts';
import { histogram } from '../charts/histogram.ts';
import { lineChart } from '../charts/line.ts';
import type { Numbers } from '../contract.ts';
import type { Figure } from '../figures.ts';
import { fixed, percent, significant } from '../format.ts';
import { type Column, table } from '../tables.ts';
import type { ComparePictures } from './contract.ts';

const WIDTH = 452;
const HEIGHT = 290;
const BINS = 60;
const MOST_LINES = 40;

/** Cosines of rows with themselves, as they stand and after the best rotation, and with others. */
export function cosineFigure({
  plain,
  rotated,
  unrelated,
}: NonNullable<ComparePictures['cosines']>): Figure {
  const id = 'row-cosines';
  const name = 'Cosine of a row in A with the same row in B';
  const edges = cosineEdges([plain ?? [], rotated, unrelated ?? []]);
  const asTheyAre = plain
    ? `Half of the rows have a cosine of ${fixed(medianOf(plain), 3)} or more as they stand, and of`
    : 'Half of the rows have a cosine of';
  const reading = `${asTheyAre} ${fixed(medianOf(rotated), 3)} or more after the rotation that fits other rows best.`;
  const curve = unrelated ? { curve: lawOf(unrelated, edges) } : {};
  const svg = histogram({
    id,
    width: WIDTH,
    height: HEIGHT,
    title: name,
    description: reading,
    xTitle: 'cosine',
    yTitle: '% of rows per 0.01 of cosine',
    per: 0.01,
    edges,
    series: [
      ...(plain
        ? [{ kind: 'before' as const, label: 'as they stand', counts: binned(plain, edges) }]
        : []),
      { kind: 'after', label: 'after the best rotation', counts: binned(rotated, edges) },
    ],
    ...curve,
  });
  return { id, name, reading, svg };
}

/** From the least cosine to 1, in steps of a fiftieth at most. */
function cosineEdges(lists: readonly Numbers[]): Float64Array {
  let least = 1;
  for (const list of lists) for (let i = 0; i < list.length; i++) least = Math.min(least, list[i]);
  const from = Math.max(-1, Math.floor(least * 10) / 10);
  const range = Math.max(0.1, 1 - from);
  return Float64Array.from({ length: BINS + 1 }, (_, i) => 1 - range + (range * i) / BINS);
}

function binned(values: Numbers, edges: Float64Array): Float64Array {
  const counts = new Float64Array(BINS);
  const [low, high] = [edges[0], edges[BINS]];
  for (let i = 0; i < values.length; i++) {
    const bin = Math.floor(((values[i] - low) / (high - low)) * BINS);
    // Rounding leaves some cosines just above 1.
    counts[Math.max(0, Math.min(BINS - 1, bin))] += 1;
  }
  return counts;
}

function lawOf(values: Numbers, edges: Float64Array) {
  const counts = binned(values, edges);
  const width = edges[1] - edges[0];
  const x = Float64Array.from({ length: BINS }, (_, i) => edges[i] + width / 2);
  return { label: 'other rows', x, density: counts.map((c) => c / (values.length * width)) };
}

/** How many neighbours both files share, by how many are asked for. */
export function overlapFigure({ mean, chance }: NonNullable<ComparePictures['overlap']>): Figure {
  const id = 'neighbor-overlap';
  const name = 'Neighbours in common';
  const last = mean.length - 1;
  const at = Math.min(9, last);
  const reading = `Of ${at + 1} nearest neighbours in A, ${percent(mean[at], 1)} are among the ${at + 1} nearest in B; chance gives ${percent(chance[at], 2)}.`;
  const x = Array.from({ length: mean.length }, (_, i) => i + 1);
  const svg = lineChart({
    id,
    width: WIDTH,
    height: HEIGHT,
    title: name,
    description: reading,
    xTitle: 'neighbours asked for, k',
    yTitle: 'share in common',
    lines: [
      { kind: 'after', label: 'A and B', x, y: mean },
      { kind: 'null', label: 'chance', x, y: chance },
    ],
  });
  const rows = x
    .filter((k) => k <= 10 || k % 5 === 0)
    .map((k) => [`${k}`, significant(mean[k - 1], 3), significant(chance[k - 1], 3)]);
  const columns: Column[] = [
    { head: 'k' },
    { head: 'In common', kind: 'number' },
    { head: 'Chance', kind: 'number' },
  ];
  return { id, name, reading, svg, numbers: table('', columns, rows) };
}

/** The spectra of both files, as shares of their variance. */
export function spectraFigure({ a, b }: ComparePictures['spectra']): Figure | undefined {
  if (a.length === 0 || b.length === 0) return undefined;
  const id = 'spectra';
  const name = 'Variance by direction';
  const reading = `Half of the variance lies in ${directions(half(a))} of A and ${directions(half(b))} of B.`;
  const line = (values: Numbers) => {
    const count = Array.from(values).filter((share) => share > 1e-9).length;
    return {
      x: Array.from({ length: count }, (_, i) => i + 1),
      y: Array.from(values).slice(0, count),
    };
  };
  const svg = lineChart({
    id,
    width: WIDTH,
    height: HEIGHT,
    title: name,
    description: reading,
    xTitle: 'principal direction',
    yTitle: 'share of the variance',
    logY: true,
    lines: [
      { kind: 'before', label: 'A', ...line(a) },
      { kind: 'after', label: 'B', ...line(b) },
    ],
  });
  const most = Math.max(a.length, b.length);
  const step = Math.max(1, Math.ceil(most / MOST_LINES));
  const cell = (values: Numbers, i: number) => (i < values.length ? significant(values[i], 3) : '');
  const rows: string[][] = [];
  for (let i = 0; i < most; i += step) rows.push([`${i + 1}`, cell(a, i), cell(b, i)]);
  const columns: Column[] = [
    { head: 'Direction' },
    { head: 'A', kind: 'number' },
    { head: 'B', kind: 'number' },
  ];
  return { id, name, reading, svg, numbers: table('', columns, rows) };
}

/** How many leading directions have half of the variance. */
function half(shares: Numbers): number {
  let sum = 0;
  for (let i = 0; i < shares.length; i++) {
    sum += shares[i];
    if (sum >= 0.5) return i + 1;
  }
  return shares.length;
}

function directions(count: number): string {
  return count === 1 ? 'one direction' : `${count} directions`;
}
