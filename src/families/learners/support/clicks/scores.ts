import { evaluate, type Tensor, type Workspace } from '../../../../learning/index.ts';
import { areaUnderRoc } from '../../../../numerics/statistics/area-under-roc.ts';

/** Rows that are scored at once. */
const BLOCK = 4096;

export interface ClickScores {
  /** The probability that a yes is above a no; NaN without both. */
  readonly auc: number;
  /** −mean log of the probability of what was. */
  readonly logLoss: number;
}

/** How well logits of blocks of rows tell yes from no. */
export async function clickScores(
  logits: (rows: Int32Array) => Tensor,
  rows: Int32Array,
  clicks: Uint8Array,
  workspace: Workspace,
): Promise<ClickScores> {
  const [no, yes]: [number[], number[]] = [[], []];
  let loss = 0;
  for (let a = 0; a < rows.length; a += BLOCK) {
    const part = rows.subarray(a, a + BLOCK);
    const z = await evaluate(logits(part), workspace);
    part.forEach((row, i) => {
      (clicks[row] ? yes : no).push(z[i]);
      const against = clicks[row] ? -z[i] : z[i];
      loss += Math.max(against, 0) + Math.log1p(Math.exp(-Math.abs(against)));
    });
  }
  return { auc: areaUnderRoc(no, yes), logLoss: loss / rows.length };
}
