import type { Random } from '../../../core/random.ts';

/** Half of these are parents of the next. */
const POPULATION = 20;
/** How likely a width is drawn anew, besides the one that always is. */
const MUTATED = 0.1;

export interface WidthSearch {
  readonly fields: number;
  /** The largest width. */
  readonly dim: number;
  readonly generations: number;
  readonly random: Random;
  /** Smaller is better. */
  readonly lossOf: (widths: readonly number[]) => Promise<number>;
}

export interface EvolvedWidths {
  readonly widths: readonly number[];
  readonly loss: number;
  /** Mean loss of widths that were drawn, before any were chosen. */
  readonly drawnLoss: number;
}

/**
 * Widths of fields, 1 … dim each, by an evolutionary search: of all that were tried the best ten are parents, and each
 * generation has ten mutations of one and ten crossovers of two. The first generation is drawn but for the full widths,
 * so that what is found is never worse than they are by this loss.
 */
export async function evolvedWidths(search: WidthSearch): Promise<EvolvedWidths> {
  const { fields, dim, generations, random, lossOf } = search;
  const known = new Map<string, { readonly widths: readonly number[]; readonly loss: number }>();
  const tried = async (widths: readonly number[]) => {
    const name = widths.join();
    const found = known.get(name) ?? { widths, loss: await lossOf(widths) };
    known.set(name, found);
    return found.loss;
  };
  const drawnWidth = () => 1 + random.integer(dim);
  const drawn = Array.from({ length: POPULATION }, () =>
    Array.from({ length: fields }, drawnWidth),
  );
  let sum = 0;
  for (const widths of drawn) sum += await tried(widths);
  await tried(new Array<number>(fields).fill(dim));
  const best = () =>
    [...known.values()].toSorted((a, b) => a.loss - b.loss).slice(0, POPULATION / 2);
  for (let generation = 0; generation < generations; generation++) {
    const parents = best().map(({ widths }) => widths);
    const parent = () => parents[random.integer(parents.length)];
    for (const widths of parents) {
      const changed = random.integer(fields);
      await tried(
        widths.map((width, f) =>
          f === changed || random.uniform() < MUTATED ? drawnWidth() : width,
        ),
      );
      const [first, second, cut] = [parent(), parent(), random.integer(fields)];
      await tried([...first.slice(0, cut), ...second.slice(cut)]);
    }
  }
  const [{ widths, loss }] = best();
  return { widths, loss, drawnLoss: sum / POPULATION };
}
