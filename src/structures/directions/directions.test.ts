import { expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { memoryStore } from '../../io/byte-store.ts';
import { encodeDescribed } from '../../io/described.ts';
import {
  type Directions,
  decodeDirections,
  directionAt,
  encodeDirections,
  loadDirections,
  projected,
} from './directions.ts';
import { requireSpace } from './space-mark.ts';

const directions: Directions = {
  basis: matrix(Float64Array.of(1, 0, 0.6, 0.8), 2, 2),
  names: ['price', 'age'],
  origin: Float64Array.of(1, 1),
  draws: matrix(Float64Array.of(1, 0, 0, 1, 0.8, 0.6, 0.6, 0.8), 4, 2),
  space: { mean: Float64Array.of(1, 1), deviations: Float64Array.of(1, 2) },
  provenance: { method: 'ridge', options: { penalty: 1 }, rows: 7, facts: { spearman: 0.5 } },
};

test('the projection of a row is its product with the direction, from the origin on', () => {
  const { data } = projected(directions, matrix(Float64Array.of(2, 1, 1, 1), 2, 2));
  for (const [e, expected] of [1, 0.6, 0, 0].entries()) expect(data[e]).toBeCloseTo(expected, 14);
});

test('a file gives back all that was written', async () => {
  expect(await decodeDirections(encodeDirections(directions))).toEqual(directions);
});

test('one direction takes its own draws along', () => {
  const { names, basis, draws } = directionAt(directions, 1);
  expect([names, Array.from(basis.data), Array.from(draws.data)]).toEqual([
    ['age'],
    [0.6, 0.8],
    [0, 1, 0.6, 0.8],
  ]);
});

test('what is no file of directions, or a damaged one, is refused in a sentence', async () => {
  const bytes = encodeDirections({ ...directions, names: ['price'] });
  await expect(decodeDirections(bytes, 'a.safetensors')).rejects.toThrow(
    'a.safetensors: the description of the directions is damaged.',
  );
  await expect(
    decodeDirections(new TextEncoder().encode('a,b\n1,2\n3,4\n'), 'c.csv'),
  ).rejects.toThrow(
    'c.csv: a file of directions (tammes explain axis -o) is expected: this is no safetensors file.',
  );
  const model = encodeDescribed({ format: 'tammes-model', version: 1, title: 'model' }, {}, []);
  await expect(decodeDirections(model, 'm.safetensors')).rejects.toThrow(
    'm.safetensors: a file of directions (tammes explain axis -o) is expected (tammes-directions); this is "tammes-model".',
  );
  await expect(loadDirections(memoryStore('b.safetensors'))).rejects.toThrow(
    'b.safetensors: there is no file of directions.',
  );
});

test('rows of a space of other size are refused', () => {
  const rows = matrix(new Float32Array(3), 1, 3);
  expect(() => requireSpace('axis', directions.space, rows)).toThrow(
    'axis: the directions are of a space of 2 columns; the rows have 3.',
  );
});

test.each([1, 2, 3, 4, 5, 9])(
  'projections on %i directions are sums in the order of the columns',
  (k) => {
    const random = Random.fromSeed(k);
    const [n, d] = [7, 5];
    const basis = matrix(new Float64Array(k * d), k, d);
    random.normals(basis.data);
    const rows = matrix(
      Float32Array.from({ length: n * d }, () => random.normal()),
      n,
      d,
    );
    const origin = Float64Array.from({ length: d }, () => random.normal());
    const along = (j: number, of: (c: number) => number) => {
      let sum = 0;
      for (let c = 0; c < d; c++) sum += basis.data[j * d + c] * of(c);
      return sum;
    };
    const expected = Float64Array.from({ length: n * k }, (_, e) => {
      const [i, j] = [Math.floor(e / k), e % k];
      return along(j, (c) => rows.data[i * d + c]) - along(j, (c) => origin[c]);
    });
    expect(projected({ basis, origin }, rows).data).toEqual(expected);
  },
);

test('a file with a value that is no number is refused by the array that has it', async () => {
  const draws = matrix(directions.draws.data.with(3, Number.NaN), 4, 2);
  await expect(decodeDirections(encodeDirections({ ...directions, draws }), 'a')).rejects.toThrow(
    'a: the array draws of the directions is missing or damaged.',
  );
});
