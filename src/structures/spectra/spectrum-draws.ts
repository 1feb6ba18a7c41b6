import type { Matrix } from '../../core/matrix.ts';
import type { Engine } from '../../engine/engine.ts';
import { marchenkoPasturQuantiles } from '../../numerics/laws/marchenko-pastur.ts';
import { eigenvaluesOf } from './group-spectra.ts';
import type { SpectrumDraws } from './types.ts';

/** Small sets are simulated, where the limit law is off by a per cent and more. */
const SIMULATED_WORK = 5e5;
const DRAWS = 100;

/** Spectra of simulated sets, or the limit law's where n and d are large. */
export async function spectrumDraws(
  n: number,
  d: number,
  draw: (r: number) => Matrix,
  engine: Engine,
): Promise<SpectrumDraws> {
  const rank = Math.min(n, d);
  if (n * d * rank + 4 * rank ** 3 > SIMULATED_WORK) {
    // With this ratio the mean of tr(T²), T = XᵀX/n, is exact.
    const quantiles = marchenkoPasturQuantiles(rank, (rank - 1) / Math.max(n, d));
    const limit = [quantiles.map((value) => value / rank)];
    return { secondMoment: limit, covariance: limit, simulated: false };
  }
  const secondMoment: Float64Array[] = [];
  const covariance: Float64Array[] = [];
  for (let r = 0; r < DRAWS; r++) {
    const points = draw(r);
    secondMoment.push(await eigenvaluesOf(points, false, engine));
    covariance.push(await eigenvaluesOf(points, true, engine));
  }
  return { secondMoment, covariance, simulated: true };
}
