import type { Floats, Matrix } from '../../../core/matrix.ts';
import { zerosLike } from '../../../core/matrix.ts';
import type { Engine } from '../../../engine/engine.ts';
import { requirePoints } from '../../../manifolds/require-points.ts';
import { gather, scatter } from '../../../numerics/rows/gather.ts';
import type { Gradient } from '../../tape/evaluate.ts';
import type { Parameter } from '../../tape/parameter.ts';
import { requireManifold, rowsOf, zerosFor } from './kinds.ts';

/** Momentum, at rest, of a parameter whose rows are points of its manifold; refuses others. */
export function momentumFor(rule: string, parameter: Parameter): Floats {
  const manifold = requireManifold(rule, parameter);
  const { n, d } = rowsOf(parameter);
  const points = { data: parameter.data, rows: n, cols: d };
  requirePoints(rule, `parameter "${parameter.name}"`, points, manifold);
  return zerosFor(parameter);
}

export interface GeodesicStep {
  readonly engine: Engine;
  /** Of the momentum. */
  readonly decay: number;
  readonly weight: number;
  /** The rate of each row of the step, from the squared norms of their Riemannian gradients. */
  ratesOf(squaredNorms: Float64Array): Float64Array;
}

/**
 * For each row x of a parameter that has a gradient, g its Riemannian gradient and m its momentum:
 *
 *     m ← decay·m + weight·g,   (x, m) ← geodesic flow of (x, m) for time −rate
 *
 * so that m goes along by parallel transport. Rows without a gradient stay as they are, momentum included.
 */
export async function moveAlongGeodesics(
  parameter: Parameter,
  { data, rows }: Gradient,
  momentum: Floats,
  { engine, decay, weight, ratesOf }: GeodesicStep,
): Promise<void> {
  const { rows: maps } = requireManifold('moveAlongGeodesics', parameter);
  const { n, d } = rowsOf(parameter);
  const count = rows?.length ?? n;
  const gradient = { data, rows: count, cols: d };
  const all = { data: parameter.data, rows: n, cols: d };
  const allMomentum = { data: momentum, rows: n, cols: d };
  const x: Matrix = rows ? zerosLike(gradient) : all;
  const m: Matrix = rows ? zerosLike(gradient) : allMomentum;
  if (rows) {
    gather(all, rows, x);
    gather(allMomentum, rows, m);
  }
  const keep = new Float64Array(count).fill(decay);
  const pushed = await maps.push(engine, x, gradient, m, keep, weight);
  const rates = ratesOf(Float64Array.from({ length: count }, (_, i) => pushed[4 * i]));
  const times = rates.map((rate) => -rate);
  await maps.flow(engine, x, m, times, pushed);
  if (rows) {
    scatter(x, rows, all);
    scatter(m, rows, allMomentum);
  }
}
