import { expect, test } from 'vitest';
import { gathered, type Matrix } from '../core/matrix.ts';
import { Random } from '../core/random.ts';
import type {
  Attributed,
  Attribution,
  AttributionInput,
  Contributions,
  Cues,
} from '../families/attributions/types.ts';
import type { AnyMethod } from '../method/method.ts';
import { narrowed, type SmallProblem } from './small-problem.ts';

/** What every attribution keeps: registers the tests. */
export function describeAttributionLaws(method: AnyMethod, problem: SmallProblem): void {
  const attribution = method as unknown as Attribution;
  const input = problem.input as AttributionInput;
  const { options } = problem;
  const split = (changed: Partial<AttributionInput> = {}) =>
    attribution({ ...input, ...changed }, options as never);

  test.runIf(attribution.exact)('contributions and the constant sum to the score', async () => {
    for (const given of [input, narrowed(input) as AttributionInput]) {
      const { score, constant, contributions, gap, warnings } = await split(given);
      const sum = contributions.values.reduce((all, value) => all + value, constant);
      const size = sizeOf(contributions);
      expect(size).toBeGreaterThan(0);
      expect(Math.abs(score - sum)).toBeLessThanOrEqual(1e-6 * size);
      expect(gap).toBeCloseTo(score - sum, 12);
      expect(warnings).toEqual([]);
    }
  });

  test('the order of the parts decides nothing', async () => {
    const before = await split();
    for (const side of ['a', 'b'] as const) {
      const order = Random.fromSeed(3).sample((input[side] as Matrix).rows);
      const moved = await attribution(inOrder(input, side, order), options as never);
      expectSame(placed(moved, side, order), before, 1e-9);
    }
  });

  test('float32 and float64 agree', async () => {
    // Rounding of the input alone, times the condition of small fits.
    expectSame(await split(narrowed(input) as AttributionInput), await split(), 1e-4);
  });

  test('names rows that exist, each pair once', async () => {
    const { contributions } = await split();
    const { a, b, values } = contributions;
    expect([a.length, b.length]).toEqual([values.length, values.length]);
    expect(Math.max(...a)).toBeLessThan((input.a as Matrix).rows);
    expect(Math.max(...b)).toBeLessThan((input.b as Matrix).rows);
    expect(new Set(keysOf(contributions)).size).toBe(values.length);
  });

  test('refuses sets of different width, and numbers that are none, in a sentence', async () => {
    const { data, rows, cols } = input.b as Matrix;
    const narrow = { data: data.slice(0, rows * (cols - 1)), rows, cols: cols - 1 };
    await expect(split({ b: narrow })).rejects.toThrow(
      /expected as many columns in B as in A, \d+/,
    );
    const odd = Float64Array.from(data).fill(Number.NaN, 0, 1);
    await expect(split({ b: { data: odd, rows, cols } })).rejects.toThrow(/row 0, column 0 is NaN/);
  });

  test.runIf(attribution.needs.length > 0)('refuses to go without what it needs', async () => {
    for (const part of attribution.needs)
      await expect(split({ [part]: undefined })).rejects.toThrow(`option "${part}" must be`);
  });
}

function sizeOf({ values }: Contributions): number {
  return values.reduce((sum, value) => sum + Math.abs(value), 0);
}

const keysOf = ({ a, b, values }: Contributions) => Array.from(values, (_, k) => `${a[k]} ${b[k]}`);

/** The input with the rows of one side in another order, and what names or follows them. */
function inOrder(input: AttributionInput, side: 'a' | 'b', order: Int32Array): AttributionInput {
  const { entries, query, targets, bias, cues } = input;
  const places = (rows: ArrayLike<number>) => Int32Array.from(rows, (own) => order.indexOf(own));
  const moved = (list: ArrayLike<number>) => Float64Array.from(order, (i) => list[i]);
  const asked = query?.[side];
  return {
    ...input,
    [side]: gathered(input[side] as Matrix, order),
    ...(entries && { entries: { ...entries, [side]: places(entries[side]) } }),
    ...(asked !== undefined && { query: { ...query, [side]: order.indexOf(asked) } }),
    ...(targets && side === 'a' && { targets: moved(targets) }),
    ...(bias && side === 'b' && { bias: moved(bias) }),
    ...(cues && { cues: cuesInOrder(cues, side, order) }),
  };
}

function cuesInOrder(cues: Cues, side: 'a' | 'b', order: Int32Array): Cues {
  const rows = (m: Matrix) => gathered(m, order);
  const columns = ({ data, rows: n, cols }: Matrix) => ({
    data: Float64Array.from(data, (_, e) => data[e - (e % cols) + order[e % cols]]),
    rows: n,
    cols,
  });
  const { attention, affinity, features } = cues as Readonly<Record<keyof Cues, Matrix>>;
  if (side === 'b') return { ...cues, ...(attention && { attention: columns(attention) }) };
  return {
    ...(attention && { attention: rows(attention) }),
    ...(affinity && { affinity: columns(rows(affinity)) }),
    ...(features && { features: rows(features) }),
  };
}

/** A result with its rows called what they were before they moved. */
function placed(result: Attributed, side: 'a' | 'b', order: Int32Array): Attributed {
  const { contributions } = result;
  const named = { ...contributions, [side]: contributions[side].map((i) => order[i]) };
  return { ...result, contributions: named };
}

function expectSame(got: Attributed, wanted: Attributed, tolerance: number): void {
  const size = sizeOf(wanted.contributions) + Math.abs(wanted.constant);
  const near = (x: number, y: number | undefined) =>
    expect(Math.abs(x - (y ?? Number.NaN)), `${x} instead of ${y}`).toBeLessThan(tolerance * size);
  near(got.score, wanted.score);
  near(got.constant, wanted.constant);
  const known = new Map(keysOf(wanted.contributions).map((key, k) => [key, k]));
  expect(got.contributions.values.length).toBe(known.size);
  keysOf(got.contributions).forEach((key, k) => {
    near(got.contributions.values[k], wanted.contributions.values[known.get(key) ?? -1]);
  });
}
