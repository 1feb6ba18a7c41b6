import { ShapeError } from '../../core/errors.ts';
import { escaped } from '../../core/text.ts';
import { dotPlot } from './charts/dot-plot.ts';
import { histogram } from './charts/histogram.ts';
import { type LineSeries, lineChart } from './charts/line.ts';
import { spectrum } from './charts/spectrum.ts';
import type { AngleHistograms, Baselines, LossHistory, Numbers, ReportData } from './contract.ts';
import { count, fixed, significant } from './format.ts';
import { decimalsFor, measureOf } from './measures.ts';
import {
  baselinesReading,
  lossReading,
  meanScore,
  nearestReading,
  pairwiseReading,
  quantile,
  spectrumReading,
} from './readings.ts';
import { type Column, table } from './tables.ts';

const WIDTH = 452;
const HEIGHT = 300;

/** A figure: the picture, its name, one sentence of reading, and its numbers as a table. */
export interface Figure {
  readonly id: string;
  readonly name: string;
  readonly reading: string;
  readonly svg: string;
  readonly numbers?: string;
  readonly wide?: boolean;
}

export function figureHtml(figure: Figure, number: number): string {
  const { id, name, reading, svg, numbers, wide } = figure;
  const details = numbers ? `<details><summary>Numbers</summary>${numbers}</details>` : '';
  return `<figure${wide ? ' class="wide"' : ''}>${svg}
<figcaption><span class="name">Figure ${number}. ${escaped(name)}.</span> ${escaped(reading)}</figcaption>
${saveButton(id, 'SVG')}${details}</figure>`;
}

export function saveButton(id: string, format: string): string {
  return `<button type="button" class="tool" data-save="${id}" hidden>Save ${format}</button>`;
}

export function pairwiseFigure(h: AngleHistograms, n: number): Figure | undefined {
  if (total(h.before) === 0) return undefined;
  const sample = h.sampled === undefined ? '' : ` (${count(h.sampled)} sampled pairs)`;
  return angleFigure(h, {
    id: 'pairwise-angles',
    name: `Angles between pairs of rows${sample}`,
    reading: pairwiseReading(h, n),
    yTitle: '% of pairs per degree',
    xTitle: 'angle between two rows (degrees)',
  });
}

export function nearestFigure(h: AngleHistograms): Figure | undefined {
  if (total(h.before) === 0) return undefined;
  return angleFigure(h, {
    id: 'nearest-angles',
    name: 'Angles to the nearest neighbour',
    reading: nearestReading(h),
    yTitle: '% of rows per degree',
    xTitle: 'angle to the nearest row (degrees)',
  });
}

interface AngleWords {
  readonly id: string;
  readonly name: string;
  readonly reading: string;
  readonly xTitle: string;
  readonly yTitle: string;
}

/**
 * Joins bins so that the range in use has no more of them than the count supports: 2 ∛n (Rice), so
 * that a histogram of few rows is not a comb.
 */
export function joinedBins(h: AngleHistograms): AngleHistograms {
  const lists = [h.before, ...(h.after ? [h.after] : [])];
  const totals = lists.map(total);
  const wanted = Math.max(12, 2 * Math.cbrt(totals.reduce((a, b) => Math.min(a, b))));
  const used = (p: number) => lists.map((counts) => quantile(h.edgesDeg, counts, p));
  const range = Math.max(...used(0.995)) - Math.min(...used(0.005));
  const bins = h.before.length;
  const width = (h.edgesDeg[bins] - h.edgesDeg[0]) / bins;
  const join = Math.floor(range / wanted / width);
  if (!(join > 1)) return h;
  const starts = Array.from({ length: Math.ceil(bins / join) }, (_, i) => i * join);
  const joined = (counts: Numbers) =>
    starts.map((from) => total(Array.from(counts).slice(from, from + join)));
  return {
    ...h,
    edgesDeg: [...starts.map((i) => h.edgesDeg[i]), h.edgesDeg[bins]],
    before: joined(h.before),
    after: h.after ? joined(h.after) : undefined,
  };
}

function total(counts: Numbers): number {
  let sum = 0;
  for (let i = 0; i < counts.length; i++) sum += counts[i];
  return sum;
}

function angleFigure(h: AngleHistograms, words: AngleWords): Figure {
  for (const counts of [h.before, h.after ?? h.before]) {
    if (counts.length !== h.edgesDeg.length - 1) {
      throw new ShapeError(
        `report ${words.id}`,
        `${h.edgesDeg.length - 1} bins`,
        `${counts.length}`,
      );
    }
  }
  const drawn = joinedBins(h);
  const { id, name, reading, xTitle, yTitle } = words;
  const median = (counts: Numbers) => `${fixed(quantile(h.edgesDeg, counts, 0.5), 1)}°`;
  const label = (kind: string, counts: Numbers) => `${kind}, median ${median(counts)}`;
  const svg = histogram({
    id,
    width: WIDTH,
    height: HEIGHT,
    title: name,
    description: reading,
    xTitle,
    yTitle,
    edges: drawn.edgesDeg,
    series: [
      {
        kind: h.after ? 'before' : 'after',
        label: label(h.after ? 'before' : 'measured', h.before),
        counts: drawn.before,
      },
      ...(h.after && drawn.after
        ? [{ kind: 'after' as const, label: label('after', h.after), counts: drawn.after }]
        : []),
    ],
    ...(h.nullDensity
      ? {
          curve: {
            label: 'uniform points',
            x: h.nullDensity.angleDeg,
            density: h.nullDensity.density,
          },
        }
      : {}),
  });
  return { id, name, reading, svg, numbers: binsTable(h) };
}

