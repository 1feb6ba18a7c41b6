import { normalQuantile, Z95 } from '../../../../numerics/laws/normal.ts';
import { estimatedArea } from '../../../../numerics/statistics/area-under-roc.ts';
import { meanOf } from '../../../../numerics/statistics/averages.ts';
import { shareDifference, wilsonInterval } from '../../../../numerics/statistics/intervals.ts';
import { countsOf } from '../../session/fields.ts';
import type { StudioField } from '../../session/state.ts';

interface Between {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** How the numbers of a field differ between some rows and the others. */
export interface TellingNumbers {
  readonly field: string;
  readonly title: string;
  readonly insideMean: number;
  readonly outsideMean: number;
  /** Probability that a row of these has more than one of the others; ½ by chance. */
  readonly area: Between;
}

/** How often a category comes in some rows, and in the others. */
export interface TellingCategory {
  readonly field: string;
  readonly category: string;
  readonly inside: Between;
  readonly outside: Between;
  /** inside − outside; 0 by chance. */
  readonly difference: Between;
}

/**
 * Whether a value is farther from chance than the most extreme of so many differences is by chance; its interval tells the
 * error on the side of chance.
 */
function isBeyond({ value, low, high }: Between, chance: number, looked: number): boolean {
  const bound = normalQuantile(1 - 0.025 / looked) / Z95;
  return value > chance
    ? value - chance > bound * (value - low)
    : chance - value > bound * (high - value);
}

/** Numbers that are surely larger or smaller in these rows, the most telling first. */
export function tellingNumbers(
  fields: readonly StudioField[],
  isInside: Uint8Array,
): readonly TellingNumbers[] {
  return fields
    .flatMap(({ info, values }) => {
      if (!(values instanceof Float64Array)) return [];
      const side = (which: number) =>
        values.filter((value, row) => isInside[row] === which && Number.isFinite(value));
      const [inside, outside] = [side(1), side(0)];
      if (inside.length < 2 || outside.length < 2) return [];
      const area = areaBetween(outside, inside);
      if (!isBeyond(area, 0.5, fields.length)) return [];
      const means = { insideMean: meanOf(inside), outsideMean: meanOf(outside) };
      return [{ field: info.id, title: info.title, ...means, area }];
    })
    .sort(
      (a, b) =>
        Math.abs(b.area.value - 0.5) - Math.abs(a.area.value - 0.5) || (a.field < b.field ? -1 : 1),
    );
}

/** Lists that do not overlap have no spread to tell an error by: then that of so many trials without a failure. */
function areaBetween(below: Float64Array, above: Float64Array): Between {
  const { value, standardError } = estimatedArea(below, above);
  if (standardError === 0)
    return { value, ...wilsonInterval(value, Math.min(below.length, above.length)) };
  const half = Z95 * standardError;
  return { value, low: Math.max(0, value - half), high: Math.min(1, value + half) };
}

/** Categories that are surely more or less frequent in these rows, the largest difference first. */
export function tellingCategories(
  fields: readonly StudioField[],
  isInside: Uint8Array,
  most: number,
): readonly TellingCategory[] {
  return fields
    .flatMap(({ info, values }) => {
      if (info.kind !== 'category' || values instanceof Float64Array) return [];
      const side = (which: number) =>
        values.filter((text, row) => text !== '' && isInside[row] === which);
      const [inside, outside] = [side(1), side(0)];
      const [m, n] = [inside.length, outside.length];
      if (m === 0 || n === 0) return [];
      const [own, others] = [inside, outside].map(
        (texts) => new Map(countsOf(texts).map(({ name, count }) => [name, count])),
      );
      const all = [...new Set([...own.keys(), ...others.keys()])];
      return all.flatMap((category) => {
        const [p, q] = [(own.get(category) ?? 0) / m, (others.get(category) ?? 0) / n];
        const difference = shareDifference(p, m, q, n);
        if (!isBeyond(difference, 0, fields.length * all.length)) return [];
        const between = (share: number, count: number) => ({
          value: share,
          ...wilsonInterval(share, count),
        });
        return [
          { field: info.id, category, inside: between(p, m), outside: between(q, n), difference },
        ];
      });
    })
    .sort(
      (a, b) =>
        Math.abs(b.difference.value) - Math.abs(a.difference.value) ||
        (`${a.field} ${a.category}` < `${b.field} ${b.category}` ? -1 : 1),
    )
    .slice(0, most);
}
