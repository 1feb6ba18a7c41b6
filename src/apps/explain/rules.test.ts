import { expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { referenceEngine } from '../../engine/reference.ts';
import { logistic } from '../../families/classifiers/index.ts';
import { decodeModel, encodeModel } from '../../learning/index.ts';
import { normalMatrix } from '../../testing/matrices.ts';
import { blackBoxOf } from './black-box.ts';
import { explainBoxes } from './boxes.ts';
import { bordaOrder, columnProbes } from './column-importance.ts';
import { explainPrototypes } from './prototypes.ts';
import { explainRules } from './rules.ts';

const points = normalMatrix(300, 12, 1);
const classes = Array.from({ length: 300 }, (_, i) =>
  points.data[12 * i + 7] > 0.2 ? 'yes' : 'no',
);

test('one column decides: it comes first, one question says it, and the model needs it', async () => {
  const { model } = await logistic({ points, classes });
  const box = await blackBoxOf(await decodeModel(encodeModel(model)), referenceEngine);
  const found = await explainRules({ points, classes, box }, { k: 1 });
  expect(found.columns).toEqual([7]);
  expect(found.fidelity.agreement.value).toBeGreaterThan(0.9);
  expect(found.fidelity.r2).toBeGreaterThan(found.controls.random.r2);
  const { top, random } = found.faithfulness ?? {
    top: { comprehensiveness: 0 },
    random: { comprehensiveness: 0 },
  };
  expect(top.comprehensiveness).toBeGreaterThan(random.comprehensiveness);
  expect(await explainRules({ points, classes, box }, { k: 1 })).toEqual(found);
});

test('classes alone have rules that support every fitted row, and no model to be faithful to', async () => {
  const found = await explainRules({ points, classes }, { k: 3 });
  expect([found.explained, found.faithfulness, found.accuracy?.explained]).toEqual([
    'classes',
    null,
    null,
  ]);
  expect(found.rules.reduce((sum, { support }) => sum + support, 0)).toBe(300 - found.heldOut);
});

test('one class, names of rows in place of classes, and another model are refused in a sentence', async () => {
  await expect(explainRules({ points, classes: classes.map(() => 'a') })).rejects.toThrow(
    'explain rules: expected rows of 2 classes or more; got 1: "a".',
  );
  const many = matrix(new Float64Array(1001), 1001, 1);
  const each = Array.from({ length: 1001 }, (_, i) => `${i}`);
  await expect(explainRules({ points: many, classes: each })).rejects.toThrow(
    'explain rules: expected at most 1000 classes; got 1001 among 1001 rows; name a column of classes (--classes).',
  );
  const other = {
    name: 'map.safetensors',
    kind: 'alignment/procrustes',
    settings: {},
    tensors: new Map(),
  };
  await expect(blackBoxOf(other, referenceEngine)).rejects.toThrow(
    'map.safetensors: the model was made by alignment/procrustes; a classifier is expected',
  );
});

test('a probe is the squared correlation; Borda’s count joins orders', () => {
  const x = matrix(Float64Array.of(1, 0, 2, 0, 3, 0, 4, 0), 4, 2);
  const y = matrix(Float64Array.of(2, 4, 6, 8), 4, 1);
  const probes = columnProbes(x, y);
  expect(probes[0]).toBeCloseTo(1, 14);
  expect(probes[1]).toBe(0);
  expect(Array.from(bordaOrder([Float64Array.of(1, 3, 2), Float64Array.of(9, 8, 0)]))).toEqual([
    1, 0, 2,
  ]);
});

test('prototypes name rows of their class, judged beside neighbours and a linear model', async () => {
  const random = Random.fromSeed(3);
  const own = Array.from({ length: 60 }, (_, i) => (i % 2 ? 'a' : 'b'));
  const apart = matrix(
    Float64Array.from({ length: 120 }, (_, e) => random.normal() + (own[e >> 1] === 'a' ? 9 : 0)),
    60,
    2,
  );
  const found = await explainPrototypes({ points: apart, classes: own }, { count: 2 });
  expect([found.prototypes.length, found.purity, found.heldOut]).toEqual([4, 1, 18]);
  const { prototypes, nearestRows, logistic: linear } = found.accuracy;
  expect([prototypes.value, nearestRows.value, linear.value]).toEqual([1, 1, 1]);
  for (const { class: name, rows } of found.prototypes)
    for (const row of rows) expect(own[row]).toBe(name);
});

test('a value that is no number is refused by its row of the input, not of a part', async () => {
  const damaged = matrix(points.data.slice(), 300, 12);
  damaged.data[12 * 250 + 3] = Number.NaN;
  const reason = 'row 250, column 3 is NaN; expected finite numbers.';
  const input = { points: damaged, classes };
  await expect(explainRules(input)).rejects.toThrow(`explain rules: ${reason}`);
  await expect(explainPrototypes(input)).rejects.toThrow(`explain prototypes: ${reason}`);
  await expect(explainBoxes(input)).rejects.toThrow(`explain boxes: ${reason}`);
});
