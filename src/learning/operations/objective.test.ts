import { expect, test } from 'vitest';
import { Random } from '../../core/random.ts';
import { referenceEngine } from '../../engine/reference.ts';
import {
  crossCorrelation,
  koleo,
  ntXent,
  supCon,
  triplet,
} from '../../families/objectives/index.ts';
import { gradientRatios, normals } from '../../testing/gradient-check.ts';
import { expectGradient, known, numbersOf } from '../../testing/operation-checks.ts';
import { evaluate } from '../tape/evaluate.ts';
import { constant } from '../tape/tensor.ts';
import { Workspace } from '../tape/workspace.ts';
import { normalizeRows, objective } from './index.ts';

const classes = Int32Array.of(0, 1, 2, 0, 1, 2, -1);
const partners = Int32Array.of(3, 4, 5, 0, 1, 2, -1);

test.each([
  ['sup-con', supCon.bind({ temperature: 0.5 }), { classes }],
  ['triplet', triplet.bind({ mining: 'all', margin: 10 }), { classes }],
  ['nt-xent', ntXent.bind({ temperature: 0.5 }), { partners }],
  ['cross-correlation', crossCorrelation.bind(), { partners }],
])(
  '%s gets its classes or partners, and has the gradient of its value',
  async (_, bound, facts) => {
    const build = (x: Parameters<typeof normalizeRows>[0]) =>
      objective(normalizeRows(x), bound, facts);
    for (const ratio of await gradientRatios(build, [[7, 4]])) expect(ratio).toBeGreaterThan(3.8);
  },
);

test('as a node an objective has the loss that it has by itself', async () => {
  const data = normals(Random.fromSeed(2), [7, 4]);
  const workspace = new Workspace(referenceEngine);
  const rows = await evaluate(normalizeRows(constant(data, [7, 4])), workspace);
  const { loss } = await supCon({ data: rows, rows: 7, cols: 4 }, {}, { classes });
  const node = objective(constant(rows, [7, 4]), supCon.bind(), { classes });
  expect((await evaluate(node, workspace))[0]).toBe(loss);
});

test('a loss over classes refuses rows without any', async () => {
  const node = objective(constant(new Float64Array(8), [4, 2]), supCon.bind());
  await expect(evaluate(node, new Workspace(referenceEngine))).rejects.toThrow(
    'sup-con: the class of each row is needed (--classes COLUMN); got none.',
  );
});

test('an objective of the catalogue has the gradient of its value', () =>
  expectGradient((x) => objective(normalizeRows(x), koleo.bind()), [[6, 3]]));

test('its value is that of the objective called by itself', async () => {
  const square = [1, 0, 0, 1, -1, 0, 0, -1];
  const [loss] = await numbersOf(objective(known(square, [4, 2]), koleo.bind()));
  const points = { data: Float64Array.from(square), rows: 4, cols: 2 };
  expect(loss).toBe((await koleo(points)).loss);
});
