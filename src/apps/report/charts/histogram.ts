import type { Numbers } from '../contract.ts';
import { significant } from '../format.ts';
import { type Area, frame, separated } from './frame.ts';
import { linearScale, niceDomain, type Scale } from './scale.ts';
import { coordinate, element, type Picture, pathThrough, picture, text } from './svg.ts';
import { SERIES, type Series, textWidth } from './theme.ts';

export interface HistogramSeries {
  readonly kind: Exclude<Series, 'null'>;
  readonly label: string;
  /** One count for each bin. */
  readonly counts: Numbers;
}

export interface HistogramOptions extends Picture {
  readonly xTitle: string;
  readonly yTitle: string;
  /** Increasing, one more than there are bins. */
  readonly edges: Numbers;
  readonly series: readonly HistogramSeries[];
  /** Shares are per so much of x; default 1. */
  readonly per?: number;
  /** An exact density over the bars, per unit of x. */
  readonly curve?: { readonly label: string; readonly x: Numbers; readonly density: Numbers };
}

/** Counts as densities: shares per unit of x that integrate to one; zeros where nothing was counted. */
export function densities(edges: Numbers, counts: Numbers): Float64Array {
  let total = 0;
  for (let i = 0; i < counts.length; i++) total += counts[i];
  return Float64Array.from({ length: counts.length }, (_, i) =>
    total === 0 ? 0 : counts[i] / (total * (edges[i + 1] - edges[i])),
  );
}

// The curve may rise this much above the bars before it is cut off: a law a hundred times narrower
// than the data would press the bars flat.
const TALLEST_CURVE = 2;
const CUT_CURVE = 1.5;
// Bins and curve lower than this share of the highest bar are less than half a pixel.
const INVISIBLE = 0.002;

/** One or two distributions in the same bins and a density curve over them, as percent per unit. */
export function histogram(options: HistogramOptions): string {
  const { edges, width, height, per = 1 } = options;
  const scaled = (density: Numbers) => Float64Array.from(density, (share) => share * per);
  const curve = options.curve && { ...options.curve, density: scaled(options.curve.density) };
  const series = options.series.map((s) => ({ ...s, density: scaled(densities(edges, s.counts)) }));
  const area: Area = {
    left: 40,
    right: width - 10,
    top: 28 + 15 * series.length,
    bottom: height - 40,
  };
  const curvePeak = curve ? highest(curve.density) : 0;
  const barPeak = Math.max(...series.map((s) => highest(s.density))) || curvePeak || 1;
  const isCut = curvePeak > TALLEST_CURVE * barPeak;
  const top = isCut ? CUT_CURVE * barPeak : Math.max(barPeak, curvePeak);
  const x = linearScale(
    visibleRange({ edges, curve }, series, barPeak),
    [area.left, area.right],
    7,
  );
  const y = linearScale([0, niceDomain(0, 100 * top, 4)[1]], [area.bottom, area.top], 4);

  const clip = `${options.id}-clip`;
  const shapes = series.map((s) => bars(s.kind, edges, s.density, x, y, area));
  if (curve) shapes.push(curvePath(curve, x, y));
  const labels = [
    ...series.map((s) => ({ kind: s.kind as Series, text: s.label, ...peak(edges, s.density) })),
    ...(curve ? [curveLabel(curve, curvePeak, isCut)] : []),
  ];
  return picture(
    options,
    element(
      'clipPath',
      { id: clip },
      element('rect', {
        x: area.left,
        y: area.top,
        width: area.right - area.left,
        height: area.bottom - area.top,
      }),
    ),
    frame(area, x, y, { x: options.xTitle, y: options.yTitle }),
    element('g', { 'clip-path': `url(#${clip})` }, ...shapes),
    directLabels(labels, outlineOf(edges, series, curve), x, y, area),
  );
}

function highest(values: Numbers): number {
  let best = 0;
  for (let i = 0; i < values.length; i++) if (values[i] > best) best = values[i];
  return best;
}

/** Where the highest bar stands. */
function peak(edges: Numbers, density: Numbers): { at: number; height: number } {
  let best = 0;
  for (let i = 1; i < density.length; i++) if (density[i] > density[best]) best = i;
  return { at: (edges[best] + edges[best + 1]) / 2, height: density[best] };
}

