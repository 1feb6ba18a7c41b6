import { Random } from '../../../core/random.ts';
import { evaluate, type Tensor, type Workspace } from '../../../learning/index.ts';
import { number } from '../../../method/options.ts';

/** Rows that are classified at once. */
const BLOCK = 1024;

export interface Split {
  readonly train: Int32Array;
  readonly heldOut: Int32Array;
}

/** The rows that training sees, and a share of all that it does not. */
export function split(rows: number, share: number, seed: number): Split {
  const order = Random.fromSeed(seed).fork('held out').sample(rows);
  const count = Math.min(rows - 1, Math.round(share * rows));
  return { heldOut: order.slice(0, count).toSorted(), train: order.slice(count).toSorted() };
}

export interface ThreeParts extends Split {
  /** Rows that say when to stop. */
  readonly validation: Int32Array;
}

/** Rows that are trained on, rows that say when to stop, and rows to measure on: no row is in two. */
export function threeParts(
  rows: number,
  options: { readonly heldOut: number; readonly validation: number; readonly seed: number },
): ThreeParts {
  const { train: others, heldOut } = split(rows, options.heldOut, options.seed);
  const parts = split(others.length, options.validation, options.seed);
  const taken = (places: Int32Array) => places.map((place) => others[place]);
  return { heldOut, train: taken(parts.train), validation: taken(parts.heldOut) };
}

export const validationOption = () =>
  number(
    0,
    'Share of what is not held out that is not trained on either, for patience: what is best on it stays.',
    { min: 0, max: 0.9 },
  );

/** The mean over rows of a loss that is the mean of its block. */
export async function meanLoss(
  lossOf: (rows: Int32Array) => Tensor,
  rows: Int32Array,
  workspace: Workspace,
): Promise<number> {
  let sum = 0;
  for (let a = 0; a < rows.length; a += BLOCK) {
    const part = rows.subarray(a, a + BLOCK);
    const [loss] = await evaluate(lossOf(part), workspace);
    sum += loss * part.length;
  }
  return sum / rows.length;
}

/** The share of the rows whose largest logit is that of their class; `logits` of a block of rows. */
export async function shareRight(
  logits: (rows: Int32Array) => Tensor,
  rows: Int32Array,
  classes: Int32Array,
  workspace: Workspace,
): Promise<number> {
  let right = 0;
  for (let a = 0; a < rows.length; a += BLOCK) {
    const part = rows.subarray(a, a + BLOCK);
    const found = await evaluate(logits(part), workspace);
    const c = found.length / part.length;
    part.forEach((row, i) => {
      let best = i * c;
      for (let e = best + 1; e < (i + 1) * c; e++) if (found[e] > found[best]) best = e;
      if (best - i * c === classes[row]) right += 1;
    });
  }
  return right / rows.length;
}
