import type { KnnGraph } from '../core/graph.ts';
import type { Matrix } from '../core/matrix.ts';
import type { Engine } from '../engine/engine.ts';
import type { PairKernel } from '../kernels/pairwise-energy/contract.ts';
import type { Method } from '../method/method.ts';
import type { OptionSpecs } from '../method/options.ts';

/** A value under a null model: uniform random points of the same n and d. */
export interface NullValue {
  /** Mean or median of the null law, as `how` says. */
  readonly value: number;
  /** 95 % of the null law lies between. */
  readonly low?: number;
  readonly high?: number;
  /** 'exact', 'asymptotic' or 'simulated', and what: one phrase. */
  readonly how: string;
}

export interface MetricResult {
  readonly value: number;
  /** 95 % interval of the value, where it is estimated from a sample. */
  readonly low?: number;
  readonly high?: number;
  readonly null?: NullValue;
  readonly warnings: readonly string[];
}

/**
 * Unit rows with the expensive facts about them, each computed at most once and shared by all
 * metrics: neighbours, Gram matrix, pair sums.
 */
export interface Space {
  readonly points: Matrix;
  readonly engine: Engine;
  /** The k nearest neighbours of every row; a larger k computed before answers a smaller one. */
  nearest(k: number): Promise<KnnGraph>;
  /** XᵀX, d × d. */
  gram(): Promise<Matrix<Float64Array>>;
  /** Mean of the kernel over all pairs i < j. */
  meanKernel(kernel: PairKernel): Promise<number>;
}

export type Metric<S extends OptionSpecs = OptionSpecs> = Method<Matrix, S, MetricResult>;
