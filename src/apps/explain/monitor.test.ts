import { describe, expect, test } from 'vitest';
import { gathered, type Matrix, matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { meanOf } from '../../numerics/statistics/averages.ts';
import { checkMonitor, fitMonitor } from './monitor.ts';
import { decodeMonitor, encodeMonitor } from './monitor-file.ts';

/** Two classes two deviations to either side of 0 in the first column, and the same in a second layer, doubled. */
function planted(n: number, random: Random) {
  const [d, data, classes] = [4, new Float32Array(n * 4), [] as string[]];
  for (let i = 0; i < n; i++) {
    const side = random.uniform() < 0.5 ? -1 : 1;
    classes.push(side < 0 ? 'no' : 'yes');
    for (let c = 0; c < d; c++) data[i * d + c] = random.normal() + (c === 0 ? 2 * side : 0);
  }
  const first = matrix(data, n, d);
  const second = matrix(
    data.map((x) => 2 * x + 0.2 * random.normal()),
    n,
    d,
  );
  return { layers: layersOf(first, second), classes };
}

const layersOf = (...layers: Matrix[]) =>
  layers.map((points, l) => ({ name: `layer ${l}`, points }));

const { layers, classes } = planted(1200, Random.fromSeed(1));

test('the probe finds the planted crossing, and margins are deviations from it', async () => {
  const { monitor, accuracy, passes, fitted, setAside } = await fitMonitor({ layers, classes });
  expect([monitor.classes, passes, fitted, setAside]).toEqual([['no', 'yes'], 0, 600, 600]);
  for (const { probe, deviation } of monitor.layers) {
    expect(probe.basis.data[0]).toBeGreaterThan(0.98);
    expect(deviation).toBeGreaterThan(0.85);
  }
  // Φ(2) of the rows lie on the side of their class.
  expect(accuracy[0].low).toBeLessThan(0.977);
  expect(accuracy[0].high).toBeGreaterThan(0.977);
  const at = (x: number) => matrix(Float32Array.of(x, 0, 0, 0), 1, 4);
  const { margins } = await checkMonitor(
    monitor,
    { layers: layersOf(at(3), at(6)) },
    { anySpace: true },
  );
  for (const margin of margins.data) expect(Math.abs(margin - 3)).toBeLessThan(0.4);
});

describe('alarms', () => {
  const others = planted(300, Random.fromSeed(2)).layers;

  test('a row on the crossing, one that jumps across and one among rows of the other class', async () => {
    const { monitor } = await fitMonitor({ layers, classes }, { level: 0.02 });
    const rows = [0, 0, 0, 0, 5, 0, 0, 0, -3, 0, 0, 0];
    const second = [0, 0, 0, 0, -10, 0, 0, 0, 5, 0, 0, 0];
    const { alarms, p } = await checkMonitor(
      monitor,
      {
        layers: layersOf(
          matrix(Float32Array.from(rows), 3, 4),
          matrix(Float32Array.from(second), 3, 4),
        ),
      },
      { anySpace: true },
    );
    const reasons = new Map(alarms.map(({ row, reason }) => [row, reason]));
    expect(['margin', 'neighbors']).toContain(reasons.get(0));
    expect(['jump', 'neighbors']).toContain(reasons.get(1));
    expect(['jump', 'neighbors']).toContain(reasons.get(2));
    expect(alarms.map(({ p: own }) => own)).toEqual(Array.from(p).sort((a, b) => a - b));
  });

  test('each row as if it were alone, and the same from a file', async () => {
    const { monitor } = await fitMonitor({ layers, classes });
    const all = await checkMonitor(monitor, { layers: others });
    const again = await decodeMonitor(encodeMonitor(monitor));
    expect(await checkMonitor(again, { layers: others })).toEqual(all);
    const own = others.map(({ name, points }) => ({ name, points: gathered(points, [7]) }));
    const alone = await checkMonitor(monitor, { layers: own }, { anySpace: true });
    expect(alone.p[0]).toBe(all.p[7]);
  });

  test.each([0.05, 0.1])(
    'at a level of %d, over 200 draws, ordinary rows raise one at that rate',
    async (level) => {
      const shares: number[] = [];
      for (let draw = 0; draw < 200; draw++) {
        const random = Random.fromSeed(7).fork(draw);
        // Calibration rows are 99: alarms are due at ⌊level·100⌋/100 exactly, but for ties.
        const fit = planted(396, random.fork('fit'));
        const { monitor } = await fitMonitor(fit, { level, seed: draw });
        const rows = planted(100, random.fork('rows'));
        shares.push((await checkMonitor(monitor, rows, { anySpace: true })).share);
      }
      expect(Math.abs(meanOf(shares) - level)).toBeLessThan(0.01);
    },
  );
});

test('one layer is enough', async () => {
  const { monitor } = await fitMonitor({ layers: layers.slice(0, 1), classes });
  const { margins } = await checkMonitor(monitor, { layers: layers.slice(0, 1) });
  expect(margins.cols).toBe(1);
});

test('classes that a point each is are told apart', async () => {
  const data = Float32Array.from({ length: 800 }, (_, e) => (e >> 1) % 2);
  const points = matrix(data, 400, 2);
  const own = Array.from({ length: 400 }, (_, i) => `${i % 2}`);
  const { monitor, accuracy } = await fitMonitor(
    { layers: layersOf(points), classes: own },
    { level: 0.05 },
  );
  expect(accuracy[0].value).toBe(1);
  const { share } = await checkMonitor(monitor, { layers: layersOf(points) }, { anySpace: true });
  expect(share).toBe(0);
});

describe('refused in a sentence', () => {
  const refusal = (input: Parameters<typeof fitMonitor>[0], options = {}) =>
    expect(fitMonitor(input, options)).rejects;

  test('one class, three, a class too few, layers of other lengths, none', async () => {
    await refusal({ layers, classes: classes.map(() => 'a') }).toThrow(
      'explain monitor: two classes are needed, between which rows may cross; the rows have one, "a".',
    );
    await refusal({ layers, classes: classes.map((_, i) => `${i % 3}`) }).toThrow(
      'the rows have 3.',
    );
    await refusal({ layers, classes: ['a'] }).toThrow(
      'explain monitor: expected a class for each of the 1200 rows; got 1.',
    );
    const short = layersOf(layers[0].points, gathered(layers[1].points, [0, 1]));
    await refusal({ layers: short, classes }).toThrow(
      'layer 1: expected 1200 rows, as the first layer has; got 2.',
    );
    await refusal({ layers: [], classes }).toThrow('one layer or more is needed.');
  });

  test('too few rows for the level, a class of which no row is fitted to, a level that is none', async () => {
    const few = layers.map(({ name, points }) => ({
      name,
      points: gathered(
        points,
        Array.from({ length: 200 }, (_, i) => i),
      ),
    }));
    await refusal({ layers: few, classes: classes.slice(0, 200) }).toThrow(
      'alarms at a level of 0.01 need 99 rows to set them; a quarter of the rows is 50: give more rows, or a higher level.',
    );
    // The row that is drawn last is set aside.
    const [last] = Random.fromSeed(0).fork('explain monitor').sample(1200).slice(-1);
    const rare = { layers, classes: classes.map((_, i) => (i === last ? 'rare' : 'usual')) };
    await refusal(rare).toThrow(/the class "rare" has too few rows/);
    await refusal({ layers, classes }, { level: 1 }).toThrow('level');
  });

  test('another number of layers, and a file that is none', async () => {
    const { monitor } = await fitMonitor({ layers, classes });
    await expect(checkMonitor(monitor, { layers: layers.slice(0, 1) })).rejects.toThrow(
      'explain monitor: expected 2 layers, as were fitted; got 1.',
    );
    await expect(decodeMonitor(new Uint8Array(4))).rejects.toThrow();
  });

  test('a row with a value that is no number, which no alarm would be right about', async () => {
    const { monitor } = await fitMonitor({ layers, classes });
    const [first, ...others] = layers;
    const { rows, cols } = first.points;
    const data = Float64Array.from(first.points.data).with(3 * cols + 1, Number.NaN);
    const damaged = [{ name: first.name, points: matrix(data, rows, cols) }, ...others];
    const reason = `${first.name}: row 3, column 1 is NaN; expected finite numbers.`;
    await expect(checkMonitor(monitor, { layers: damaged })).rejects.toThrow(reason);
    await refusal({ layers: damaged, classes }).toThrow(reason);
  });
});
