import { describe, expect, test } from 'vitest';
import { freeEmbeddings, mostFreeDocuments } from './free-embeddings.ts';

describe('freeEmbeddings', () => {
  test('on a circle three documents have every pair to themselves, four have not', async () => {
    // A query on a circle sees the documents from the nearest on: the two best are neighbours on it, or equal ones.
    expect((await freeEmbeddings({ n: 3, d: 2 })).solved).toBe(true);
    const four = await freeEmbeddings({ n: 4, d: 2, patience: 100 });
    expect(four.solved).toBe(false);
    expect(four.accuracy).toBeLessThan(1);
    expect(await mostFreeDocuments({ d: 2, patience: 100 })).toBe(3);
  });

  test('what is solved has both documents of each pair before all others', async () => {
    const { documents, queries, solved, accuracy } = await freeEmbeddings({ n: 6, d: 4 });
    expect([solved, accuracy]).toEqual([true, 1]);
    expect([queries.rows, queries.cols, documents.rows]).toEqual([15, 4, 6]);
    let pair = 0;
    for (let i = 0; i < 6; i++) {
      for (let j = i + 1; j < 6; j++, pair++) {
        const scores = Array.from({ length: 6 }, (_, x) => {
          let product = 0;
          for (let c = 0; c < 4; c++)
            product += queries.data[pair * 4 + c] * documents.data[x * 4 + c];
          return product;
        });
        const order = [...scores.keys()].sort((a, b) => scores[b] - scores[a]);
        expect(order.slice(0, 2).sort((a, b) => a - b)).toEqual([i, j]);
      }
    }
  });

  test('rows are unit and the same seed gives the same ones', async () => {
    const [a, b, c] = [0, 0, 1].map((seed) => freeEmbeddings({ n: 5, d: 3, seed, steps: 3 }));
    expect(await a).toEqual(await b);
    expect((await a).documents.data).not.toEqual((await c).documents.data);
    const { data } = (await a).queries;
    for (let i = 0; i < 10; i++)
      expect(Math.hypot(...data.subarray(i * 3, i * 3 + 3))).toBeCloseTo(1, 12);
  });

  test('with patience it ends where the loss falls no more', async () => {
    const { steps, solved } = await freeEmbeddings({ n: 8, d: 2, patience: 5 });
    expect(solved).toBe(false);
    expect(steps).toBeLessThan(5000);
  });

  test('a run can be stopped, and sizes that make no sense are refused', async () => {
    const stopped = freeEmbeddings({ n: 5, d: 3, signal: AbortSignal.abort() });
    await expect(stopped).rejects.toThrow('abort');
    await expect(freeEmbeddings({ n: 1, d: 3 })).rejects.toThrow(
      '"n" must be an integer, at least 2',
    );
    await expect(mostFreeDocuments({ d: 0 })).rejects.toThrow('"d" must be an integer, at least 1');
  });
});
