import type { Floats, Matrix } from '../core/matrix.ts';
import type { Random } from '../core/random.ts';
import type { Engine, MaybePromise } from '../engine/engine.ts';

/**
 * A Riemannian manifold embedded in R^d, one point per vector of length d.
 *
 * A matrix of points is the product of its rows: optimizers apply these maps row by row. `out` is
 * overwritten and may be one of the inputs. Sums run in float64 whatever the element type.
 */
export interface Manifold {
  readonly id: string;
  /** Title and source, for the recipe and the docs. */
  readonly title: string;
  /** Inner product of tangent vectors u, v at x. */
  inner(x: Floats, u: Floats, v: Floats): number;
  /** Geodesic distance. */
  distance(x: Floats, y: Floats): number;
  /** Exponential map: the point reached from x along the geodesic with velocity u at time 1. */
  exp(x: Floats, u: Floats, out: Floats): void;
  /** Logarithm: the tangent vector u at x with exp_x(u) = y. */
  log(x: Floats, y: Floats, out: Floats): void;
  /** A cheaper map that agrees with `exp` to first order. */
  retraction(x: Floats, u: Floats, out: Floats): void;
  /** Parallel transport of v along t ↦ exp_x(t·u), from t = 0 to 1. */
  transport(x: Floats, u: Floats, v: Floats, out: Floats): void;
  /** Parallel transport of v from x to y along the shortest geodesic, the one `log` names. */
  transportBetween(x: Floats, y: Floats, v: Floats, out: Floats): void;
  /**
   * Geodesic flow: x and v become the point and the velocity after `time` on the geodesic that
   * leaves x with velocity v. The same as `exp` of time·v, and `transport` of v along it, in one go.
   */
  flowInPlace(x: Floats, v: Floats, time: number): void;
  /** Nearest point of the manifold. */
  projectPoint(x: Floats, out: Floats): void;
  /** Orthogonal projection of v onto the tangent space at x. */
  projectTangent(x: Floats, v: Floats, out: Floats): void;
  /** The Riemannian gradient at x from the Euclidean one; returns its squared norm. */
  toRiemannianGradient(x: Floats, gradient: Floats, out: Floats): number;
  /** What optimizers do to all rows at every step. */
  readonly rows: RowMaps;
  /** A point drawn uniformly (from the natural measure), written into `out`. */
  randomPoint(random: Random, out: Floats): void;
}

/** The maps of `Manifold` for all rows of n × d matrices in one go, on an engine where that pays. */
export interface RowMaps {
  /**
   * m_i ← keep_i·m_i + weight·grad_i, with grad_i the Riemannian gradient at x_i from row i of the
   * Euclidean `gradient`. The squared norm of grad_i is entry 4i of the result; the three entries after
   * it are the manifold's own, and speed up a `flow` of m that follows.
   */
  push(
    engine: Engine,
    points: Matrix,
    gradient: Matrix,
    momentum: Matrix,
    keep: Float64Array,
    weight: number,
  ): MaybePromise<Float64Array>;
  /**
   * `flowInPlace` of row i for times_i; rows with time 0 stay as they are. `pushed` is from `push`. Returns
   * whether any coordinate of `points` changed.
   */
  flow(
    engine: Engine,
    points: Matrix,
    velocities: Matrix,
    times: Float64Array,
    pushed?: Float64Array,
  ): MaybePromise<boolean>;
}
