/** Rows of a step: their numbers, or `undefined` when the step takes all rows in order. */
export type StepRows = Int32Array | undefined;

/**
 * What distinguishes one momentum method from another. A row x with momentum m and gradient g moves
 *
 *   m ← decay·m + weight·g,   (x, m) ← geodesic flow of (x, m) for time −rate,
 *
 * at a step that has a gradient for it, and the same with g = 0 at a step that has none.
 */
export interface MomentumRule {
  readonly decay: number;
  readonly weight: number;
  /** Whether a row's rate is its own affair, and not one of all rows of the step. */
  readonly rowsAlone: boolean;
  /** Everything besides points and momentum that the next step depends on. */
  readonly arrays: Readonly<Record<string, Float64Array | Int32Array>>;
  /**
   * Takes in the squared gradient norms of the rows of a step, the i-th of which had `idle[i]` steps
   * without a gradient just before. Called once per step, before `rate`.
   */
  observe(step: number, rows: StepRows, squaredNorms: Float64Array, idle: Int32Array): void;
  /** The rate of a row that has a gradient at this step. */
  rate(step: number, row: number): number;
  /**
   * Σ_{k=1…K} decayᵏ·rate(from + k): how far, in units of the momentum at step `from`, a row goes in
   * the K = to − from steps without a gradient that follow. Changes nothing.
   */
  coast(row: number, from: number, to: number): number;
}

/** A term below this share of the first cannot change a float64 sum. */
export const NEGLIGIBLE = 2 ** -70;
