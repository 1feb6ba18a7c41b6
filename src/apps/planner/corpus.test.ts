import { expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { chooseEngine } from '../../engine/choose.ts';
import { type Corpus, corpusInMemory, directedCorpus, rowsOfCorpus } from './corpus.ts';
import { planCompression } from './plan.ts';

const random = Random.fromSeed(5);
const points = matrix(
  Float32Array.from({ length: 12_000 * 6 }, (_, e) => random.normal() / (1 + (e % 6))),
  12_000,
  6,
);

/** The same rows, in blocks of so many. */
function inParts(size: number): Corpus {
  const { rows, cols, data } = points;
  return {
    rows,
    cols,
    async *blocks() {
      for (let from = 0; from < rows; from += size) {
        const to = Math.min(rows, from + size);
        yield matrix(data.slice(from * cols, to * cols), to - from, cols);
      }
    },
  };
}

test('rows come in the order they were asked for, wherever blocks end', async () => {
  const lists = [Int32Array.of(11_999, 0, 7, 6), Int32Array.of(7, 7)];
  const whole = await rowsOfCorpus(corpusInMemory(points), lists);
  expect(await rowsOfCorpus(inParts(7), lists)).toEqual(whole);
  expect([...whole[0].data.subarray(0, 6)]).toEqual([...points.data.subarray(-6)]);
});

test('a plan does not depend on where blocks end', async () => {
  const engine = await chooseEngine('wasm', { threads: 1 });
  const options = { engine, target: { recall: 0.8 }, codecs: ['int8'], asked: 40 };
  expect(await planCompression(inParts(1009), options)).toEqual(
    await planCompression(points, options),
  );
});

test('a number that is not finite is named by its row in the file', async () => {
  const corpus: Corpus = {
    rows: 4,
    cols: 1,
    *blocks() {
      yield matrix(Float32Array.of(1, 2, 3), 3, 1);
      yield matrix(Float32Array.of(Number.NaN), 1, 1);
    },
  };
  const read = directedCorpus('compress plan', corpus);
  await expect(read).rejects.toThrow('row 3, column 0 is NaN; expected finite numbers.');
});

test('rows that are missing are told', async () => {
  const short = { ...inParts(5000), rows: 12_001 };
  const read = directedCorpus('compress plan', short);
  await expect(read).rejects.toThrow('12001 rows were announced, but 12000 were there.');
});

test('rows of length zero are left out, and the others keep their order', async () => {
  const data = Float32Array.from([1, 2, 0, 0, 3, 4, 0, 0]);
  const directed = await directedCorpus('compress plan', corpusInMemory(matrix(data, 4, 2)));
  expect(directed.rows).toBe(2);
  const [rows] = await rowsOfCorpus(directed, [Int32Array.of(1, 0)]);
  expect([...rows.data]).toEqual([3, 4, 1, 2]);
});
