import type { Choice } from './choice.ts';
import { joinedBytes, numberBytes, type StructuredCase, table, textBytes } from './table.ts';

interface Tensor {
  readonly name: string;
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly bytes: Uint8Array;
}

function safetensorsBytes(
  tensors: readonly Tensor[],
  metadata?: Record<string, string>,
): Uint8Array {
  let end = 0;
  const entries: [string, unknown][] = tensors.map(({ name, dtype, shape, bytes }) => {
    const range = [end, end + bytes.length];
    end += bytes.length;
    return [name, { dtype, shape, data_offsets: range }];
  });
  if (metadata) entries.unshift(['__metadata__', metadata]);
  const header = textBytes(JSON.stringify(Object.fromEntries(entries)));
  const length = new DataView(new ArrayBuffer(8));
  length.setBigUint64(0, BigInt(header.length), true);
  return joinedBytes([new Uint8Array(length.buffer), header, ...tensors.map(({ bytes }) => bytes)]);
}

export function safetensorsCase(choice: Choice): StructuredCase {
  const { points, ids } = table(choice);
  const [rows, cols] = [points.length, points[0].length];
  const type = choice.of(['f4', 'f8', 'bf16'] as const);
  const dtype = { f4: 'F32', f8: 'F64', bf16: 'BF16' }[type];
  const kind = choice.of([
    'matrix',
    'matrix',
    'a tensor a row',
    'bytes behind',
    'labels of another number',
    'ids',
  ]);
  const shape = choice.once(3) ? [rows, 1, cols] : [rows, cols];
  const matrix = { name: 'weights', dtype, shape, bytes: numberBytes(points.flat(), type) };
  const what = `safetensors ${dtype}, ${kind}`;
  const read = { what, options: {}, isRead: true };
  if (kind === 'a tensor a row') {
    const tensors = points.map((row, i): Tensor => {
      return { name: `doc ${i}`, dtype, shape: [cols], bytes: numberBytes(row, type) };
    });
    const labels = tensors.map(({ name }) => name);
    return { ...read, bytes: safetensorsBytes(tensors), expected: { points, labels } };
  }
  if (kind === 'bytes behind') {
    const bytes = joinedBytes([safetensorsBytes([matrix]), new Uint8Array(choice.whole(1, 100))]);
    return { ...read, bytes, expected: null };
  }
  if (kind === 'labels of another number') {
    const bytes = safetensorsBytes([matrix], { labels: JSON.stringify(['a']) });
    return { ...read, bytes, expected: null };
  }
  if (kind === 'ids' && typeof ids[0] === 'bigint') {
    const tensor = {
      name: 'id',
      dtype: 'I64',
      shape: [rows],
      bytes: numberBytes(ids as bigint[], 'i8'),
    };
    return {
      ...read,
      bytes: safetensorsBytes([matrix, tensor]),
      expected: { points, labels: ids.map(String) },
    };
  }
  return { ...read, bytes: safetensorsBytes([matrix], { format: 'pt' }), expected: { points } };
}

export function vecsCase(choice: Choice): StructuredCase {
  const { points } = table(choice);
  const damage = choice.of(['none', 'none', 'big-endian', 'bytes behind', 'another count', 'cut']);
  const little = damage !== 'big-endian';
  const rows = points.map((row, i) => {
    const count = new DataView(new ArrayBuffer(4));
    const isOther = damage === 'another count' && i === points.length - 1;
    count.setInt32(0, isOther ? row.length + 1 : row.length, little);
    return joinedBytes([new Uint8Array(count.buffer), numberBytes(row, 'f4', little)]);
  });
  const whole = joinedBytes(rows);
  const bytes =
    damage === 'bytes behind'
      ? joinedBytes([whole, new Uint8Array(3)])
      : damage === 'cut'
        ? whole.subarray(0, whole.length - 4)
        : whole;
  return {
    what: `fvecs, ${damage}`,
    bytes,
    options: { format: 'fvecs' },
    expected: damage === 'none' ? { points } : null,
    isRead: true,
  };
}
