import { meanEstimate, wilsonInterval } from '../../numerics/statistics/intervals.ts';

/** Share of the true neighbours, with its 95 % interval. */
export interface Recall {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** The mean of the shares of rows, with Wilson's interval for as many independent trials as give the variance between the rows. */
export function meanRecall(shares: Float64Array): Recall {
  const { value, standardError } = meanEstimate(shares);
  const trials = standardError > 0 ? (value * (1 - value)) / standardError ** 2 : shares.length;
  return { value, ...wilsonInterval(value, trials) };
}
