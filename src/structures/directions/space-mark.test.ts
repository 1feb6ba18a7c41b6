import { describe, expect, test } from 'vitest';
import { gathered, type Matrix, matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { unitRows } from '../../core/rows.ts';
import { loadGlove, loadPackageDescriptions } from '../../io/datasets/index.ts';
import { requireSpace, spaceAgreement, spaceMark } from './space-mark.ts';

const glove = (await loadGlove()).points;
const packages = columns((await loadPackageDescriptions()).points, 0, 100);

function columns({ data, rows, cols }: Matrix, from: number, count: number): Matrix {
  const part = new Float32Array(rows * count);
  for (let i = 0; i < rows; i++)
    for (let c = 0; c < count; c++) part[i * count + c] = data[i * cols + from + c];
  return matrix(part, rows, count);
}

/** Rows from one on. */
function stretch(m: Matrix, from: number, count: number): Matrix {
  return gathered(
    m,
    Int32Array.from({ length: count }, (_, i) => from + i),
  );
}

const half = (m: Matrix, which: 0 | 1) =>
  stretch(m, which * Math.floor(m.rows / 2), Math.floor(m.rows / 2));

function isRefused(marked: Matrix, rows: Matrix): boolean {
  try {
    requireSpace('axis', spaceMark(marked), rows);
    return false;
  } catch {
    return true;
  }
}

describe('the mark of a space', () => {
  for (const [name, m] of [
    ['word vectors', glove],
    ['package descriptions', packages],
  ] as const) {
    test(`${name}: the other half is of the space, raw or at unit length`, () => {
      for (const which of [0, 1] as const) {
        const other = half(m, which === 0 ? 1 : 0);
        expect(isRefused(half(m, which), other)).toBe(false);
        expect(isRefused(half(m, which), unitRows('rows', other).points)).toBe(false);
      }
    });

    test(`${name}: of 100 rows one after another, alike as they are, none or a few are refused`, () => {
      const mark = half(m, 0);
      const other = half(m, 1);
      const random = Random.fromSeed(5);
      let refused = 0;
      for (let t = 0; t < 50; t++)
        if (isRefused(mark, stretch(other, random.integer(other.rows - 100), 100))) refused += 1;
      expect(refused).toBeLessThanOrEqual(1);
    });

    test(`${name}: a single row of the space passes`, () => {
      for (let row = 0; row < 20; row++)
        expect(isRefused(half(m, 0), stretch(half(m, 1), row, 1))).toBe(false);
    });
  }

  test('a thousand rows of another model of the same width are refused, whichever it is', () => {
    const refusal = /^axis: the rows are of another space than the directions: .*--any-space/;
    expect(() => requireSpace('axis', spaceMark(glove), stretch(packages, 0, 1000))).toThrow(
      refusal,
    );
    expect(() => requireSpace('axis', spaceMark(packages), stretch(glove, 0, 1000))).toThrow(
      refusal,
    );
  });

  test('who has no flag is told of none', () => {
    const mark = spaceMark(glove);
    expect(() => requireSpace('x', mark, stretch(packages, 0, 1000), { hasFlag: false })).toThrow(
      /its own rows reach about \d+\)\.$/,
    );
  });

  test('a space with a strong mean knows a single stranger', () => {
    let refused = 0;
    for (let row = 0; row < 20; row++)
      if (isRefused(packages, stretch(glove, 500 * row, 1))) refused += 1;
    expect(refused).toBeGreaterThanOrEqual(18);
  });

  test('who says that it is the space all the same is believed', () => {
    const mark = spaceMark(packages);
    expect(() => requireSpace('axis', mark, glove, { anySpace: true })).not.toThrow();
  });

  test('where all columns are alike nothing can be told, and rows pass', () => {
    const random = Random.fromSeed(1);
    const rows = () =>
      matrix(
        Float64Array.from({ length: 200 * 50 }, () => random.normal()),
        200,
        50,
      );
    const [a, b] = [rows(), rows()];
    expect(isRefused(a, b)).toBe(false);
    const same = matrix(new Float64Array(20).fill(3), 4, 5);
    expect(spaceAgreement(spaceMark(same), same)).toEqual({ observed: 0, expected: 0 });
  });
});
