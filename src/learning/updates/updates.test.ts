import { describe, expect, test } from 'vitest';
import type { Floats } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import type { Manifold } from '../../manifolds/index.ts';
import {
  euclidean,
  grassmann,
  hyperboloid,
  poincareBall,
  sphere,
  stiefel,
} from '../../manifolds/index.ts';
import { taken } from '../../testing/update-steps.ts';
import type { Gradient } from '../tape/evaluate.ts';
import { type Parameter, parameter } from '../tape/parameter.ts';
import {
  adagradByRows,
  adam,
  adamW,
  byKind,
  lars,
  riemannianAdam,
  riemannianSgd,
  sgd,
  type Update,
} from './index.ts';

type Type = Float32ArrayConstructor | Float64ArrayConstructor;

const [N, D] = [6, 4];

const flat: readonly Update[] = [
  sgd({ learningRate: 0.1 }),
  sgd({ learningRate: 0.05, momentum: 0.9, weightDecay: 0.01 }),
  sgd({ learningRate: 0.05, momentum: 0.9, nesterov: true }),
  adam({ learningRate: 0.02, weightDecay: 0.1 }),
  adamW({ learningRate: 0.02, weightDecay: 0.1 }),
  lars({ trust: 0.02 }),
  adagradByRows({ learningRate: 0.1 }),
];
const curved: readonly Update[] = [
  riemannianSgd({ learningRate: 0.1, momentum: 0.9 }),
  riemannianAdam({ learningRate: 0.02 }),
];
const lazy = [...flat.filter(({ name }) => name !== 'lars'), ...curved];
const titled = (rules: readonly Update[]) =>
  rules.map((rule) => ({ rule, title: `${rule.name} ${JSON.stringify(rule.settings)}` }));

const isCurved = (rule: Update) => curved.includes(rule);

function drawn(rule: Update, Type: Type, byRows = false, manifold: Manifold = sphere): Parameter {
  const random = Random.fromSeed(7);
  const data = new Type(N * D);
  for (let i = 0; i < N; i++) {
    const x = new Float64Array(D);
    if (isCurved(rule)) manifold.randomPoint(random, x);
    else for (let c = 0; c < D; c++) x[c] = random.normal();
    data.set(x, i * D);
  }
  return parameter('table', data, [N, D], isCurved(rule) ? { manifold, byRows } : { byRows });
}

/** Of f(x) = Σ w(x − a)²/2, plus noise that depends on the step alone. */
function pull(x: Floats, step: number): Gradient {
  const noise = Random.fromSeed(3).fork(step);
  return { data: x.map((value, e) => (1 + (e % 3)) * (value - 0.3) + 0.1 * noise.normal()) };
}

const allRows = Int32Array.from({ length: N }, (_, i) => i);
/** The rows i with i ≡ step mod 3. */
const someRows = (step: number) => allRows.filter((row) => row % 3 === step % 3);

function pullRows(x: Floats, step: number): Gradient {
  const rows = someRows(step);
  const whole = pull(x, step).data;
  const data = new (x.constructor as Type)(rows.length * D);
  rows.forEach((row, i) => {
    data.set(whole.subarray(row * D, (row + 1) * D), i * D);
  });
  return { data, rows };
}

describe.each(titled([...flat, ...curved]))('$title', ({ rule }) => {
  for (const Type of [Float32Array, Float64Array]) {
    test(`saved and loaded, it goes on with the same bytes (${Type.name})`, async () => {
      const whole = drawn(rule, Type);
      await taken(rule, whole, pull, { steps: 20 });
      const first = drawn(rule, Type);
      const state = await taken(rule, first, pull, { steps: 8 });
      const second = parameter('table', first.data.slice(), [N, D], first);
      const loaded = rule.start(second);
      expect(Object.keys(loaded)).toEqual(Object.keys(state));
      for (const [name, values] of Object.entries(state)) {
        expect(loaded[name].constructor).toBe(values.constructor);
        loaded[name].set(values.slice());
      }
      await taken(rule, second, pull, { steps: 12, after: 8, state: loaded });
      expect(second.data).toEqual(whole.data);
    });
  }

  test('float32 follows float64 to its rounding', async () => {
    const [single, double] = [drawn(rule, Float32Array), drawn(rule, Float64Array)];
    // The same start, rounded.
    if (!isCurved(rule)) double.data.set(single.data);
    await taken(rule, single, pull, { steps: 20 });
    await taken(rule, double, pull, { steps: 20 });
    for (const [e, value] of double.data.entries())
      expect(Math.abs(single.data[e] - value)).toBeLessThan(2e-5);
  });

  test('a rate of 0 moves nothing', async () => {
    const x = drawn(rule, Float64Array);
    const before = x.data.slice();
    await taken(rule, x, pull, { steps: 3, rate: () => 0 });
    for (const [e, value] of before.entries())
      expect(Math.abs(x.data[e] - value)).toBeLessThan(1e-15);
  });

  test('its settings say all that it was given, defaults filled in', () => {
    expect(rule.settings).toHaveProperty('learningRate', rule.learningRate);
    expect(JSON.parse(JSON.stringify(rule.settings))).toEqual(rule.settings);
  });
});

