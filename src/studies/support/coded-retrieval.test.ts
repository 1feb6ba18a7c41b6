import { expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { referenceEngine } from '../../engine/reference.ts';
import { foundBy, rawCodes, sharedOf, zerosAndOnes } from './coded-retrieval.ts';

const study = { engine: referenceEngine, signal: undefined };

/** Documents at angles of 0°, 5°, … to the only query. */
const fan = (count: number) => {
  const angles = Array.from({ length: count }, (_, i) => (i * Math.PI) / 36);
  const data = Float32Array.from(angles.flatMap((angle) => [Math.cos(angle), Math.sin(angle)]));
  return matrix(data, count, 2);
};

const queries = matrix(new Float32Array([1, 0]), 1, 2);

test('plain vectors keep all ten, and the gain is that of the ranks of the answers', async () => {
  const documents = fan(12);
  // Ranks 1 and 3, worth 1 and 3: (1 + 3/log₂ 4)/(3 + 1/log₂ 3).
  const answers = [
    new Map([
      [0, 1],
      [2, 3],
    ]),
  ];
  const searched = { documents, queries, answers };
  const { gain, kept } = await foundBy(searched, searched, study);
  expect(kept).toBe(1);
  expect(gain).toBeCloseTo(2.5 / (3 + 1 / Math.log2(3)), 12);
});

test('an answer beyond the first ten gains nothing, and a query without one does not count', async () => {
  const documents = fan(12);
  const twice = matrix(new Float32Array([1, 0, 1, 0]), 2, 2);
  const searched = { documents, queries: twice, answers: [new Map([[11, 1]]), new Map()] };
  expect((await foundBy(searched, searched, study)).gain).toBe(0);
});

test('the other end of a fan keeps what both ends share', async () => {
  const documents = fan(12);
  const coded = { documents, queries: matrix(new Float32Array([0, 1]), 1, 2) };
  const { kept } = await foundBy(
    { documents, queries, answers: [new Map([[0, 1]])] },
    coded,
    study,
  );
  // Rows 0 to 9 against rows 2 to 11.
  expect(kept).toBe(0.8);
});

test('ten true rows are sought among more found ones', () => {
  const truth = Int32Array.from({ length: 10 }, (_, i) => i);
  expect(
    sharedOf(
      truth,
      Int32Array.from({ length: 20 }, (_, i) => i + 5),
      20,
    ),
  ).toBe(0.5);
});

test('codes and signs as numbers', () => {
  expect([...rawCodes(Uint8Array.of(0, 255), 2).data]).toEqual([0, 255]);
  expect([...rawCodes(Uint8Array.of(0, 255), 2, 128).data]).toEqual([-128, 127]);
  expect([...zerosAndOnes(matrix(new Float32Array([-1, 0, 2]), 1, 3)).data]).toEqual([0, 0, 1]);
});
