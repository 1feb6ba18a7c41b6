/** Compares names as people count: runs of digits by their number, so that `part-2` stands before `part-10`. */
export function naturalOrder(a: string, b: string): number {
  const [left, right] = [partsOf(a), partsOf(b)];
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const order = inOrder(left[i], right[i]);
    if (order !== 0) return order;
  }
  // `a1` and `a01` differ in no number.
  return left.length - right.length || compared(a, b);
}

const partsOf = (name: string): string[] => name.match(/\d+|\D+/g) ?? [];

function inOrder(a: string, b: string): number {
  if (!/^\d/.test(a) || !/^\d/.test(b)) return compared(a, b);
  const [x, y] = [a.replace(/^0+/, ''), b.replace(/^0+/, '')];
  return x.length - y.length || compared(x, y);
}

const compared = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
