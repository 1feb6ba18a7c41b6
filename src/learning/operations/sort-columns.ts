import type { Tensor } from '../tape/tensor.ts';
import { sortRows } from './sort-rows.ts';
import { transpose } from './transpose.ts';

/** The numbers of each column in ascending order, from the first row to the last: n × d. */
export function sortColumns(x: Tensor): Tensor {
  return transpose(sortRows(transpose(x)));
}
