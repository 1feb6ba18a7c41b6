import type {
  AngleHistograms,
  Baselines,
  Hubs,
  LossHistory,
  MeasureField,
  NeighborChanges,
  Numbers,
  ReportData,
  Spectrum,
} from './contract.ts';
import { count, fixed, percent, significant } from './format.ts';
import { type ComparisonRow, comparison } from './measures.ts';

/** Sentences computed from the numbers; they say what was measured and claim nothing beyond. */

const HEADLINE: readonly MeasureField[] = [
  'medianNearestAngleDeg',
  'hubnessSkewness',
  'effectiveRank',
];

/** What the first screen says in words: the headline numbers, then which measures moved where. */
export function summary(data: ReportData): string {
  const rows = comparison(data.before, data.after, data.nulls);
  const headline = HEADLINE.map((field) => rows.find((r) => r.measure.field === field)).filter(
    (row): row is ComparisonRow => row !== undefined && row.before !== null,
  );
  if (headline.length === 0) return 'There are too few rows to measure.';
  if (!data.after) return measured(headline);
  return [changed(headline), moved(data), directions(rows)].filter((s) => s !== '').join(' ');
}

function measured(rows: readonly ComparisonRow[]): string {
  const parts = rows.map(
    ({ measure, text, null: none }) =>
      `${measure.phrase} is ${text.before}${none ? ` (${text.null})` : ''}`,
  );
  const anyNull = rows.some((row) => row.null);
  return `${sentence(parts)}${anyNull ? ' In brackets: uniform random points of the same number and dimension.' : ''}`;
}

function changed(rows: readonly ComparisonRow[]): string {
  const parts = rows.map(({ measure, text, before, after, null: none }) => {
    const level = none ? ` (uniform points: ${text.null})` : '';
    if (text.before === text.after || typeof after !== 'number') {
      return `${measure.phrase} stayed at ${text.before}${level}`;
    }
    const verb = after > (before as number) ? 'rose' : 'fell';
    return `${measure.phrase} ${verb} from ${text.before} to ${text.after}${level}`;
  });
  return sentence(parts);
}

function moved({ moved: by }: ReportData): string {
  if (!by) return '';
  return `Rows moved by ${fixed(by.meanAngleDeg, 1)}° on average and keep a mean cosine of ${fixed(by.meanCosine, 3)} with where they started.`;
}

/** How many measures came closer to their value for uniform points, and which did not. */
function directions(rows: readonly ComparisonRow[]): string {
  const known = rows.filter(
    (r) => typeof r.before === 'number' && typeof r.after === 'number' && r.null,
  );
  if (known.length === 0) return '';
  const gap = (value: number | null | undefined, row: ComparisonRow) =>
    Math.abs((value as number) - (row.null?.value as number));
  const away = known.filter((r) => gap(r.after, r) > gap(r.before, r));
  const closer = known.filter((r) => gap(r.after, r) < gap(r.before, r));
  const head = `${closer.length} of ${known.length} measures came closer to their value for uniform points`;
  if (away.length === 0) return `${head}.`;
  return `${head}; ${listed(away.map((r) => r.measure.phrase))} went away from it.`;
}

/** Where the middle half of the pairs lies. */
export function pairwiseReading(h: AngleHistograms, n: number): string {
  const range = (counts: Numbers) =>
    `${fixed(quantile(h.edgesDeg, counts, 0.25), 1)}° to ${fixed(quantile(h.edgesDeg, counts, 0.75), 1)}°`;
  const pairs =
    h.sampled === undefined ? `all ${count((n * (n - 1)) / 2)} pairs` : `${count(h.sampled)} pairs`;
  const after = h.after ? ` before and from ${range(h.after)} after` : '';
  const none = h.nullDensity
    ? `; for uniform random points it reaches from ${nullRange(h.nullDensity)}`
    : '';
  return `The middle half of ${pairs} reaches from ${range(h.before)}${after}${none}.`;
}

/** The median nearest angle, and how much of the rows are as far apart as uniform points. */
export function nearestReading(h: AngleHistograms): string {
  const median = (counts: Numbers) => `${fixed(quantile(h.edgesDeg, counts, 0.5), 1)}°`;
  const after = h.after ? ` before and ${median(h.after)} after` : '';
  const none = h.nullDensity
    ? `; the exact law of uniform random points has its median at ${fixed(nullQuantile(h.nullDensity, 0.5), 1)}°`
    : '';
  return `Half of the rows have a neighbour within ${median(h.before)}${after}${none}.`;
}

/** The p-quantile of a histogram, taking each bin as even. */
export function quantile(edges: Numbers, counts: Numbers, p: number): number {
  let total = 0;
  for (let i = 0; i < counts.length; i++) total += counts[i];
  let left = p * total;
  for (let i = 0; i < counts.length; i++) {
    if (counts[i] > 0 && left <= counts[i]) {
      return edges[i] + (left / counts[i]) * (edges[i + 1] - edges[i]);
    }
    left -= counts[i];
  }
  return Number.NaN;
}

