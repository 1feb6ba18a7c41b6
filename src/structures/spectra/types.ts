import type { Matrix } from '../../core/matrix.ts';

/** The spectrum of the centred rows. */
export interface CovarianceSpectrum {
  /** Mean row; d. */
  readonly mean: Float64Array;
  /** Eigenvalues of the covariance Σ = 1/n Σ (xᵢ − μ)(xᵢ − μ)ᵀ, largest first; d. */
  readonly values: Float64Array;
  /** Eigenvectors as rows, d × d. */
  readonly vectors: Matrix<Float64Array>;
}

/** XᵀX/n of the unit rows; their covariance; the same two of the rows as they came. */
export type SpectrumOf = 'second-moment' | 'covariance' | 'raw-second-moment' | 'raw-covariance';

/** Whose inner products. */
export type RowsOf = 'unit' | 'raw';

/** Whether it is of the rows before they were scaled to unit length. */
export const isOfRawRows = (of: SpectrumOf): boolean => of.startsWith('raw-');

/** Whether the mean row is taken off first. */
export const isCentered = (of: SpectrumOf): boolean => of.endsWith('covariance');

/** A spectrum, and where the rows lie in it: what an interval for a number about it is made from. */
export interface RowSpectrum {
  /** The min(n, d) eigenvalues, largest first; those that rounding cannot tell from 0 are 0. */
  readonly values: Float64Array;
  /**
   * Squared coordinates ⟨xᵢ − μ, v_k⟩² of the rows, or of a seeded sample of them: m × min(n, d). Left out
   * where only eigenvectors would give them and nothing needs them: of a second moment with `groups`.
   */
  readonly squares?: Matrix<Float64Array>;
  /** The eigenvalues without each of some groups of rows; absent where the rows are very many. */
  readonly groups?: readonly Float64Array[];
}

/** Eigenvalues of n uniform points, simulated, or one set from the limit law. */
export interface SpectrumDraws {
  /** Of XᵀX/n; largest first. */
  readonly secondMoment: readonly Float64Array[];
  /** Of the covariance. */
  readonly covariance: readonly Float64Array[];
  /** Whether they are simulated. */
  readonly simulated: boolean;
}
