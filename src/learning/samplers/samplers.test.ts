import { describe, expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { batches, classBalanced, memoryBank, pairs, triplets, twoViews } from './index.ts';

const stepsOf = (n: number) => Array.from({ length: n }, (_, i) => i + 1);

describe('batches', () => {
  test('every epoch has every row once, in an order of its own', () => {
    const { at, perEpoch, epochOf } = batches({ rows: 10, size: 4, seed: 1 });
    expect([perEpoch, ...stepsOf(7).map(epochOf)]).toEqual([3, 0, 0, 0, 1, 1, 1, 2]);
    const epochs = [0, 1].map((epoch) => [1, 2, 3].flatMap((k) => [...at(3 * epoch + k)]));
    for (const rows of epochs)
      expect(rows.toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(epochs[0]).not.toEqual(epochs[1]);
    expect(at(3).length).toBe(2);
  });

  test('a step needs none before it', () => {
    const { at } = batches({ rows: 100, size: 7, seed: 2 });
    const inOrder = stepsOf(40).map((step) => [...at(step)]);
    expect([...batches({ rows: 100, size: 7, seed: 2 }).at(38)]).toEqual(inOrder[37]);
    expect([...at(5)]).toEqual(inOrder[4]);
  });

  test('a dropped remainder leaves whole batches', () => {
    const { at, perEpoch } = batches({ rows: 10, size: 4, remainder: 'drop' });
    expect([perEpoch, ...stepsOf(4).map((step) => at(step).length)]).toEqual([2, 4, 4, 4, 4]);
  });

  test('a batch of more than all rows is all rows, and refused where it would be dropped', () => {
    expect(batches({ rows: 3, size: 8 }).at(1).length).toBe(3);
    expect(() => batches({ rows: 3, size: 8, remainder: 'drop' })).toThrow(
      'batches: option "size" must be at most the 3 rows; got 8.',
    );
    expect(() => batches({ rows: 0, size: 8 })).toThrow('option "rows"');
    expect(() => batches({ rows: 3, size: 1 }).at(0)).toThrow('option "step"');
  });
});

/** Three classes of 6, 3 and 1 rows, and two rows without one. */
const classes = Int32Array.of(0, 0, 1, -1, 0, 1, 2, 0, 0, 1, -1, 0);

describe('classBalanced', () => {
  test('P different classes with K different rows each; a short class repeats its rows', () => {
    const { at } = classBalanced({ classes, classesPerBatch: 2, rowsPerClass: 3, seed: 1 });
    for (const step of stepsOf(50)) {
      const rows = [...at(step)];
      const own = rows.map((row) => classes[row]);
      expect([own[0], own[0], own[3], own[3]]).toEqual([own[1], own[2], own[4], own[5]]);
      expect(own[0]).not.toBe(own[3]);
      for (const group of [rows.slice(0, 3), rows.slice(3)])
        expect(new Set(group).size).toBe(classes[group[0]] === 2 ? 1 : 3);
    }
  });

  test('each class comes as often as any other, in 600 batches to five standard errors', () => {
    const { at } = classBalanced({ classes, classesPerBatch: 1, rowsPerClass: 1, seed: 3 });
    const counts = [0, 0, 0];
    for (const step of stepsOf(600)) counts[classes[at(step)[0]]]++;
    const error = Math.sqrt((600 * 2) / 9);
    for (const count of counts) expect(Math.abs(count - 200)).toBeLessThan(5 * error);
  });

  test('more classes than there are are refused, and classes that are none', () => {
    expect(() => classBalanced({ classes, classesPerBatch: 4, rowsPerClass: 1 })).toThrow(
      'classBalanced: option "classesPerBatch" must be at most the 3 classes that have rows; got 4.',
    );
    expect(() => classBalanced({ classes: [0, 1.5], classesPerBatch: 1, rowsPerClass: 1 })).toThrow(
      'classBalanced: class 1.5 of row 1 is not a whole number from 0 on, nor −1 for none.',
    );
  });
});

describe('pairs and triplets', () => {
  test('pairs are different rows, half of them of one class, and say which', () => {
    const { at } = pairs({ classes, size: 9, seed: 1 });
    for (const step of stepsOf(30)) {
      const { left, right, same } = at(step);
      expect([...same]).toEqual([1, 0, 1, 0, 1, 0, 1, 0, 1]);
      for (let i = 0; i < 9; i++) {
        expect(left[i]).not.toBe(right[i]);
        expect(classes[left[i]]).toBeGreaterThanOrEqual(0);
        expect(classes[left[i]] === classes[right[i]]).toBe(same[i] === 1);
      }
    }
  });

  test('a triplet is two rows of one class and one of another', () => {
    const { at } = triplets({ classes, size: 20, seed: 1 });
    const { anchors, positives, negatives } = at(4);
    for (let i = 0; i < 20; i++) {
      expect(anchors[i]).not.toBe(positives[i]);
      expect(classes[anchors[i]]).toBe(classes[positives[i]]);
      expect(classes[negatives[i]]).not.toBe(classes[anchors[i]]);
      expect(classes[negatives[i]]).toBeGreaterThanOrEqual(0);
    }
    expect(new Set(Array.from(negatives, (row) => classes[row]))).toEqual(new Set([0, 1, 2]));
    expect(triplets({ classes, size: 20, seed: 1 }).at(4)).toEqual(at(4));
    expect(at(5)).not.toEqual(at(4));
  });

  test('one class alone, or a row for each, is refused', () => {
    for (const sampler of [pairs, triplets]) {
      expect(() => sampler({ classes: [1, 1, -1], size: 2 })).toThrow(
        `${sampler.name}: at least 2 classes are expected; the rows have 1.`,
      );
      expect(() => sampler({ classes: [0, 1, 2], size: 2 })).toThrow(
        `${sampler.name}: a class of at least 2 rows is expected; each row has its own.`,
      );
    }
  });
});

test('two views: each row twice, with a stream of its own, and partners that name one another', () => {
  const batch = matrix(Float32Array.of(1, 2, 3, 4), 2, 2);
  const noisy = twoViews(
    batch,
    (row, out, random) => {
      for (let c = 0; c < row.length; c++) out[c] = row[c] + random.normal();
    },
    Random.fromSeed(1),
  );
  expect([noisy.points.rows, noisy.points.cols, [...noisy.partners]]).toEqual([4, 2, [2, 3, 0, 1]]);
  expect(new Set(noisy.points.data).size).toBe(8);
  const plain = twoViews(batch, (row, out) => out.set(row), Random.fromSeed(1));
  expect([...plain.points.data]).toEqual([1, 2, 3, 4, 1, 2, 3, 4]);
});

describe('a memory bank', () => {
  test('has the last rows, the oldest first', () => {
    const bank = memoryBank({ capacity: 3, cols: 2 });
    expect(bank.rows().rows).toBe(0);
    bank.push(Float32Array.of(1, 1, 2, 2));
    expect([bank.size, [...bank.rows().data]]).toEqual([2, [1, 1, 2, 2]]);
    bank.push(Float32Array.of(3, 3, 4, 4));
    expect([bank.size, [...bank.rows().data]]).toEqual([3, [2, 2, 3, 3, 4, 4]]);
    bank.push(Float32Array.of(5, 5, 6, 6, 7, 7, 8, 8));
    expect([...bank.rows().data]).toEqual([6, 6, 7, 7, 8, 8]);
  });

  test('goes on from its arrays', () => {
    const [bank, copy] = [1, 2].map(() => memoryBank({ capacity: 2, cols: 1, float64: true }));
    bank.push(Float64Array.of(1, 2, 3));
    for (const [name, array] of Object.entries(bank.arrays)) copy.arrays[name].set(array);
    copy.push(Float64Array.of(4));
    expect([...copy.rows().data]).toEqual([3, 4]);
  });

  test('rows of another length or element type are refused', () => {
    const bank = memoryBank({ capacity: 2, cols: 3 });
    expect(() => bank.push(new Float32Array(4))).toThrow(
      'memoryBank: expected rows of 3 numbers; got 4 numbers.',
    );
    expect(() => bank.push(new Float64Array(3))).toThrow(
      'memoryBank: option "float64" must be as the rows are; got false.',
    );
  });
});
