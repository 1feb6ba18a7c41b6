import type { Matrix } from '../../../core/matrix.ts';

/** Rows of which some can be had by their numbers, in any order. */
export interface GatheredRows {
  readonly n: number;
  gather(places: Int32Array): Promise<Matrix<Float32Array>>;
}
