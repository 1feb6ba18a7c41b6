import { CATEGORY_COUNT } from '../../../../view/palettes/categorical.ts';
import type { FieldInfo } from '../../contract.ts';
import type { FieldValues } from './arrays.ts';

/** What a shade means, for the legend. */
export type Legend =
  | { readonly kind: 'plain' }
  | {
      readonly kind: 'categories';
      readonly entries: readonly {
        readonly name: string;
        readonly count: number;
        readonly shade: number;
      }[];
      /** Rows of categories without a color of their own. */
      readonly others: number;
    }
  | {
      readonly kind: 'ramp';
      readonly low: number;
      readonly high: number;
      /** Counts of rows between low and high, in equal bins. */
      readonly bins: readonly number[];
      /** Rows without a value. */
      readonly missing: number;
    };

export interface Coloring {
  readonly shades: Uint8Array;
  readonly legend: Legend;
}

/** Shade 0 is a row without a value or of another category; a category or a step of the ramp begins at 1. */
export const RAMP_STEPS = 254;
const BINS = 40;
/** Of the values of a ramp, this share at each end is drawn as the end: one outlier must not grey all others. */
const CLIPPED = 0.005;

export function plainColoring(rows: number): Coloring {
  return { shades: new Uint8Array(rows).fill(1), legend: { kind: 'plain' } };
}

export function coloringOf(rows: number, { info, numbers, texts }: FieldValues): Coloring {
  if (numbers) return rampOf(numbers);
  if (texts) return categoriesOf(texts, info);
  return plainColoring(rows);
}

function categoriesOf(texts: readonly string[], { categories }: FieldInfo): Coloring {
  const counts = categories ?? countedTexts(texts);
  const shown = counts.filter(({ name }) => name !== '').slice(0, CATEGORY_COUNT);
  const shadeOf = new Map(shown.map(({ name }, i) => [name, i + 1]));
  const shades = Uint8Array.from(texts, (text) => shadeOf.get(text) ?? 0);
  let others = 0;
  for (const shade of shades) if (shade === 0) others++;
  const entries = shown.map(({ name, count }, i) => ({ name, count, shade: i + 1 }));
  return { shades, legend: { kind: 'categories', entries, others } };
}

export function countedTexts(texts: readonly string[]): readonly { name: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return Array.from(counts, ([name, count]) => ({ name, count })).toSorted(
    (a, b) => b.count - a.count || (a.name < b.name ? -1 : 1),
  );
}

function rampOf(numbers: Float64Array): Coloring {
  const known = numbers.filter((value) => Number.isFinite(value)).toSorted();
  const at = (share: number) => known[Math.min(known.length - 1, Math.floor(share * known.length))];
  const low = known.length > 0 ? at(CLIPPED) : 0;
  const high = known.length > 0 ? at(1 - CLIPPED) : 1;
  const span = high - low || 1;
  const shades = new Uint8Array(numbers.length);
  const bins = new Array<number>(BINS).fill(0);
  for (let i = 0; i < numbers.length; i++) {
    const value = numbers[i];
    if (!Number.isFinite(value)) continue;
    const share = Math.min(1, Math.max(0, (value - low) / span));
    shades[i] = 1 + Math.round(share * (RAMP_STEPS - 1));
    bins[Math.min(BINS - 1, Math.floor(share * BINS))]++;
  }
  return {
    shades,
    legend: { kind: 'ramp', low, high, bins, missing: numbers.length - known.length },
  };
}