describe.each(titled(lazy))('by rows: $title', ({ rule }) => {
  test('with all rows at every step it is the dense rule', async () => {
    const [table, dense] = [drawn(rule, Float32Array, true), drawn(rule, Float32Array)];
    await taken(rule, table, (x, step) => ({ ...pull(x, step), rows: allRows }), { steps: 10 });
    await taken(rule, dense, pull, { steps: 10 });
    expect(table.data).toEqual(dense.data);
  });

  test('a row without a gradient stays, and counts its own steps', async () => {
    const table = drawn(rule, Float64Array, true);
    const before = table.data.slice();
    const state = await taken(rule, table, pullRows, { steps: 2 });
    for (const [e, value] of table.data.entries()) {
      const row = Math.floor(e / D);
      if (row % 3 === 0) expect(value).toBe(before[e]);
      else expect(value).not.toBe(before[e]);
    }
    // Row 2 alone, at its first step, moves as a parameter of one row does, where nothing else is shared.
    if (rule.name === 'riemannian-adam') return;
    const options = { manifold: table.manifold };
    const alone = parameter('row', before.slice(2 * D, 3 * D), [1, D], options);
    const gradient = pullRows(before, 2);
    const own = { data: gradient.data.slice(0, D) };
    await taken(rule, alone, () => own, { steps: 1 });
    expect(table.data.slice(2 * D, 3 * D)).toEqual(alone.data);
    expect(Object.keys(state)).toEqual(Object.keys(rule.start(table)));
  });

  test('saved and loaded, it goes on with the same bytes', async () => {
    const [whole, table] = [drawn(rule, Float32Array, true), drawn(rule, Float32Array, true)];
    await taken(rule, whole, pullRows, { steps: 12 });
    const state = await taken(rule, table, pullRows, { steps: 5 });
    const loaded = rule.start(table);
    for (const [name, values] of Object.entries(state)) loaded[name].set(values);
    await taken(rule, table, pullRows, { steps: 7, after: 5, state: loaded });
    expect(table.data).toEqual(whole.data);
  });
});

describe('what a rule refuses', () => {
  test.each(titled(flat))(
    '$title a parameter on a manifold, naming the rules for it',
    ({ rule }) => {
      const x = parameter('prototypes', Float32Array.of(1, 0), [1, 2], { manifold: sphere });
      expect(() => rule.start(x)).toThrow(
        `${rule.name}: parameter "prototypes" lives on the sphere; riemannianAdam or riemannianSgd keep it there, and byKind gives each parameter its rule.`,
      );
    },
  );

  test.each(titled(flat))('$title takes points of flat space', ({ rule }) => {
    const x = parameter('x', Float32Array.of(1, 0), [1, 2], { manifold: euclidean });
    expect(() => rule.start(x)).not.toThrow();
  });

  test.each(titled(curved))('$title plain numbers, and rows that are no points', ({ rule }) => {
    expect(() => rule.start(parameter('bias', new Float32Array(3), [3]))).toThrow(
      `${rule.name}: parameter "bias" has no manifold; sgd, adam or adamW move plain numbers`,
    );
    const off = parameter('codes', Float32Array.of(1, 0, 1, 1), [2, 2], { manifold: sphere });
    expect(() => rule.start(off)).toThrow(
      `${rule.name}: row 1 of parameter "codes" is not a point of the sphere.`,
    );
  });

  test('a table by rows under lars', () => {
    const x = parameter('table', new Float32Array(4), [2, 2], { byRows: true });
    expect(() => lars().start(x)).toThrow('use adagradByRows or adam.');
  });

  test('settings out of their range, unknown ones, and lookahead without momentum', () => {
    expect(() => adamW({ beta1: 1 })).toThrow(
      'adam-w: option "beta1" must be a number in [0, 0.9999]; got 1.',
    );
    expect(() => sgd({ learningRate: -1 })).toThrow('sgd: option "learningRate" must be');
    expect(() => adam({ decay: 1 } as object)).toThrow('adam: option "decay" must be one of');
    expect(() => sgd({ nesterov: true })).toThrow('option "momentum" must be above 0');
  });
});

