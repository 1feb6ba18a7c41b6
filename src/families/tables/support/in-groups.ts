import { concat, reshape, type Tensor, take } from '../../../learning/index.ts';

/**
 * Vectors of ids that are made group by group, n × dim: `make` gives those of the ids at some places, in their order.
 *
 * @param groups the group of each id
 */
export function inGroups(
  groups: ArrayLike<number>,
  dim: number,
  make: (group: number, places: Int32Array) => Tensor,
): Tensor {
  const n = groups.length;
  const members = new Map<number, number[]>();
  for (let i = 0; i < n; i++) {
    const known = members.get(groups[i]);
    if (known) known.push(i);
    else members.set(groups[i], [i]);
  }
  const ordered = [...members].sort(([a], [b]) => a - b);
  const made = ordered.map(([group, places]) => make(group, Int32Array.from(places)));
  if (made.length === 1) return made[0];
  // Rows below one another, by way of one long row; then back to where their ids stand.
  const long = made.map((part) => reshape(part, [1, part.shape[0] * dim]));
  const back = new Int32Array(n);
  ordered
    .flatMap(([, places]) => places)
    .forEach((place, at) => {
      back[place] = at;
    });
  return take(reshape(concat(...long), [n, dim]), back);
}
