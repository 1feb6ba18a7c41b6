import { describe, expect, it } from 'vitest';
import { vectorOf } from './vector-cells.ts';
import { vectorOfText } from './vector-text.ts';

const base64 = (values: ArrayBufferView): string =>
  btoa(String.fromCharCode(...new Uint8Array(values.buffer)));

/** 32 numbers of ordinary size that float16 holds. */
const halves = Array.from({ length: 32 }, (_, i) => Math.sin(i + 1));

describe('the vector in a text', () => {
  it.each([
    ['[0.5, -1, 2e-3]', [0.5, -1, 0.002]],
    ['[0.1 0.2\n 0.3]', [0.1, 0.2, 0.3]],
    ['[[1., 2.]]', [1, 2]],
    ["tensor([0.1000, 0.2000], device='cuda:0', grad_fn=<MulBackward0>)", [0.1, 0.2]],
    ['array([1, 2], dtype=float32)', [1, 2]],
    ['[np.float32(1.5), np.float64(2)]', [1.5, 2]],
    ['{0.1,NULL,0.2}', [0.1, Number.NaN, 0.2]],
    ['{1:0.5,3:2}/4', [0.5, 0, 2, 0]],
    ['1 2 3', [1, 2, 3]],
    ['1|2|3', [1, 2, 3]],
    ['[NaN, inf, -Infinity, null]', [Number.NaN, Infinity, -Infinity, Number.NaN]],
    [base64(Float32Array.of(1.5, -2)), [1.5, -2]],
  ])('%s', (text, numbers) => {
    expect(Array.from(vectorOfText(text, undefined) as ArrayLike<number>)).toEqual(numbers);
  });

  it.each([
    ['[0.1 0.2 ... 0.5]', /cut off by "\.\.\."/],
    ['tensor([0.1, …, 0.5])', /cut off/],
    ['[1,,2]', /has "" at number 2/],
    ['[1, two]', /has "two" at number 2/],
    ['[[1, 2], [3, 4]]', /holds 2 lists/],
    ['[]', /empty list/],
    ['a sentence', /holds text, not numbers \("a sentence"\)/],
    [btoa('12345'), /5 bytes, which are no whole number of f4/],
    ['d41d8cd98f00b204e9800998ecf8427e', /holds text, not numbers/],
    ['{9:1}/4', /in its sparse vector of 4/],
  ])('%s is none', (text, fault) => {
    expect(vectorOfText(text, undefined)).toMatch(fault);
  });

  it('a missing value is missing, not a fault', () => {
    for (const text of ['', ' ', 'null', 'None', 'NaN', '<NA>']) {
      expect(vectorOfText(text, undefined)).toBeNull();
    }
  });

  it('base64 of another type is refused until the type is named', () => {
    const half = new Uint16Array(halves.map((x) => halfBits(x)));
    expect(vectorOfText(base64(half), undefined)).toMatch(/no float32 \(--base64 names their type/);
    expect((vectorOfText(base64(half), 'f2') as ArrayLike<number>).length).toBe(32);
    const doubles = base64(Float64Array.from(halves));
    expect(vectorOfText(doubles, undefined)).toMatch(/no float32/);
    expect(Array.from(vectorOfText(doubles, 'f8') as ArrayLike<number>)).toEqual(
      halves.map(Math.fround),
    );
    const bytes = Int8Array.from(halves, (x) => Math.round(127 * x));
    expect(vectorOfText(base64(bytes), undefined)).toMatch(/no float32/);
    expect(Array.from(vectorOfText(base64(bytes), 'i1') as ArrayLike<number>)).toEqual([...bytes]);
    expect(vectorOfText(base64(Float32Array.from(halves)), undefined)).toHaveLength(32);
  });
});

/** The bits of a half float, cut off: near enough for the type to show. */
function halfBits(x: number): number {
  const bits = new DataView(new ArrayBuffer(4));
  bits.setFloat32(0, x);
  const all = bits.getUint32(0);
  const exponent = ((all >>> 23) & 255) - 112;
  return ((all >>> 16) & 0x8000) | (exponent << 10) | ((all >>> 13) & 0x3ff);
}

describe('the vector in an object', () => {
  it('is dense or sparse as Spark writes it, a typed array as JSON, or values inside', () => {
    expect(vectorOf({ type: 1, values: [1, 2] })).toEqual(Float64Array.of(1, 2));
    const sparse = { type: 0, size: 4, indices: [1, 3], values: [5, 6] };
    expect(vectorOf(sparse)).toEqual(Float64Array.of(0, 5, 0, 6));
    expect(vectorOf({ 0: 1.5, 1: 2 })).toEqual(Float64Array.of(1.5, 2));
  });

  it('is none in a sparse vector that does not say its size, or a place beyond it', () => {
    expect(vectorOf({ indices: [1], values: [5] })).toMatch(/does not say its size/);
    expect(vectorOf({ size: 2, indices: [2], values: [5] })).toMatch(/the place 2 of 2/);
    expect(vectorOf({ type: 'Buffer', data: [1, 2, 3] })).toMatch(/3 bytes/);
    expect(vectorOf({ model: 'a' })).toMatch(/an object \(model\)/);
  });
});
