/** The m places of the largest counts, largest first, equal ones by lower place: in one pass, whatever their number. */
export function mostFrequent(counts: Int32Array, m: number): Int32Array {
  const most = counts.reduce((a, b) => Math.max(a, b), 0);
  const often = new Float64Array(most + 1);
  for (const count of counts) often[count] += 1;
  let [least, found] = [most, often[most]];
  while (least > 0 && found < m) found += often[--least];
  const places: number[] = [];
  let spare = m - (found - often[least]);
  for (let i = 0; i < counts.length; i++) {
    if (counts[i] > least) places.push(i);
    else if (counts[i] === least && spare-- > 0) places.push(i);
  }
  return Int32Array.from(places.sort((a, b) => counts[b] - counts[a] || a - b));
}