type Density = NonNullable<AngleHistograms['nullDensity']>;

/** The p-quantile of a density on a grid, by the trapezoid rule. */
export function nullQuantile({ angleDeg: x, density }: Density, p: number): number {
  const mass = Float64Array.from({ length: Math.max(0, x.length - 1) }, (_, i) =>
    Math.max(0, ((density[i] + density[i + 1]) / 2) * (x[i + 1] - x[i])),
  );
  return quantile(x, mass, p);
}

function nullRange(density: Density): string {
  return `${fixed(nullQuantile(density, 0.25), 1)}° to ${fixed(nullQuantile(density, 0.75), 1)}°`;
}

/** The largest and smallest singular value against √(n/d), where all would be equal. */
export function spectrumReading(s: Spectrum, n: number, d: number): string {
  const level = Math.sqrt(n / d);
  const ends = (values: Numbers) => [values[0] / level, values[values.length - 1] / level];
  const [top, low] = ends(s.before);
  if (!s.after) {
    return `The largest singular value is ${significant(top)} times √(n/d), the level at which all are equal; the smallest is ${significant(low)} times.`;
  }
  const [topAfter, lowAfter] = ends(s.after);
  return `In units of √(n/d), the level at which all are equal, the largest singular value went from ${significant(top)} to ${significant(topAfter)} and the smallest from ${significant(low)} to ${significant(lowAfter)}.`;
}

/** How far the loss fell, and how much of that in the last tenth of the steps. */
export function lossReading({ steps, losses }: LossHistory): string {
  const last = losses.length - 1;
  if (last < 1) return 'There was no step to show.';
  const head = `From ${significant(losses[0], 4)} at step ${count(steps[0])} to ${significant(losses[last], 4)} at step ${count(steps[last])}`;
  const from = Math.floor(0.9 * last);
  const fall = losses[0] - losses[last];
  const window = Math.max(1, Math.round(0.05 * last));
  const late = mean(losses, from - window, from + 1) - mean(losses, last - window, last + 1);
  if (!(fall > 0)) return `${head}: the loss did not fall.`;
  const share = late / fall;
  const tail =
    share < 0.005
      ? 'no visible part of the fall'
      : `${percent(share, share < 0.1 ? 1 : 0)} of the fall`;
  return `${head}; the last tenth of the steps brought ${tail}.`;
}

function mean(values: Numbers, from: number, to: number): number {
  const first = Math.max(0, from);
  let sum = 0;
  for (let i = first; i < to; i++) sum += values[i];
  return sum / Math.max(1, to - first);
}

export function neighborsReading(n: NeighborChanges): string {
  const among = n.among ? ` among ${n.among}` : '';
  const mean =
    n.meanOverlap === undefined
      ? ''
      : `On average ${fixed(n.meanOverlap, 1)} of ${n.k} nearest neighbours stayed the same${among}. `;
  return `${mean}These are the rows whose lists changed most, not typical ones; italics left the list, bold came in.`;
}

export function hubsReading(h: Hubs): string {
  const top = (hubs: Hubs['before']) => hubs.reduce((a, b) => Math.max(a, b.count), 0);
  const change = h.after ? ` before and ${count(top(h.after))} after` : '';
  return `The largest hub is among the ${h.k} nearest neighbours of ${count(top(h.before))} rows${change}; the mean over rows is ${h.k} by definition.`;
}

/** The highest mean over all sets and the next one: no more than the order. */
export function baselinesReading(b: Baselines): string {
  const ranked = b.treatments
    .map((t) => ({ name: t.name, mean: meanScore(t.values) }))
    .filter((t): t is { name: string; mean: number } => t.mean !== null)
    .sort((x, y) => y.mean - x.mean);
  if (ranked.length < 2) return '';
  const [first, second] = ranked;
  const means = `${first.name} (${fixed(first.mean, 3)})`;
  if (fixed(first.mean, 3) === fixed(second.mean, 3)) {
    return `The highest mean over ${b.sets.length} sets is shared by ${first.name} and ${second.name} (${fixed(first.mean, 3)}).`;
  }
  return `The highest mean over ${b.sets.length} sets is that of ${means}, followed by ${second.name} (${fixed(second.mean, 3)}).`;
}

/** Mean over all sets; null where one is missing, since means over different sets do not compare. */
export function meanScore(values: readonly (number | null)[]): number | null {
  let sum = 0;
  for (const value of values) {
    if (value === null || !Number.isFinite(value)) return null;
    sum += value;
  }
  return values.length > 0 ? sum / values.length : null;
}

function sentence(parts: readonly string[]): string {
  const joined = listed(parts);
  return `${joined.charAt(0).toUpperCase()}${joined.slice(1)}.`;
}

function listed(parts: readonly string[]): string {
  if (parts.length < 2) return parts.join('');
  return `${parts.slice(0, -1).join(', ')} and ${parts[parts.length - 1]}`;
}
