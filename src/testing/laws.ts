import { expect, test } from 'vitest';
import { AbortedError } from '../core/errors.ts';
import type { KnnGraph } from '../core/graph.ts';
import { copied, gathered, type Matrix, matrix } from '../core/matrix.ts';
import { Random } from '../core/random.ts';
import type { Engine } from '../engine/engine.ts';
import { referenceEngine } from '../engine/reference.ts';
import type { PerRow } from '../families/metrics/types.ts';
import type { Maps } from '../method/family.ts';
import type { AnyMethod } from '../method/method.ts';
import { type Law, matricesIn, narrowed, reordered, type SmallProblem } from './small-problem.ts';

type Callable = (input: unknown, options?: object, run?: object) => Promise<unknown>;

/** What a method of each kind says about its points, as numbers that can be held against one another. */
interface Answer {
  /** What does not depend on the order of the rows. */
  readonly numbers: readonly number[];
  /** What follows the rows. */
  readonly rows?: Matrix;
  /** Names of rows by row. */
  readonly lists?: KnnGraph;
}

/**
 * How results are read, by what the methods of the family make of what. Kinds without points in, or whose points
 * are drawn in minibatches or starts by row number, have no law of order.
 */
const ANSWERS: Readonly<Partial<Record<Maps, (result: never) => Answer>>> = {
  'points → loss': ({ loss, gradient }: { loss: number; gradient: Matrix }) => ({
    numbers: [loss],
    rows: gradient,
  }),
  'points → numbers': ({ value, perRow }: { value: number; perRow?: PerRow }) => ({
    numbers: [value],
    ...(perRow ? { rows: asMatrix(Object.values(perRow)) } : {}),
  }),
  'pair → numbers': ({ value }: { value: number }) => ({ numbers: [value] }),
  'points → points': ({ points }: { points: Matrix }) => ({ numbers: [], rows: points }),
  'points → neighbors': ({ graph }: { graph: KnnGraph }) => ({ numbers: [], lists: graph }),
};

/** The columns beside one another: n × columns. */
function asMatrix(columns: readonly Float64Array[]): Matrix {
  const [cols, rows] = [columns.length, columns[0]?.length ?? 0];
  return matrix(
    Float64Array.from(
      { length: rows * cols },
      (_, at) => columns[at % cols][Math.floor(at / cols)],
    ),
    rows,
    cols,
  );
}

/** The laws that every method of the catalogue keeps, unasked: registers a test for each. */
export function describeMethodLaws(
  method: AnyMethod,
  maps: Maps,
  smallProblem: (id: string) => SmallProblem,
): void {
  const { id, inOrder: isSeries = false } = method.spec;
  const call = method as unknown as Callable;
  const problem = smallProblem(id);
  const { input, options, run = {}, exempt = {} } = problem;
  const read = ANSWERS[maps] as ((result: unknown) => Answer) | undefined;

  const law = (name: Law, sentence: string, holds: () => Promise<void>) => {
    if (exempt[name] === undefined) test(sentence, holds);
    else test.skip(`${sentence} (${exempt[name]})`, holds);
  };

  test('leaves its input unchanged', async () => {
    const matrices = matricesIn({ input, run });
    const before = matrices.map(copied);
    await call(input, options, run);
    expect(matrices).toEqual(before);
  });

  test('gives the same bytes for the same seed', async () => {
    const first = await call(input, options, run);
    const second = await call(input, options, run);
    expect(withoutTimes(second)).toEqual(withoutTimes(first));
  });

  law('abort', 'stops when it is aborted while it runs', async () => {
    const controller = new AbortController();
    const { signal } = controller;
    const abort = () => controller.abort();
    // Where the engine is not asked and nothing reported, the first chance to give up is the event loop's.
    const chance = setImmediate(abort);
    const watched = { ...run, engine: interrupting(controller), signal, onProgress: abort };
    const ended = await call(input, options, watched).catch((error: unknown) => error);
    clearImmediate(chance);
    if (signal.aborted) expect(ended).toMatchObject({ code: 'aborted' });
  });

  if (matricesIn(input).length > 0) {
    law('float32', 'takes float32 rows, on the engine for them', async () => {
      const narrow = await call(narrowed(input), options, narrowed(run) as object);
      if (!read) return;
      const wide = await call(input, options, { ...run, engine: referenceEngine });
      expectSame(read(narrow), read(wide), 1e-3);
    });
  }

  if (read && !isSeries) {
    law('row order', 'does not depend on the order of the rows', async () => {
      const n = matricesIn(input)[0].rows;
      const order = Random.fromSeed(3).sample(n);
      const before = read(await call(input, options, run));
      const moved = await call(reordered(input, order), options, reordered(run, order) as object);
      expectSame(read(moved), inOrder(before, order), 1e-9);
    });
  }
}

/** An engine whose first operation is when the caller gives up: what goes on after it has not noticed. */
function interrupting(controller: AbortController): Engine {
  const noticing = (owner: object): never =>
    Object.fromEntries(
      Object.entries(owner).map(([name, own]) => {
        if (name === 'linalg') return [name, noticing(own as object)];
        if (typeof own !== 'function' || name === 'dispose') return [name, own];
        return [
          name,
          async (...given: unknown[]) => {
            controller.abort();
            if (given.some((work) => heard(work, controller))) throw new AbortedError(name);
            return (own as (...all: unknown[]) => unknown)(...given);
          },
        ];
      }),
    ) as never;
  return noticing(referenceEngine);
}

/** Whether an operation was told of the signal. */
function heard(work: unknown, { signal }: AbortController): boolean {
  return typeof work === 'object' && work !== null && 'signal' in work && work.signal === signal;
}

function inOrder(answer: Answer, order: Int32Array): Answer {
  const { rows, lists } = answer;
  if (!lists) return { ...answer, ...(rows ? { rows: gathered(rows, order) } : {}) };
  const placeOf = new Map(Array.from(order, (row, place) => [row, place]));
  const indices = Int32Array.from({ length: lists.n * lists.k }, (_, at) => {
    const row = order[Math.floor(at / lists.k)];
    return placeOf.get(lists.indices[row * lists.k + (at % lists.k)]) ?? -1;
  });
  return { ...answer, lists: { ...lists, indices } };
}

function expectSame(got: Answer, wanted: Answer, tolerance: number): void {
  got.numbers.forEach((number, i) => {
    expectNear(number, wanted.numbers[i], tolerance);
  });
  got.rows?.data.forEach((x, i) => {
    expectNear(x, wanted.rows?.data[i] ?? Number.NaN, tolerance);
  });
  expect([...(got.lists?.indices ?? [])]).toEqual([...(wanted.lists?.indices ?? [])]);
}

/** Equal within the tolerance, relative above 1, or both not a number. */
function expectNear(got: number, wanted: number, tolerance: number): void {
  const near =
    Object.is(got, wanted) || Math.abs(got - wanted) < tolerance * Math.max(1, Math.abs(wanted));
  expect(near, `${got} instead of ${wanted}`).toBe(true);
}

/** A result less what the clock decides. */
function withoutTimes(result: unknown): unknown {
  const { stepsPerSecond: _, seconds: __, ...rest } = result as Record<string, unknown>;
  const { certificate } = rest as { certificate?: unknown };
  return certificate ? { ...rest, certificate: withoutTimes(certificate) } : rest;
}
