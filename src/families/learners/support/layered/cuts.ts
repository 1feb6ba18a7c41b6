import { OptionError } from '../../../../core/errors.ts';
import type { Random } from '../../../../core/random.ts';

/** How much of an encoder is used: the first blocks, and the first columns of what they give. */
export type FullCut = { readonly layer: number; readonly dims: number };

interface CutOptions {
  readonly blocks: number;
  readonly dim: number;
  /** How many; 0: as many as blocks. */
  readonly cuts: number;
  /** Columns of the first; 0: dim, halved once for each further cut. */
  readonly narrowest: number;
}

/** The cuts from small to large: blocks in even steps, columns doubling from the narrowest; the last is the whole. */
export function cutsOf(where: string, options: CutOptions): readonly FullCut[] {
  const { blocks, dim, cuts } = options;
  const count = cuts || blocks;
  if (count > blocks) throw new OptionError(where, 'cuts', `at most ${blocks}, the blocks`, cuts);
  const narrowest = options.narrowest || Math.floor(dim / 2 ** (count - 1));
  if (narrowest < 1)
    throw new OptionError(
      where,
      'dim',
      `at least ${2 ** (count - 1)}, to be halved for each of ${count} cuts but the last`,
      dim,
    );
  const widest = Math.ceil(dim / 2 ** Math.max(0, count - 2)) - 1;
  if (count > 1 && narrowest > widest)
    throw new OptionError(
      where,
      'narrowest',
      `at most ${widest}, so that the columns of ${count} cuts double and stay below ${dim} (dim)`,
      narrowest,
    );
  return Array.from({ length: count }, (_, i) => ({
    layer: Math.ceil(((i + 1) * blocks) / count),
    dims: i === count - 1 ? dim : narrowest * 2 ** i,
  }));
}

/** What is trained to be cut: a list at every step, pairs that are drawn, or nothing. */
export const CUTTING = ['fixed', 'random', 'none'] as const;

/** What a step trains: columns of the last block, and blocks before it with theirs. */
export interface StepCuts {
  readonly last: FullCut;
  readonly earlier: readonly (FullCut & { readonly weight: number })[];
}

/**
 * `fixed`: the whole and every smaller cut, of one weight. `random`: any width of the last block, and any width of any
 * block l before it, of weight 1/l. `none`: the whole.
 */
export function cutsOfStep(
  cutting: (typeof CUTTING)[number],
  cuts: readonly FullCut[],
  random: Random,
): StepCuts {
  const whole = cuts[cuts.length - 1];
  if (cutting === 'none') return { last: whole, earlier: [] };
  if (cutting === 'fixed')
    return { last: whole, earlier: cuts.slice(0, -1).map((cut) => ({ ...cut, weight: 1 })) };
  const drawn = () => cuts[random.integer(cuts.length)].dims;
  const last = { layer: whole.layer, dims: drawn() };
  if (whole.layer === 1) return { last, earlier: [] };
  const layer = 1 + random.integer(whole.layer - 1);
  return { last, earlier: [{ layer, dims: drawn(), weight: 1 / layer }] };
}

/** What a number of a cut is called in reports: nothing more where it is the whole, else `Layer1Dims8`. */
export function nameOfCut(name: string, { layer, dims }: FullCut, whole: FullCut): string {
  return layer === whole.layer && dims === whole.dims ? name : `${name}Layer${layer}Dims${dims}`;
}
