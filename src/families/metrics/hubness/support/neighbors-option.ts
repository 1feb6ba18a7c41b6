import { integer } from '../../../../method/options.ts';

/** Neighbours of each row, in every number about hubs. */
// @__NO_SIDE_EFFECTS__
export function neighborsOption() {
  return integer(10, 'Neighbours counted for each row.', { min: 1, max: 1000, symbol: 'k' });
}

/** Said where k neighbours are all other rows. */
export function noFreedom(n: number, k: number): readonly string[] {
  if (n > k + 1) return [];
  return [`with ${n} rows, every row is among the ${k} nearest of every other.`];
}
