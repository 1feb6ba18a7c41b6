import type { Choice } from './choice.ts';
import { numberBytes } from './table.ts';

/** A way of writing a vector in a cell. */
export interface Form {
  readonly name: string;
  readonly of: (vector: readonly number[]) => unknown;
  /** Whether nothing of a vector is left that could be read. */
  readonly isLost?: boolean;
}

const base64 = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes));

/** Texts that stand for vectors, and some that no longer do. */
export const TEXT_FORMS: readonly Form[] = [
  { name: 'JSON text', of: (v) => JSON.stringify(v) },
  { name: 'Python text', of: (v) => `[${v.join(', ')}]` },
  { name: 'NumPy text', of: (v) => `[${v.join(' ')}]` },
  { name: 'NumPy text in lines', of: (v) => `[ ${v.join('\n  ')} ]` },
  { name: 'NumPy scalars', of: (v) => `[${v.map((x) => `np.float32(${x})`).join(', ')}]` },
  { name: 'tensor', of: (v) => `tensor([${v.join(', ')}])` },
  { name: 'tensor on a device', of: (v) => `tensor([[${v.join(', ')}]], device='cuda:0')` },
  { name: 'array', of: (v) => `array([${v.join(', ')}], dtype=float32)` },
  { name: 'Postgres array', of: (v) => `{${v.join(',')}}` },
  { name: 'tuple', of: (v) => `(${v.join(', ')})` },
  { name: 'base64', of: (v) => base64(numberBytes(v, 'f4')) },
  { name: 'blanks between', of: (v) => v.join(' ') },
  { name: 'elided', of: (v) => `[${v[0]} ... ${v[v.length - 1]}]`, isLost: true },
  { name: 'elided tensor', of: (v) => `tensor([${v[0]}, ..., ${v[1]}])`, isLost: true },
  { name: 'words', of: (v) => `a text of ${v.length} numbers`, isLost: true },
  { name: 'cut base64', of: (v) => base64(numberBytes(v, 'f4').subarray(1)), isLost: true },
  {
    name: 'base64 of doubles',
    of: (v) =>
      base64(
        numberBytes(
          v.map((x) => x + 0.1),
          'f8',
        ),
      ),
    isLost: true,
  },
  { name: 'a gap', of: (v) => `[${v[0]},,${v[1]}]`, isLost: true },
  { name: 'several lists', of: (v) => `[[${v.join(',')}],[${v.join(',')}]]`, isLost: true },
];

const sparse = (v: readonly number[]): unknown => {
  const indices = v.flatMap((x, i) => (x === 0 ? [] : [i]));
  return { type: 0, size: v.length, indices, values: indices.map((i) => v[i]) };
};

/** Values of JSON that stand for vectors. */
export const JSON_FORMS: readonly Form[] = [
  { name: 'list', of: (v) => v },
  { name: 'list of a list', of: (v) => [v] },
  { name: 'Spark dense', of: (v) => ({ type: 1, values: v }) },
  { name: 'Spark sparse', of: sparse },
  { name: 'typed array', of: (v) => Object.fromEntries(v.entries()) },
  {
    name: 'tensor object',
    of: (v) => ({ dims: [1, v.length], type: 'float32', data: Object.fromEntries(v.entries()) }),
  },
  { name: 'values inside', of: (v) => ({ values: v, model: 'm' }) },
  ...TEXT_FORMS,
  { name: 'list of texts', of: (v) => v.map((x) => `n${x}`), isLost: true },
  { name: 'sparse without size', of: (v) => ({ indices: [0], values: [v[0]] }), isLost: true },
  { name: 'truth values', of: (v) => v.map((x) => x > 0), isLost: true },
];

/** What happens to single rows: a missing vector, a shorter one. Nothing right is left then. */
export function damagedRow(choice: Choice): 'none' | 'null' | 'short' | 'long' {
  return choice.once(6) ? choice.of(['null', 'short', 'long']) : 'none';
}

export function damaged(vector: readonly number[], damage: string): readonly number[] | null {
  if (damage === 'null') return null;
  return damage === 'short' ? vector.slice(1) : [...vector, 1];
}
