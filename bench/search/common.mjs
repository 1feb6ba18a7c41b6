// What all programs of this bench share: their arguments, processor time, recall.
import { readFileSync } from 'node:fs';

export const EFFORTS = [10, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256, 384, 512];

/** ROWS TRUTH n d queries k; what is left are the program's own. */
export function given(args = process.argv.slice(2)) {
  const [rowsFile, truthFile, ...others] = args;
  const [n, d, count, k] = others.splice(0, 4).map(Number);
  const floats = readFileSync(rowsFile);
  const data = new Float32Array(floats.buffer, floats.byteOffset, (n + count) * d);
  const [points, queries] = [data.subarray(0, n * d), data.subarray(n * d)];
  const integers = readFileSync(truthFile);
  const truth = new Int32Array(integers.buffer, integers.byteOffset, count * k);
  return { n, d, count, k, points, queries, truth, own: others };
}

/** Seconds of all threads that the work took, the least of `times`, and what it gave. */
export async function seconds(work, times = 1) {
  let [least, result] = [Infinity, undefined];
  for (let turn = 0; turn < times; turn++) {
    const before = process.cpuUsage();
    result = await work();
    const { user, system } = process.cpuUsage(before);
    least = Math.min(least, (user + system) / 1e6);
  }
  return { seconds: least, result };
}

export function recallOf(rows, truth, k) {
  let hits = 0;
  for (let at = 0; at < truth.length; at += k) {
    const wanted = new Set(truth.subarray(at, at + k));
    for (let j = at; j < at + k; j++) if (wanted.has(Number(rows[j]))) hits += 1;
  }
  return hits / truth.length;
}