describe('a thousand steps', () => {
  const manifolds = [
    sphere,
    euclidean,
    grassmann(2),
    stiefel(2),
    poincareBall(0.5),
    hyperboloid(0.5),
  ];
  const cases = manifolds.flatMap((manifold) => curved.map((rule) => ({ rule, manifold })));

  test.each(cases)('keep float32 rows on the $manifold.id under $rule.name', async (each) => {
    const { rule, manifold } = each;
    const size = 6;
    const random = Random.fromSeed(1);
    const x = new Float32Array(3 * size);
    for (let i = 0; i < 3; i++) manifold.randomPoint(random, x.subarray(i * size, (i + 1) * size));
    const table = parameter('x', x, [3, size], { manifold });
    const noisy = (_: Floats, step: number) => {
      const noise = Random.fromSeed(5).fork(step);
      return { data: x.map((value, e) => 0.1 * (value - (e % 2)) + 0.1 * noise.normal()) };
    };
    await taken(rule, table, noisy, { steps: 1000, rate: () => 0.02 });
    const nearest = new Float64Array(size);
    for (let i = 0; i < 3; i++) {
      const row = x.subarray(i * size, (i + 1) * size);
      manifold.projectPoint(row, nearest);
      const length = Math.max(1, Math.sqrt(row.reduce((sum, value) => sum + value * value, 0)));
      for (let c = 0; c < size; c++)
        expect(Math.abs(row[c] - nearest[c])).toBeLessThan(1e-6 * length);
    }
  });
});

describe('byKind', () => {
  const rule = byKind({
    euclidean: sgd({ learningRate: 0.5 }),
    manifold: riemannianSgd({ learningRate: 0.1 }),
    table: adagradByRows({ learningRate: 0.25 }),
  });

  test('moves each parameter by its rule, at that rule’s rate', async () => {
    const weights = parameter('W', Float64Array.of(1, 2), [2]);
    const angle = parameter('p', Float64Array.of(1, 0), [1, 2], { manifold: sphere });
    const table = parameter('t', Float64Array.of(0, 0, 3, 3), [2, 2], { byRows: true });
    const one = { data: Float64Array.of(0, 1) };
    // At half its rate, as a schedule says.
    const settings = { steps: 1, rate: () => 0.25 };
    await taken(rule, weights, () => one, settings);
    await taken(rule, angle, () => one, settings);
    await taken(
      rule,
      table,
      () => ({ data: Float64Array.of(2, 2), rows: Int32Array.of(1) }),
      settings,
    );
    expect(weights.data).toEqual(Float64Array.of(1, 1.75));
    expect(Math.atan2(angle.data[1], angle.data[0])).toBeCloseTo(-0.05, 15);
    for (const [e, value] of [0, 0, 2.875, 2.875].entries())
      expect(table.data[e]).toBeCloseTo(value, 8);
  });

  test('says what it is made of', () => {
    expect(rule.settings).toEqual({
      euclidean: { name: 'sgd', ...sgd({ learningRate: 0.5 }).settings },
      manifold: { name: 'riemannian-sgd', ...riemannianSgd().settings },
      table: { name: 'adagrad-by-rows', ...adagradByRows({ learningRate: 0.25 }).settings },
    });
    expect(byKind({ euclidean: adam(), manifold: riemannianAdam() }).learningRate).toBe(0.001);
  });

  test('refuses a base rate of 0, to which no other rate has a proportion', () => {
    expect(() =>
      byKind({ euclidean: sgd({ learningRate: 0 }), manifold: riemannianAdam() }),
    ).toThrow('option "euclidean" must be a rule with a learning rate above 0; got 0.');
  });
});
