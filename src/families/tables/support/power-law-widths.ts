import { pow } from '../../../core/numeric.ts';

/** Rows that have one width; a type, so that it can stand in settings. */
export type Block = { readonly rows: number; readonly width: number };

/** Ids of one field that come about equally often. */
export interface Share {
  readonly ids: number;
  /** How often one of them comes, on average. */
  readonly frequency: number;
}

export interface WidthRule {
  /** α. */
  readonly alpha: number;
  /** No width is above it. */
  readonly dim: number;
  readonly powersOfTwo: boolean;
}

/**
 * At most so many shares of ids from the most frequent on, each with about as much of the whole count; ids that never
 * came are one more.
 */
export function sharesOf(counts: ArrayLike<number>, shares: number): readonly Share[] {
  const last = counts.length - 1;
  const total = Array.from(counts).reduce((a, b) => a + b, 0);
  const made: Share[] = [];
  let [from, before, sum] = [0, 0, 0];
  for (let id = 0; id <= last; id++) {
    sum += counts[id];
    // Whole shares of the count that are behind us.
    const passed = Math.floor((shares * sum) / total);
    const isEnd = passed > Math.floor((shares * before) / total);
    if (!isEnd && id < last) continue;
    const ids = id + 1 - from;
    made.push({ ids, frequency: (sum - before) / ids });
    [from, before] = [id + 1, sum];
  }
  return made;
}

/** d = λ·f^α, as a whole number from 1 to dim. */
export function widthOf(frequency: number, scale: number, rule: WidthRule): number {
  const { alpha, dim, powersOfTwo } = rule;
  const width = Math.min(dim, Math.max(1, Math.round(scale * pow(frequency, alpha))));
  return powersOfTwo ? Math.min(dim, nearestPowerOfTwo(width)) : width;
}

/** 2 to the rounded logarithm, by squares: whole numbers alone. */
function nearestPowerOfTwo(width: number): number {
  let power = 1;
  while (2 * power * power < width * width) power *= 2;
  return power;
}

/** The blocks of each field; neighbours of one width are one block. */
export function blocksOf(
  fields: readonly (readonly Share[])[],
  scale: number,
  rule: WidthRule,
): readonly (readonly Block[])[] {
  return fields.map((shares) => {
    const blocks: Block[] = [];
    for (const { ids, frequency } of shares) {
      const width = widthOf(frequency, scale, rule);
      const last = blocks.at(-1);
      if (last?.width !== width) blocks.push({ rows: ids, width });
      else blocks[blocks.length - 1] = { rows: last.rows + ids, width };
    }
    return blocks;
  });
}

/** Bytes of the rows, and of the projections of blocks that are narrower than dim. */
export function blockBytes(fields: readonly (readonly Block[])[], dim: number): number {
  return fields
    .flat()
    .reduce(
      (sum, { rows, width }) => sum + 4 * width * rows + (width < dim ? 4 * width * dim : 0),
      0,
    );
}

/** All λ at which some width becomes another, the largest first, and 0. */
export function scalesOf(
  fields: readonly (readonly Share[])[],
  { alpha, dim }: WidthRule,
): readonly number[] {
  const scales = new Set([0]);
  for (const { frequency } of fields.flat()) {
    const power = pow(frequency, alpha);
    if (power === 0) continue;
    // A hair above, so that rounding cannot miss the next width.
    for (let width = 2; width <= dim; width++) scales.add(((width - 0.5) / power) * (1 + 1e-12));
  }
  return [...scales].sort((a, b) => b - a);
}