/** The range of x where something can be seen. */
function visibleRange(
  {
    edges,
    curve,
  }: Pick<HistogramOptions, 'edges'> & {
    readonly curve: HistogramOptions['curve'] | undefined;
  },
  series: readonly { density: Numbers }[],
  barPeak: number,
): [number, number] {
  const seen: number[] = [];
  for (const { density } of series) {
    for (let i = 0; i < density.length; i++) {
      if (density[i] > INVISIBLE * barPeak) seen.push(edges[i], edges[i + 1]);
    }
  }
  if (curve) {
    for (let i = 0; i < curve.x.length; i++) {
      if (curve.density[i] > INVISIBLE * barPeak) seen.push(curve.x[i]);
    }
  }
  if (seen.length === 0) return [edges[0], edges[edges.length - 1]];
  const least = seen.reduce((a, b) => Math.min(a, b));
  const most = seen.reduce((a, b) => Math.max(a, b));
  return niceDomain(least, most, 14);
}

function bars(
  kind: Series,
  edges: Numbers,
  density: Numbers,
  x: Scale,
  y: Scale,
  area: Area,
): string {
  const { color, width } = SERIES[kind];
  let path = `M${coordinate(x(edges[0]))} ${coordinate(area.bottom)}`;
  for (let i = 0; i < density.length; i++) {
    path += `V${coordinate(y(100 * density[i]))}H${coordinate(x(edges[i + 1]))}`;
  }
  path += `V${coordinate(area.bottom)}`;
  return (
    element('path', { d: `${path}Z`, style: `fill:${color};fill-opacity:.16` }) +
    element('path', {
      d: path,
      style: `fill:none;stroke:${color};stroke-width:${width}`,
    })
  );
}

function curvePath(curve: NonNullable<HistogramOptions['curve']>, x: Scale, y: Scale): string {
  const points: [number, number][] = [];
  for (let i = 0; i < curve.x.length; i++) {
    if (curve.x[i] < x.domain[0] || curve.x[i] > x.domain[1]) continue;
    points.push([x(curve.x[i]), y(Math.min(100 * curve.density[i], 10 * y.domain[1]))]);
  }
  const { color, width } = SERIES.null;
  return element('path', {
    d: pathThrough(points),
    style: `fill:none;stroke:${color};stroke-width:${width}`,
  });
}

/** What is drawn at a place of the page, from the left end of a step to its right end. */
interface Step {
  readonly from: number;
  readonly to: number;
  readonly height: number;
}

/** The tops of all bars and of the curve. */
function outlineOf(
  edges: Numbers,
  series: readonly { readonly density: Numbers }[],
  curve: HistogramOptions['curve'],
): Step[] {
  const steps = series.flatMap(({ density }) =>
    Array.from(density, (height, i) => ({ from: edges[i], to: edges[i + 1], height })),
  );
  for (let i = 0; curve && i < curve.x.length; i++)
    steps.push({ from: curve.x[i], to: curve.x[i], height: curve.density[i] });
  return steps;
}

interface PeakLabel {
  readonly kind: Series;
  readonly text: string;
  readonly at: number;
  readonly height: number;
}

function curveLabel(
  curve: NonNullable<HistogramOptions['curve']>,
  height: number,
  isCut: boolean,
): PeakLabel {
  let best = 0;
  for (let i = 1; i < curve.density.length; i++) {
    if (curve.density[i] > curve.density[best]) best = i;
  }
  const rest = isCut ? `, peak ${significant(100 * height, 2)} % ↑` : '';
  return { kind: 'null', text: curve.label + rest, at: curve.x[best], height };
}

/** Names every distribution at its peak, above what is drawn there, without a legend to look up. */
function directLabels(
  labels: readonly PeakLabel[],
  outline: readonly Step[],
  x: Scale,
  y: Scale,
  area: Area,
): string {
  const order = labels.map((label) => label.at).sort((a, b) => a - b);
  const wanted = labels.map((label) => {
    const width = textWidth(label.text) + 18;
    // The outer names lean outwards, away from the other distributions.
    const rank = order.indexOf(label.at) / Math.max(1, order.length - 1);
    const from = area.left + width / 2;
    const center = Math.max(
      from,
      Math.min(area.right - width / 2, x(label.at) + (rank - 0.5) * 0.6 * width),
    );
    const [left, right] = [center - width / 2, center + width / 2];
    const under = outline.filter((step) => x(step.to) > left && x(step.from) < right);
    const height = under.reduce((most, step) => Math.max(most, step.height), label.height);
    return { width, x: center, y: Math.max(area.top, y(100 * height)) - 7 };
  });
  const heights = separated(wanted, 27);
  return labels
    .map((label, i) => {
      const { color, width } = SERIES[label.kind];
      const left = wanted[i].x - wanted[i].width / 2;
      const swatch = element('path', {
        d: `M${coordinate(left)} ${coordinate(heights[i] - 4)}h13`,
        style: `fill:none;stroke:${color};stroke-width:${width + 0.4}`,
      });
      return swatch + text(left + 18, heights[i], label.text, { color, weight: 600, rim: true });
    })
    .join('');
}
