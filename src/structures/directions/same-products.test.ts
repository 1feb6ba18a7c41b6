import { expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { referenceEngine } from '../../engine/reference.ts';
import { centered } from '../../numerics/rows/centered.ts';
import { rowDot } from '../../numerics/rows/dot.ts';
import { projected } from './directions.ts';
import { sameProducts } from './same-products.ts';

test('inner products are those of the projections, for fewer and for more directions than columns', async () => {
  const random = Random.fromSeed(1);
  const normals = (n: number) =>
    matrix(
      Float64Array.from({ length: n * 5 }, () => random.normal()),
      n,
      5,
    );
  const rows = normals(6);
  for (const k of [3, 12]) {
    const basis = normals(k);
    for (const isCentered of [false, true]) {
      const all = projected({ basis, origin: new Float64Array(5) }, rows);
      const own = isCentered ? centered(all) : all;
      const same = await sameProducts({ basis }, rows, isCentered, referenceEngine);
      expect(same.cols).toBe(Math.min(k, 5));
      for (let i = 0; i < 6; i++)
        for (let j = 0; j < 6; j++)
          expect(rowDot(same, i, same, j)).toBeCloseTo(rowDot(own, i, own, j), 11);
    }
  }
});
