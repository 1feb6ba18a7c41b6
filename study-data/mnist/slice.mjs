// node slice.mjs FROM TO: the first 150 images of each class for training and the first 50 for testing, in the order
// of the files, as IDX files of the same names.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';

const [from, to] = process.argv.slice(2);

function idx(name) {
  const packed = join(from, `${name}.gz`);
  const bytes = existsSync(packed)
    ? gunzipSync(readFileSync(packed))
    : readFileSync(join(from, name));
  const axes = bytes[3];
  const shape = Array.from({ length: axes }, (_, a) => bytes.readUInt32BE(4 + 4 * a));
  return { head: bytes.subarray(0, 4), shape, data: bytes.subarray(4 + 4 * axes) };
}

function write(name, { head, shape, data }, rows) {
  const size = data.length / shape[0];
  const lengths = Buffer.alloc(4 * shape.length);
  [rows.length, ...shape.slice(1)].forEach((n, a) => lengths.writeUInt32BE(n, 4 * a));
  const kept = rows.map((i) => data.subarray(i * size, (i + 1) * size));
  writeFileSync(
    join(to, `${name}.gz`),
    gzipSync(Buffer.concat([head, lengths, ...kept]), { level: 9 }),
  );
}

for (const [part, each] of [
  ['train', 150],
  ['t10k', 50],
]) {
  const labels = idx(`${part}-labels-idx1-ubyte`);
  const taken = new Array(10).fill(0);
  const rows = [...labels.data.keys()].filter((i) => taken[labels.data[i]]++ < each);
  write(`${part}-labels-idx1-ubyte`, labels, rows);
  write(`${part}-images-idx3-ubyte`, idx(`${part}-images-idx3-ubyte`), rows);
}
