/** A value under a null model: uniform random points of the same n and d, unless `how` says otherwise. */
export interface NullValue {
  /** Mean or median of the null law, as `how` says. */
  readonly value: number;
  /** 95 % of the null law lies between. */
  readonly low?: number;
  readonly high?: number;
  /** Probability, under the null, of a value at least as extreme. */
  readonly pValue?: number;
  /** 'exact', 'asymptotic' or 'simulated', and what: one phrase. */
  readonly how: string;
}
