import type { PairKernel } from '../../engine/kernels/pairwise-energy/contract.ts';
import { type Estimate, meanEstimate } from '../../numerics/statistics/intervals.ts';
import { float64s } from '../output.ts';
import { pairSumsPlan } from '../plans/pair-sums-plan.ts';
import { resultsOf } from '../run-plan.ts';
import { type TableWork, withOutput } from './table-work.ts';

/**
 * The mean of a kernel over all pairs of rows, exactly. What two blocks have in common is what they have together less
 * what each has alone; row sums are added in the order of the blocks.
 */
export async function exactPairMean(
  work: TableWork,
  kernel: PairKernel,
  blockRows?: number,
): Promise<Estimate> {
  const { manifest, engine } = work;
  const { blocks, plan } = await pairSumsPlan(manifest, kernel, engine.name, blockRows);
  await work.run(plan);
  const names = resultsOf(plan);
  const read = (name: string) => withOutput(work, name, (output) => float64s(output, 'rowSums'));
  const alone: Float64Array[] = [];
  for (const name of names.slice(0, blocks.length)) alone.push(await read(name));
  const sums = alone.map((own) => own.slice());
  let next = blocks.length;
  for (let p = 0; p < blocks.length; p++) {
    for (let q = p + 1; q < blocks.length; q++) {
      const together = await read(names[next++]);
      const split = alone[p].length;
      for (let i = 0; i < split; i++) sums[p][i] += together[i] - alone[p][i];
      for (let i = 0; i < alone[q].length; i++) sums[q][i] += together[split + i] - alone[q][i];
    }
  }
  const { rows: n } = manifest;
  const means = new Float64Array(n);
  let at = 0;
  for (const own of sums) for (const sum of own) means[at++] = sum / (n - 1);
  const { value, standardError } = meanEstimate(means);
  // Hoeffding: the error of a mean over pairs is twice that of the row means.
  return { value, standardError: 2 * standardError };
}
