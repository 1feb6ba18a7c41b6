import { expect, test } from 'vitest';
import { OptionError } from '../core/errors.ts';
import { copied, type Matrix, toFloat64, zeros64 } from '../core/matrix.ts';
import { koleo } from '../families/objectives/koleo.ts';
import { sphere } from '../manifolds/sphere.ts';
import type { AnyMethod, Family } from '../method/method.ts';
import type { AnyOptionSpec } from '../method/options.ts';
import { uniformRows } from './points.ts';

/** A small input of a family, what must not change in it, and how to run on it. */
interface FamilyCase {
  readonly input: unknown;
  readonly matrices: readonly Matrix[];
  readonly options?: Readonly<Record<string, unknown>>;
  readonly run?: Readonly<Record<string, unknown>>;
}

type Callable = (input: unknown, options?: object, run?: object) => Promise<unknown>;

/** Small problems of the codes family: each method states its own. */
function codesCase(id: string): FamilyCase {
  const points = toFloat64(uniformRows(7, 3, 1));
  const quick = { options: { chains: 1, patience: 2 }, run: { threads: 1 } };
  switch (id) {
    case 'affinity-code':
      return { input: gram(points), matrices: [points] };
    case 'semantic-assignment': {
      const semantics = uniformRows(7, 5, 2);
      return { input: { code: points, semantics }, matrices: [points, semantics] };
    }
    case 'verified-code':
      return { input: points, matrices: [points] };
    case 'equiangular-basis-vectors':
      return { input: { n: 7, d: 3 }, matrices: [], options: { maxSteps: 5 } };
    default:
      return { input: { n: 7, d: 3 }, matrices: [], ...quick };
  }
}

/** The cosines of all pairs of rows. */
function gram({ data, rows: n, cols: d }: Matrix): Matrix<Float64Array> {
  const out = zeros64(n, n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      for (let k = 0; k < d; k++) out.data[i * n + j] += data[i * d + k] * data[j * d + k];
    }
  }
  return out;
}

function caseOf({ family, id }: { readonly family: Family; readonly id: string }): FamilyCase {
  const points = uniformRows(12, 3, 1);
  const start = uniformRows(12, 3, 2);
  switch (family) {
    case 'objectives':
      return { input: points, matrices: [points, start], run: { start, seed: 5 } };
    case 'optimizers': {
      const problem = { objective: koleo.bind(), manifold: sphere, start: points };
      return { input: problem, matrices: [points], options: { steps: 5, batch: 4, seed: 5 } };
    }
    case 'metrics': {
      const classes = Array.from({ length: 12 }, (_, i) => `class ${i % 3}`);
      const frequencies = Float64Array.from({ length: 12 }, (_, i) => 1 + ((i * 5) % 12));
      return {
        input: points,
        matrices: [points],
        run: { seed: 5, classes, frequencies, scores: frequencies },
      };
    }
    case 'comparisons': {
      const other = uniformRows(12, 3, 2);
      return { input: { a: points, b: other }, matrices: [points, other], run: { seed: 5 } };
    }
    case 'neighbors':
      return { input: points, matrices: [points] };
    case 'codes':
      return codesCase(id);
    default:
      throw new Error(`no test input for the family ${family}`);
  }
}

/** The laws that every method of the catalogue keeps: registers one test each. */
export function describeMethodLaws(method: AnyMethod): void {
  const { id, options: specs } = method.spec;
  const call = method as unknown as Callable;

  for (const [name, spec] of Object.entries(specs)) {
    test(`refuses ${name} out of its range, naming itself and the option`, async () => {
      const { input, run } = caseOf(method.spec);
      for (const value of badValues(spec)) {
        const promise = call(input, { [name]: value }, run);
        await expect(promise, String(value)).rejects.toThrow(OptionError);
        await expect(promise).rejects.toThrow(`${id}: option "${name}" must be `);
      }
    });
  }

  test('refuses an option it does not have', async () => {
    const { input, run } = caseOf(method.spec);
    const promise = call(input, { nonsense: 1 }, run);
    await expect(promise).rejects.toThrow(OptionError);
    await expect(promise).rejects.toThrow(`${id}: option "nonsense"`);
  });

  test('leaves its input unchanged', async () => {
    const { input, matrices, options, run } = caseOf(method.spec);
    const before = matrices.map(copied);
    await call(input, options, run);
    expect(matrices).toEqual(before);
  });

  test('gives the same bytes for the same seed', async () => {
    const { input, options, run } = caseOf(method.spec);
    const first = await call(input, options, run);
    const second = await call(input, options, run);
    expect(withoutTimes(second)).toEqual(withoutTimes(first));
  });

  test('stops on an aborted signal', async () => {
    const { input, options, run } = caseOf(method.spec);
    const signal = AbortSignal.abort();
    await expect(call(input, options, { ...run, signal })).rejects.toMatchObject({
      code: 'aborted',
    });
  });
}

function badValues(spec: AnyOptionSpec): unknown[] {
  switch (spec.kind) {
    case 'boolean':
      return ['yes', 1];
    case 'choice':
      return ['no such choice', 1];
    case 'integer':
    case 'number': {
      const values: unknown[] = [NaN, '1', true];
      if (spec.kind === 'integer') values.push(0.5, Infinity);
      if (spec.min !== undefined) values.push(spec.min - 1, -Infinity);
      if (spec.max !== undefined) values.push(spec.max + 1, Infinity);
      return values;
    }
  }
}

/** A result less what the clock decides. */
function withoutTimes(result: unknown): unknown {
  const { stepsPerSecond: _, seconds: __, ...rest } = result as Record<string, unknown>;
  const { certificate } = rest as { certificate?: unknown };
  return certificate ? { ...rest, certificate: withoutTimes(certificate) } : rest;
}
