import { describe, expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { decodeModel, encodeModel } from '../../learning/index.ts';
import { namedDimensions } from './named-dimensions.ts';

const NAMES = ['blue', 'green', 'red', 'white'];

/** Queries and items of four colors in columns of their own, a little off. */
function colors(n: number) {
  const random = Random.fromSeed(2);
  const rows = () =>
    matrix(
      Float32Array.from({ length: n * 4 }, (_, e) => {
        const color = Math.floor(e / 4) % 4;
        return (e % 4 === color ? 1 : 0) + 0.1 * random.normal();
      }),
      n,
      4,
    );
  return {
    points: rows(),
    others: rows(),
    classes: Array.from({ length: n }, (_, i) => NAMES[i % 4]),
  };
}

const small = { steps: 300, batch: 16, learningRate: 0.02, heldOut: 0.2 } as const;

describe('named dimensions', () => {
  test.each(['linear', 'mlp'] as const)(
    'the largest coordinate of an item is its concept, with %s',
    async (encoder) => {
      const examples = colors(80);
      const { model, report } = await namedDimensions(examples, {
        ...small,
        ...{ encoder, hidden: 16 },
        // Items of one color are negatives of one another: ranking alone would tell them apart by noise.
        conceptWeight: 10,
      });
      expect(report['conceptRecall']).toBe(1);
      const { points } = await namedDimensions.embed(model, { points: examples.others });
      for (let i = 0; i < 80; i++) {
        const own = points.data.subarray(i * 4, (i + 1) * 4);
        expect(own.indexOf(Math.max(...own))).toBe(i % 4);
        expect(Math.min(...own)).toBeGreaterThanOrEqual(0);
        expect(Math.hypot(...own)).toBeCloseTo(1, 5);
      }
    },
  );

  test('with more concepts than a row has, rows keep several, and at most k', async () => {
    const random = Random.fromSeed(3);
    const [n, d, many] = [120, 16, 60];
    const rows = Float32Array.from({ length: n * d }, () => random.normal());
    const points = matrix(rows, n, d);
    const classes = Array.from({ length: n }, (_, i) => `concept ${i % many}`);
    const activeOf = async (k: number) => {
      const options = { ...small, batch: 64, heldOut: 0, k };
      const { model } = await namedDimensions({ points, others: points, classes }, options);
      const { data } = (await namedDimensions.embed(model, { points })).points;
      return Array.from({ length: n }, (_, i) => {
        const own = data.subarray(i * many, (i + 1) * many);
        return own.filter((x) => x > 0).length;
      });
    };
    expect(Math.max(...(await activeOf(8)))).toBe(8);
    // Yes or no for each concept by itself left one or two: relu let nothing else through.
    expect(Math.min(...(await activeOf(0)))).toBeGreaterThan(8);
  });

  test('dense coordinates have no sign to keep and no names', async () => {
    const examples = colors(80);
    const { model } = await namedDimensions(examples, { ...small, coordinates: 'dense' });
    const { points } = await namedDimensions.embed(model, examples);
    expect(Math.min(...points.data)).toBeLessThan(0);
    expect(model.parameters.map(({ name }) => name).join()).not.toContain('concepts');
  });

  test('a saved model gives the same coordinates, and so does the same seed', async () => {
    const examples = colors(40);
    const { model } = await namedDimensions(examples, small);
    const own = await namedDimensions.embed(model, examples);
    const stored = await decodeModel(encodeModel(model), 'model');
    const again = await namedDimensions(examples, small);
    for (const other of [stored, again.model])
      expect((await namedDimensions.embed(other, examples)).points.data).toEqual(own.points.data);
  });

  test('says what does not fit', async () => {
    const examples = colors(8);
    const run = (more: object) => namedDimensions({ ...examples, ...more }, { steps: 2 });
    await expect(run({ others: undefined })).rejects.toThrow(
      'named-dimensions: vectors of the other side are needed.',
    );
    await expect(run({ others: matrix(new Float32Array(24), 8, 3) })).rejects.toThrow(
      'named-dimensions: expected items of 4 columns, as the queries; got 3: one encoder takes both.',
    );
    await expect(run({ classes: examples.classes.map(() => 'red') })).rejects.toThrow(
      'at least two are needed, with "|" between those of one example.',
    );
  });
});
