import { CATEGORY_COUNT } from './categorical.ts';
import { NO_SHADE, RAMP_LENGTH } from './palette.ts';

/** A value of a category: its shade and how often it occurs. */
export interface LegendEntry {
  readonly name: string;
  readonly shade: number;
  readonly count: number;
}

/** A mark beside a ramp: where it is from 0 (low) to 1, and its value. */
export interface LegendTick {
  readonly place: number;
  readonly value: number;
}

export type Legend =
  | { readonly kind: 'categories'; readonly entries: readonly LegendEntry[] }
  | {
      readonly kind: 'ramp';
      readonly range: readonly [number, number];
      readonly ticks: readonly LegendTick[];
      /** Rows without a value. */
      readonly missing: number;
    };

/** What rows are drawn in, and what explains it. */
export interface Shaded<L extends Legend = Legend> {
  readonly shades: Uint8Array<ArrayBuffer>;
  readonly legend: L;
}

/** A shade for each category: the most frequent have one of their own, ties by name; all others share that of no value. */
export function shadedCategories(
  texts: ArrayLike<string>,
  most = CATEGORY_COUNT,
): Shaded<Extract<Legend, { kind: 'categories' }>> {
  const counts = new Map<string, number>();
  for (let i = 0; i < texts.length; i++) counts.set(texts[i], (counts.get(texts[i]) ?? 0) + 1);
  const byCount = [...counts].toSorted(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  const entries = byCount.map(([name, count], at) => ({
    name,
    count,
    shade: at < most ? at : NO_SHADE,
  }));
  const shadeOf = new Map(entries.map(({ name, shade }) => [name, shade]));
  const shades = new Uint8Array(texts.length);
  for (let i = 0; i < shades.length; i++) shades[i] = shadeOf.get(texts[i]) ?? NO_SHADE;
  return { shades, legend: { kind: 'categories', entries } };
}

/** A shade for each number along a ramp over the range, or from the least to the greatest; NaN has that of no value. */
export function shadedNumbers(
  values: ArrayLike<number>,
  range?: readonly [number, number],
): Shaded<Extract<Legend, { kind: 'ramp' }>> {
  const [low, high] = range ?? rangeOf(values);
  const shades = new Uint8Array(values.length);
  const step = high > low ? (RAMP_LENGTH - 1) / (high - low) : 0;
  let missing = 0;
  for (let i = 0; i < shades.length; i++) {
    const place = Math.round(Math.min(high, Math.max(low, values[i])) * step - low * step);
    if (Number.isNaN(values[i])) missing++;
    shades[i] = Number.isNaN(values[i]) ? NO_SHADE : place;
  }
  return {
    shades,
    legend: { kind: 'ramp', range: [low, high], ticks: ticksOf(low, high), missing },
  };
}

function rangeOf(values: ArrayLike<number>): readonly [number, number] {
  let [low, high] = [Infinity, -Infinity];
  for (let i = 0; i < values.length; i++) {
    if (!Number.isFinite(values[i])) continue;
    low = Math.min(low, values[i]);
    high = Math.max(high, values[i]);
  }
  return low <= high ? [low, high] : [0, 0];
}

/** Round values between both ends, three to seven of them. */
function ticksOf(low: number, high: number): LegendTick[] {
  if (!(high > low)) return [{ place: 0, value: low }];
  const rough = (high - low) / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10);
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, i) => {
    const value = Number(((first + i) * step).toPrecision(12));
    return { value, place: Math.min(1, Math.max(0, (value - low) / (high - low))) };
  });
}
