import type { Matrix } from '../../core/matrix.ts';

/**
 * β of least ½ βᵀGβ − cᵀβ + λ‖β‖₁ for G = XᵀX (d × d, semidefinite) and c = Xᵀy, by cyclic coordinate descent with
 * covariance updates: O(d²) a sweep, whatever the number of rows. Ends where no coefficient moves the fit by more than
 * `tolerance`, relative to the largest |c|. Columns of zeros have none.
 */
export function lasso(
  { data: g, rows: d }: Matrix,
  cross: ArrayLike<number>,
  penalty: number,
  { sweeps, tolerance }: { readonly sweeps: number; readonly tolerance: number },
): Float64Array {
  const beta = new Float64Array(d);
  const residual = Float64Array.from(cross);
  const limit = tolerance * residual.reduce((most, c) => Math.max(most, Math.abs(c)), 0);
  for (let sweep = 0; sweep < sweeps; sweep++) {
    let moved = 0;
    for (let j = 0; j < d; j++) {
      const own = g[j * d + j];
      if (!(own > 0)) continue;
      const whole = residual[j] + own * beta[j];
      const next = (Math.sign(whole) * Math.max(0, Math.abs(whole) - penalty)) / own;
      const step = next - beta[j];
      if (step === 0) continue;
      beta[j] = next;
      for (let i = 0; i < d; i++) residual[i] -= step * g[j * d + i];
      moved = Math.max(moved, Math.abs(step) * own);
    }
    if (moved <= limit) break;
  }
  return beta;
}
