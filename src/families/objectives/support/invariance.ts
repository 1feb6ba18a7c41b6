import type { Matrix } from '../../../core/matrix.ts';
import { requirePartners } from './row-facts.ts';

/**
 * weight·(1/(md)) Σᵢ ‖xᵢ − x_{p(i)}‖² over the m rows that have a partner p(i); its gradient is added to
 * `gradient`.
 */
export function addInvariance(
  where: string,
  { data: x, rows: n, cols: d }: Matrix,
  partners: Int32Array,
  weight: number,
  gradient: Matrix,
): number {
  requirePartners(where, partners, n);
  const g = gradient.data;
  let paired = 0;
  for (const partner of partners) if (partner >= 0) paired += 1;
  if (paired === 0) return 0;
  const scale = weight / (paired * d);
  let sum = 0;
  for (let i = 0; i < n; i++) {
    if (partners[i] < 0) continue;
    const [a, b] = [i * d, partners[i] * d];
    for (let c = 0; c < d; c++) {
      const gap = x[a + c] - x[b + c];
      sum += gap * gap;
      g[a + c] += 2 * scale * gap;
      g[b + c] -= 2 * scale * gap;
    }
  }
  return scale * sum;
}
