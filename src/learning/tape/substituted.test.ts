import { expect, test } from 'vitest';
import { Random } from '../../core/random.ts';
import { referenceEngine } from '../../engine/reference.ts';
import { gradientRatios, normals } from '../../testing/gradient-check.ts';
import { known, numbersOf } from '../../testing/operation-checks.ts';
import {
  add,
  dropout,
  embedding,
  layerNorm,
  linear,
  matmul,
  multiply,
  relu,
  scale,
  sum,
} from '../operations/index.ts';
import { checkpointed } from './checkpointed.ts';
import { gradientsOf } from './evaluate.ts';
import { type Parameter, parameter } from './parameter.ts';
import { substituted, substitution } from './substituted.ts';
import { constant, type Shape, type Tensor } from './tensor.ts';
import { Workspace } from './workspace.ts';

const random = Random.fromSeed(3);
const draw = (name: string, shape: Shape, byRows = false) =>
  parameter(name, normals(random, shape), shape, { byRows });
const x = constant(normals(random, [6, 4]), [6, 4]);

const [w, bias, table] = [draw('w', [3, 4]), draw('bias', [3]), draw('table', [5, 4], true)];
const [up, down] = [draw('up', [3, 2]), draw('down', [2, 4])];

/** A network with rules that remember: normalization and dropout. */
const network = (weight: Tensor, shift: Tensor = bias) =>
  sum(
    multiply(
      dropout(
        layerNorm(linear(x, weight, shift), known([1, 2, 3]), known([0, 1, 0])),
        0.5,
        Random.fromSeed(9),
      ),
      linear(relu(x), weight),
    ),
  );

const made = () => add(w, scale(matmul(up, down), 0.5));

const gradientsByName = async (loss: Tensor) => {
  const { loss: value, gradients } = await gradientsOf(loss, new Workspace(referenceEngine));
  return [value, new Map(Array.from(gradients, ([{ name }, { data }]) => [name, data]))] as const;
};

test('value and gradients are those of the computation written by hand', async () => {
  const by = new Map<Parameter, Tensor>([[w, made()]]);
  expect(await gradientsByName(substituted(network(w), by))).toEqual(
    await gradientsByName(network(made())),
  );
});

test('several parameters are replaced at once, and one by another', async () => {
  const other = draw('other', [3]);
  const by = new Map<Parameter, Tensor>([
    [w, made()],
    [bias, other],
  ]);
  expect(await gradientsByName(substituted(network(w), by))).toEqual(
    await gradientsByName(network(made(), other)),
  );
});

test('what does not lie above a replaced parameter is the original', () => {
  const loss = network(w);
  expect(substituted(loss, new Map([[table, draw('new', [5, 4])]]))).toBe(loss);
  expect(substituted(loss, new Map())).toBe(loss);
  const other = made();
  expect(substituted(w, new Map([[w, other]]))).toBe(other);
});

test('the original computes as before', async () => {
  const loss = network(w);
  const before = await gradientsByName(loss);
  await gradientsByName(substituted(loss, new Map([[w, made()]])));
  expect(await gradientsByName(loss)).toEqual(before);
});

test('a part computed again on the way back sees the replacement too', async () => {
  const part = (weight: Tensor) => checkpointed((h) => relu(linear(h, weight)), multiply(x, x));
  const twice = (weight: Tensor) => checkpointed(() => sum(part(weight)));
  for (const whole of [(weight: Tensor) => sum(part(weight)), twice]) {
    expect(await gradientsByName(substituted(whole(w), new Map([[w, made()]])))).toEqual(
      await gradientsByName(sum(relu(linear(multiply(x, x), made())))),
    );
  }
});

test('a table by rows gets the gradient of all its rows from what replaces it', async () => {
  const ids = [4, 1, 4];
  const factors = [draw('left', [5, 2]), draw('right', [2, 4])] as const;
  const low = () => add(table, matmul(...factors));
  const wide = parameter('table', table.data, table.shape);
  const byHand = await gradientsByName(
    sum(multiply(embedding(add(wide, matmul(...factors)), ids), known(normals3(), [3, 4]))),
  );
  byHand[1].delete('table');
  const weights = known(normals3(), [3, 4]);
  const base = constant(table.data, table.shape);
  const by = new Map<Parameter, Tensor>([[table, add(base, matmul(...factors))]]);
  const looked = sum(multiply(embedding(table, ids), weights));
  expect(await gradientsByName(substituted(looked, by))).toEqual(byHand);
  const inside = checkpointed(() => sum(multiply(embedding(table, ids), weights)));
  expect(await gradientsByName(substituted(inside, by))).toEqual(byHand);
  // The table itself below its replacement is read by an addition, which wants all rows.
  await expect(gradientsByName(substituted(looked, new Map([[table, low()]])))).rejects.toThrow(
    'byRows',
  );
});

const normals3 = () => Array.from(normals(Random.fromSeed(8), [3, 4]));

test('it passes the Taylor check', async () => {
  const ratios = await gradientRatios(
    (a, b) => substituted(network(w), new Map([[w, add(w, matmul(a, b))]])),
    [
      [3, 2],
      [2, 4],
    ],
  );
  expect(Math.min(...ratios)).toBeGreaterThan(3.8);
});

test('tensors of one computation share what they shared', () => {
  const hidden = linear(x, w);
  const [loss, report] = [sum(hidden), sum(multiply(hidden, hidden))];
  const of = substitution(new Map([[w, made()]]));
  expect(of(loss).inputs[0]).toBe(of(report).inputs[0].inputs[0]);
});

test('a replacement of another shape is refused in a sentence', () => {
  expect(() => substituted(network(w), new Map([[w, up]]))).toThrow(
    'substituted, w: expected 3 × 4; got 3 × 2.',
  );
});

test('original and substituted in one loss are refused in a sentence', async () => {
  const loss = network(w);
  const both = add(loss, substituted(loss, new Map([[w, made()]])));
  await expect(numbersOf(both)).rejects.toThrow('build that part twice');
  const again = add(
    substituted(loss, new Map([[w, made()]])),
    substituted(loss, new Map([[w, constant(w.data, w.shape)]])),
  );
  await expect(numbersOf(again)).rejects.toThrow('build that part twice');
});
