import type { Random } from '../../core/random.ts';

/** How many of each part make up `count`, as evenly as the sizes allow; what is left over goes to the first parts with room. */
export function evenQuotas(sizes: ArrayLike<number>, count: number): Int32Array {
  const quotas = new Int32Array(sizes.length);
  let left = Math.min(
    count,
    Array.from(sizes).reduce((sum, size) => sum + size, 0),
  );
  while (left > 0) {
    const open = Array.from(quotas.keys()).filter((c) => quotas[c] < sizes[c]);
    const share = Math.floor(left / open.length);
    for (const c of open) {
      const more = Math.min(sizes[c] - quotas[c], share > 0 ? share : 1, left);
      quotas[c] += more;
      left -= more;
    }
  }
  return quotas;
}

/** `count` rows, as evenly from the k clusters as their sizes allow, within a cluster drawn; ascending. */
export function evenDraw(of: Int32Array, k: number, count: number, random: Random): Int32Array {
  const members = Array.from({ length: k }, (): number[] => []);
  for (const [i, c] of of.entries()) members[c].push(i);
  const quotas = evenQuotas(
    members.map(({ length }) => length),
    count,
  );
  const rows = members.flatMap((own, c) =>
    Array.from(random.fork(c).sample(own.length, quotas[c]), (at) => own[at]),
  );
  return Int32Array.from(rows).sort();
}
