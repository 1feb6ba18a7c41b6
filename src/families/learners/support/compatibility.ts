import { ShapeError } from '../../../core/errors.ts';
import { type Matrix, matrix, zeros64 } from '../../../core/matrix.ts';

/** The embeddings that one version of an encoder gives of the same queries and the same gallery. */
export interface VersionRows {
  readonly queries: Matrix;
  readonly gallery: Matrix;
}

export interface Compatibility {
  /** T × T: entry (t, k), k ≤ t, is the score of queries of version t in the gallery of version k; 0 above. */
  readonly scores: Matrix<Float64Array>;
  /** Share of the pairs t > k with scores[t, k] ≥ scores[k, k]: the new encoder is of use in the old gallery. */
  readonly averageCompatibility: number;
  /** Mean of the entries k ≤ t. */
  readonly averageScore: number;
}

/**
 * How far a gallery can stay as it is while its encoder is exchanged (CoReS: compatibility matrix, AC and AM).
 *
 *     AC = 2/(T(T − 1)) · Σ_{t>k} [C_tk ≥ C_kk],   AM = 2/(T(T + 1)) · Σ_{t≥k} C_tk
 *
 * @param versions oldest first; two at least
 * @param score the larger the better: accuracy of verification or of retrieval
 */
export function compatibility(
  versions: readonly VersionRows[],
  score: (queries: Matrix, gallery: Matrix) => number,
): Compatibility {
  const count = versions.length;
  if (count < 2) throw new ShapeError('compatibility', 'two versions or more', `${count}`);
  const scores = zeros64(count, count);
  for (let t = 0; t < count; t++) {
    for (let k = 0; k <= t; k++)
      scores.data[t * count + k] = score(versions[t].queries, versions[k].gallery);
  }
  return { scores, ...averagesOf(scores) };
}

/** The compatibility of some of the versions. */
export function compatibilityAmong(
  { scores }: Pick<Compatibility, 'scores'>,
  versions: readonly number[],
): Compatibility {
  const count = versions.length;
  const kept = matrix(
    Float64Array.from(
      { length: count * count },
      (_, e) => scores.data[versions[Math.floor(e / count)] * scores.cols + versions[e % count]],
    ),
    count,
    count,
  );
  return { scores: kept, ...averagesOf(kept) };
}

function averagesOf({ data, rows: count }: Matrix<Float64Array>) {
  let [kept, sum] = [0, 0];
  for (let t = 0; t < count; t++) {
    for (let k = 0; k <= t; k++) {
      sum += data[t * count + k];
      if (k < t && data[t * count + k] >= data[k * count + k]) kept += 1;
    }
  }
  return {
    averageCompatibility: (2 * kept) / (count * (count - 1)),
    averageScore: (2 * sum) / (count * (count + 1)),
  };
}
