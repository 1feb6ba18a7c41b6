import { expect, test } from 'vitest';
import { type Matrix, matrix, toFloat32 } from '../core/matrix.ts';
import type { Codec, Codes } from '../families/compression/types.ts';
import { decodeModel, encodeModel } from '../learning/index.ts';
import type { AnyMethod } from '../method/method.ts';
import type { SmallProblem } from './small-problem.ts';

/** What every codec keeps: registers the tests. */
export function describeCodecLaws(method: AnyMethod, problem: SmallProblem): void {
  const codec = method as unknown as Codec;
  const points = toFloat32(problem.input as Matrix);
  const encoded = (more: object = {}) =>
    codec(points, { ...problem.options, ...more } as never, problem.run as never);
  const someQueries = matrix(
    points.data.slice(0, 3 * points.cols).map((x, e) => x + 0.1 * (e % 3)),
    3,
    points.cols,
  );

  test('codes each row as if it were alone', async () => {
    const { codes, model } = await encoded();
    const ready = await codec.ready(model);
    for (let i = 0; i < points.rows; i++) {
      const alone = await ready.encode(
        matrix(points.data.slice(i * points.cols, (i + 1) * points.cols), 1, points.cols),
      );
      expect(alone.bytes).toEqual(codeOf(codes, i));
    }
  });

  test('codes and decodes the same after it was saved', async () => {
    const { codes, model, bytesPerVector } = await encoded();
    const ready = await codec.ready(await decodeModel(encodeModel(model)));
    expect(ready.bytesPerVector).toBe(bytesPerVector);
    expect(await ready.encode(points)).toEqual(codes);
    const rows = await ready.decode(codes);
    expect([rows.rows, rows.cols]).toEqual([points.rows, points.cols]);
    expect(await ready.decode(codes)).toEqual(rows);
  });

  const fewer = 'axes' in codec.spec.options ? { dims: 4, axes: 'pca' } : { dims: 4 };
  for (const more of [{}, fewer]) {
    test(`products of codes are those of decoded rows (${JSON.stringify(more)})`, async () => {
      const { codes, model } = await encoded(more);
      const ready = await codec.ready(model);
      const { data: rows } = await ready.decode(codes);
      const { data: found } = await ready.products(someQueries, codes);
      const d = points.cols;
      for (let q = 0; q < 3; q++) {
        for (let i = 0; i < codes.rows; i++) {
          let wanted = 0;
          for (let c = 0; c < d; c++) wanted += someQueries.data[q * d + c] * rows[i * d + c];
          expect(Math.abs(found[q * codes.rows + i] - wanted)).toBeLessThan(1e-4);
        }
      }
    });
  }

  test('refuses rows and codes of another length in a sentence', async () => {
    const { codes, model } = await encoded();
    const ready = await codec.ready(model);
    const wider = matrix(new Float32Array(points.cols + 1), 1, points.cols + 1);
    await expect(ready.encode(wider)).rejects.toThrow(/expected rows of \d+; got \d+\./);
    const cut = { ...codes, bytes: codes.bytes.subarray(1) };
    await expect(ready.decode(cut)).rejects.toThrow(/codes of \d+ bytes have \d+ bytes; got \d+\./);
  });

  test('refuses to keep more coordinates than there are', async () => {
    await expect(encoded({ dims: points.cols + 1 })).rejects.toThrow('"dims" must be at most the');
  });
}

function codeOf({ bytes, bytesPerVector: width }: Codes, i: number): Uint8Array {
  return bytes.slice(i * width, (i + 1) * width);
}
