import { describe, expect, test } from 'vitest';
import { gathered, type Matrix } from '../../core/matrix.ts';
import { classesOfTwo, describeObjectiveLaws } from '../../testing/objective-laws.ts';
import { fromRows, simplex, uniformRows } from '../../testing/points.ts';
import { proxies } from './proxies.ts';

/** Cosines of all rows with the mean directions of the classes 0 … count − 1. */
function cosines({ data, rows: n, cols: d }: Matrix, classes: Int32Array, count: number) {
  const rows = Array.from({ length: n }, (_, i) => Array.from(data.subarray(i * d, (i + 1) * d)));
  const directions = Array.from({ length: count }, (_, c) => {
    const own = rows.filter((_, i) => classes[i] === c);
    const sum = own.reduce((total, row) => total.map((x, e) => x + row[e]));
    return sum.map((x) => x / Math.hypot(...sum));
  });
  return rows.map((row) => directions.map((p) => p.reduce((s, x, e) => s + x * row[e], 0)));
}

describe('proxies', () => {
  const classes = Int32Array.of(0, 1, 2, 0, 1, 2, 0, -1, -1);
  const rows = Array.from(classes.keys());
  const points = uniformRows(9, 4, 3);
  const s = cosines(points, classes, 3);

  test('anchor is Eq. (4) of Proxy-Anchor, rows of no class as negatives', async () => {
    const [alpha, margin] = [5, 0.2];
    let wanted = 0;
    for (let c = 0; c < 3; c++) {
      const near = rows.filter((i) => classes[i] === c);
      const far = rows.filter((i) => classes[i] !== c);
      const total = (chosen: number[], f: (x: number) => number) =>
        chosen.reduce((sum, i) => sum + Math.exp(f(s[i][c])), 0);
      wanted += Math.log(1 + total(near, (x) => -alpha * (x - margin))) / 3;
      wanted += Math.log(1 + total(far, (x) => alpha * (x + margin))) / 3;
    }
    const { loss } = await proxies(points, { alpha, margin }, { classes });
    expect(loss).toBeCloseTo(wanted, 12);
  });

  test('nca is Eq. (4) of Proxy-NCA by squared distances', async () => {
    const asked = rows.filter((i) => classes[i] >= 0);
    const square = (i: number, c: number) => 2 - 2 * s[i][c];
    const losses = asked.map((i) => {
      const others = [0, 1, 2].filter((c) => c !== classes[i]);
      const sum = others.reduce((total, c) => total + Math.exp(-square(i, c)), 0);
      return -Math.log(Math.exp(-square(i, classes[i])) / sum);
    });
    const { loss } = await proxies(points, { form: 'nca' }, { classes });
    expect(loss).toBeCloseTo(losses.reduce((a, b) => a + b, 0) / asked.length, 12);
  });

  test('of collapsed classes at a simplex: closed forms, at rest', async () => {
    const [d, m, other] = [3, 2, -1 / 3];
    const collapsed = Int32Array.from({ length: 8 }, (_, i) => Math.floor(i / m));
    const corners = gathered(simplex(d), collapsed);
    const nca = await proxies(corners, { form: 'nca' }, { classes: collapsed });
    expect(nca.loss).toBeCloseTo(Math.log(3 * Math.exp(2 * other - 2)), 12);
    const anchor = await proxies(corners, {}, { classes: collapsed });
    const own = Math.log1p(m * Math.exp(-32 * 0.9));
    expect(anchor.loss).toBeCloseTo(own + Math.log1p(6 * Math.exp(32 * (other + 0.1))), 12);
    for (const { gradient } of [nca, anchor]) {
      for (const value of gradient.data) expect(Math.abs(value)).toBeLessThan(1e-12);
    }
  });

  test('does not overflow at the steepest', async () => {
    const opposed = fromRows([
      [1, 0],
      [-1, 0],
      [1, 0],
      [0, 1],
    ]);
    const { loss } = await proxies(opposed, { alpha: 300, margin: 2 }, classesOfTwo(4));
    expect(Number.isFinite(loss)).toBe(true);
  });

  test('refuses one class', async () => {
    const one = Int32Array.of(0, 0, 0, 0, 0, 0, 0, 0, 0);
    await expect(proxies(points, {}, { classes: one })).rejects.toThrow(
      'proxies: expected 2 classes at least; got 1.',
    );
  });

  const laws = { factsOf: classesOfTwo, fewest: 3 };
  describeObjectiveLaws(proxies.bind({ alpha: 4 }), laws);
  describeObjectiveLaws(proxies.bind({ form: 'nca' }), laws);
});