/** The bins that are not empty, joined so that there are at most 40. */
function binsTable(h: AngleHistograms): string {
  const bins = h.before.length;
  const join = Math.max(1, Math.ceil(bins / 40));
  const rows: string[][] = [];
  for (let i = 0; i < bins; i += join) {
    const end = Math.min(bins, i + join);
    const sum = (counts: Numbers) => total(Array.from(counts).slice(i, end));
    const both = [sum(h.before), ...(h.after ? [sum(h.after)] : [])];
    if (both.every((v) => v === 0)) continue;
    const range = `${fixed(h.edgesDeg[i], 1)}° to ${fixed(h.edgesDeg[end], 1)}°`;
    rows.push([range, ...both.map(count)]);
  }
  const columns: Column[] = [
    { head: 'Angle' },
    { head: h.after ? 'Before' : 'Count', kind: 'number' },
  ];
  if (h.after) columns.push({ head: 'After', kind: 'number' });
  return table('', columns, rows);
}

export function spectrumFigure(data: ReportData): Figure | undefined {
  const { spectrum: values, n, d } = data;
  if (!values || values.before.length === 0) return undefined;
  const id = 'spectrum';
  const name = 'Singular values of the rows';
  const reading = spectrumReading(values, n, d);
  const measure = measureOf('effectiveRank');
  const ranks = [data.before.effectiveRank, data.after?.effectiveRank];
  const rank = (v: number | null | undefined) => fixed(v, decimalsFor(measure, ranks));
  const effective = data.after
    ? `Effective rank ${rank(ranks[0])} before, ${rank(ranks[1])} after, of ${d} at most.`
    : `Effective rank ${rank(ranks[0])} of ${d} at most.`;
  const svg = spectrum({
    id,
    width: WIDTH,
    height: HEIGHT,
    title: name,
    description: reading,
    ...values,
    isotropic: Math.sqrt(n / d),
  });
  const step = Math.max(1, Math.ceil(values.before.length / 40));
  const rows: string[][] = [];
  for (let i = 0; i < values.before.length; i += step) {
    const after = values.after ? [significant(values.after[i], 4)] : [];
    rows.push([`${i + 1}`, significant(values.before[i], 4), ...after]);
  }
  const columns: Column[] = [
    { head: 'Rank' },
    { head: values.after ? 'Before' : 'Value', kind: 'number' },
  ];
  if (values.after) columns.push({ head: 'After', kind: 'number' });
  return { id, name, reading: `${reading} ${effective}`, svg, numbers: table('', columns, rows) };
}

const MOST_LOSS_POINTS = 400;

export function lossFigure(loss: LossHistory): Figure | undefined {
  if (loss.losses.length < 2) return undefined;
  const id = 'loss';
  const name = `Loss during the run: ${loss.name}`;
  const reading = lossReading(loss);
  const window = loss.losses.length < 300 ? 1 : 2 * Math.floor(loss.losses.length / 100) + 1;
  const mean = thinned(loss.steps, smoothed(loss.losses, window));
  const raw = thinned(loss.steps, loss.losses);
  const lines: LineSeries[] = [{ kind: 'after', label: '', ...mean }];
  if (window > 1) lines.unshift({ kind: 'after', label: '', ...raw, faint: true });
  const svg = lineChart({
    id,
    width: WIDTH,
    height: HEIGHT,
    title: name,
    description: reading,
    xTitle: 'step',
    yTitle: 'loss',
    lines,
  });
  const step = Math.max(1, Math.ceil(loss.losses.length / 40));
  const rows: string[][] = [];
  for (let i = 0; i < loss.losses.length; i += step) {
    rows.push([count(loss.steps[i]), significant(loss.losses[i], 5)]);
  }
  const drawn = window > 1 ? ` Pale: single steps; strong: their mean over ${window}.` : '';
  const numbers = table('', [{ head: 'Step' }, { head: 'Loss', kind: 'number' }], rows);
  return { id, name, reading: reading + drawn, svg, numbers };
}

/** Mean over a window of odd length around each value, shorter at the ends. */
export function smoothed(values: Numbers, window: number): Float64Array {
  const half = (window - 1) / 2;
  return Float64Array.from({ length: values.length }, (_, i) => {
    const reach = Math.min(half, i, values.length - 1 - i);
    let sum = 0;
    for (let j = i - reach; j <= i + reach; j++) sum += values[j];
    return sum / (2 * reach + 1);
  });
}

function thinned(x: Numbers, y: Numbers): { x: number[]; y: number[] } {
  const last = y.length - 1;
  const kept = Math.min(MOST_LOSS_POINTS, y.length);
  const at = Array.from({ length: kept }, (_, i) => Math.round((i * last) / Math.max(1, kept - 1)));
  return { x: at.map((i) => x[i]), y: at.map((i) => y[i]) };
}

export function baselinesFigure(baselines: Baselines): Figure {
  const id = 'baselines';
  const name = `${baselines.score}, by treatment`;
  const reading = baselinesReading(baselines);
  const svg = dotPlot({
    id,
    width: 500,
    title: name,
    description: reading,
    xTitle: baselines.score,
    marks: baselines.sets,
    rows: baselines.treatments.map((t) => ({
      name: t.name,
      series: t.role === 'before' || t.role === 'after' ? t.role : undefined,
      values: t.values,
      mean: meanScore(t.values),
    })),
  });
  return { id, name, reading, svg, wide: true };
}
