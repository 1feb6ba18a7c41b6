import { type Matrix, zeros64 } from '../../core/matrix.ts';
import { uniformRows } from '../../testing/points.ts';
import type { SmallProblem } from '../../testing/small-problem.ts';

export function smallProblem(id: string): SmallProblem {
  const points = uniformRows(7, 3, 1);
  switch (id) {
    case 'affinity-code':
      return { input: gram(points) };
    case 'semantic-assignment':
      return { input: { code: points, semantics: uniformRows(7, 5, 2) } };
    case 'verified-code':
      return { input: points };
    case 'equiangular-basis-vectors':
      return { input: { n: 7, d: 3 }, options: { maxSteps: 5 } };
    default:
      return {
        input: { n: 7, d: 3 },
        options: { chains: 1, patience: 2 },
        run: { threads: 1 },
      };
  }
}

/** The cosines of all pairs of rows. */
function gram({ data, rows: n, cols: d }: Matrix): Matrix<Float64Array> {
  const out = zeros64(n, n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      for (let k = 0; k < d; k++) out.data[i * n + j] += data[i * d + k] * data[j * d + k];
    }
  }
  return out;
}
