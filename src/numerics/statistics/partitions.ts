import { zeros64 } from '../../core/matrix.ts';
import { assignRows } from '../solvers/assignment.ts';

/** How two partitions of the same rows agree; groups are numbers from 0. */
export interface Agreement {
  /** The share of rows in the same group once each found group stands for one class: the best matching. */
  readonly accuracy: number;
  /** Mutual information over the mean of the two entropies, from 0 to 1; 1 where both have one group. */
  readonly mutualInformation: number;
}

export function agreementOf(found: Int32Array, known: Int32Array): Agreement {
  const size = 1 + Math.max(...found, ...known);
  const n = found.length;
  const counts = zeros64(size, size);
  for (let i = 0; i < n; i++) counts.data[found[i] * size + known[i]] += 1;
  const { cost } = assignRows({ ...counts, data: counts.data.map((count) => -count) });
  return { accuracy: -cost / n, mutualInformation: normalized(counts.data, size, n) };
}

function normalized(counts: Float64Array, size: number, n: number): number {
  const rows = new Float64Array(size);
  const cols = new Float64Array(size);
  for (let e = 0; e < counts.length; e++) {
    rows[Math.floor(e / size)] += counts[e] / n;
    cols[e % size] += counts[e] / n;
  }
  const entropy = (shares: Float64Array) =>
    shares.reduce((sum, share) => (share > 0 ? sum - share * Math.log(share) : sum), 0);
  const [first, second] = [entropy(rows), entropy(cols)];
  const joint = entropy(counts.map((count) => count / n));
  return first + second > 0 ? Math.max(0, (2 * (first + second - joint)) / (first + second)) : 1;
}
