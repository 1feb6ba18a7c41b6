import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { float16Bits, float16Values } from '../core/float16.ts';
import {
  type DType,
  encode,
  type FormatId,
  read,
  readBlocks,
  type VectorTable,
  writableFormats,
} from './index.ts';
import { labelTrouble } from './support/word-lines.ts';

/** Any float32, NaN, infinities, subnormals and −0 among them. */
const anyFloat = fc.float({ noDefaultInfinity: false, noNaN: false });
const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc.constantFrom(
    'a\nb',
    'say "hi"',
    'x,y',
    'x\ty',
    ' lead',
    'trail ',
    '007',
    '1.5',
    '[1]',
    '{',
    "'",
  ),
);
const wellFormed = (label: string): boolean =>
  !/[\ud800-\udfff]/u.test(label) && !label.includes('\0');

interface Shape {
  readonly labels?: fc.Arbitrary<string> | undefined;
  readonly columns?: boolean;
  readonly values?: fc.Arbitrary<number>;
}

function tables({ labels, columns, values = anyFloat }: Shape): fc.Arbitrary<VectorTable> {
  return fc
    .record({ rows: fc.integer({ min: 1, max: 9 }), cols: fc.integer({ min: 1, max: 9 }) })
    .chain(({ rows, cols }) => {
      const list = <T>(items: fc.Arbitrary<T>): fc.Arbitrary<T[]> =>
        fc.array(items, { minLength: rows, maxLength: rows });
      return fc
        .record({
          data: fc.array(values, { minLength: rows * cols, maxLength: rows * cols }),
          labels: labels ? list(labels) : fc.constant(undefined),
          note: list(text.filter(wellFormed)),
          weight: list(fc.double()),
        })
        .map(({ data, labels: names, note, weight }) => ({
          points: { data: Float32Array.from(data), rows, cols },
          labels: names,
          ...(columns ? { columns: { note, weight: Float64Array.from(weight) } } : {}),
        }));
    });
}

const same = (a: Float32Array, b: Float32Array): boolean =>
  a.length === b.length && a.every((x, i) => Object.is(x, b[i]));

async function again(table: VectorTable, format: FormatId, dtype?: DType): Promise<VectorTable> {
  return read(await encode(table, { format, dtype }), { format });
}

const labelsOf: Partial<Record<FormatId, fc.Arbitrary<string>>> = {
  glove: text.filter(
    (label) => wellFormed(label) && labelTrouble(label) === null && label !== '1.5',
  ),
  'word2vec-text': text.filter((label) => wellFormed(label) && labelTrouble(label) === null),
  'word2vec-binary': text.filter((label) => wellFormed(label) && !/[ \n]/.test(label)),
};

describe.each(writableFormats.map((format) => [format.id, format] as const))('%s', (id, format) => {
  const values =
    id === 'ivecs'
      ? fc.integer({ min: -(2 ** 24), max: 2 ** 24 })
      : id === 'bvecs'
        ? fc.integer({ min: 0, max: 255 })
        : anyFloat;
  const labels = format.keeps.labels ? (labelsOf[id] ?? text.filter(wellFormed)) : undefined;

  it('gives back every float32, label and column', async () => {
    const columns = format.keeps.columns;
    await fc.assert(
      fc.asyncProperty(tables({ labels, columns, values }), async (table) => {
        const back = await again(table, id);
        expect([back.points.rows, back.points.cols]).toEqual([
          table.points.rows,
          table.points.cols,
        ]);
        expect(same(back.points.data, table.points.data)).toBe(true);
        if (format.keeps.labels) expect(back.labels).toEqual(table.labels);
        if (!columns) return;
        const { note, weight } = back.columns ?? {};
        const { note: noteBefore, weight: weightBefore } = table.columns ?? {};
        expect(note).toEqual(noteBefore);
        // Text formats give columns back as text.
        expect(Float64Array.from(weight, Number)).toEqual(weightBefore);
      }),
      { numRuns: 60 },
    );
  });

  it('is recognised by its content, without a name', async () => {
    const table: VectorTable = {
      points: { data: Float32Array.of(1, 2, 3, 40, 50, 60), rows: 2, cols: 3 },
      labels: ['north', 'south'],
    };
    expect((await read(await encode(table, { format: id }))).source?.format).toBe(id);
  });

  it('in blocks gives the rows of the whole', async () => {
    const n = 25;
    const data = Float32Array.from({ length: n * 3 }, (_, i) => i % 200);
    const names = Array.from({ length: n }, (_, i) => `word ${i}th`.replace(' ', '-'));
    const bytes = await encode(
      { points: { data, rows: n, cols: 3 }, labels: names },
      { format: id },
    );
    for (const size of [1, 7, 25, 100]) {
      const parts: number[] = [];
      const seen: string[] = [];
      for await (const block of readBlocks(bytes, size)) {
        expect(block.points.rows).toBeLessThanOrEqual(size);
        parts.push(...block.points.data);
        seen.push(...(block.labels ?? []));
      }
      expect(parts).toEqual([...data]);
      if (format.keeps.labels) expect(seen).toEqual(names);
    }
  });
});

describe('element types', () => {
  const whole = (low: number, high: number): fc.Arbitrary<number> =>
    fc.integer({ min: low, max: high });
  const ranges: Partial<Record<DType, fc.Arbitrary<number>>> = {
    f8: anyFloat,
    f4: anyFloat,
    i1: whole(-128, 127),
    u1: whole(0, 255),
    i2: whole(-32768, 32767),
    u2: whole(0, 65535),
    i4: whole(-(2 ** 24), 2 ** 24),
    u4: whole(0, 2 ** 24),
  };
  for (const format of writableFormats.filter(({ dtypes }) => dtypes.length > 1)) {
    it.each(format.dtypes.filter((dtype) => dtype !== 'f2'))(
      `${format.id} as %s gives back every value it can hold`,
      async (dtype) => {
        await fc.assert(
          fc.asyncProperty(tables({ values: ranges[dtype] ?? anyFloat }), async (table) => {
            const back = await again(table, format.id, dtype);
            expect(back.source?.dtype).toBe(dtype);
            // Integers have no −0.
            const data = table.points.data.map((x) => (dtype.startsWith('f') ? x : x + 0));
            expect(same(back.points.data, data)).toBe(true);
          }),
          { numRuns: 30 },
        );
      },
    );

    it(`${format.id} as f2 rounds to the nearest half`, async () => {
      const values = fc.float({ min: -65504, max: 65504, noNaN: true });
      await fc.assert(
        fc.asyncProperty(tables({ values }), async (table) => {
          const back = await again(table, format.id, 'f2');
          for (const [i, x] of table.points.data.entries()) {
            const error = Math.abs(back.points.data[i] - x);
            expect(error).toBeLessThanOrEqual(Math.max(Math.abs(x) * 2 ** -11, 2 ** -25));
          }
        }),
        { numRuns: 30 },
      );
    });
  }

  it('each of the 65,536 halves keeps its bits', () => {
    const wrong = Array.from(float16Values().entries()).filter(([half, value]) => {
      const bits = float16Bits(value);
      return Number.isNaN(value) ? (bits & 0x7fff) <= 0x7c00 : bits !== half;
    });
    expect(wrong).toEqual([]);
  });

  it('a value between two halves goes to the even one', () => {
    expect(float16Bits(1 + 2 ** -11)).toBe(0x3c00);
    expect(float16Bits(1 + 3 * 2 ** -11)).toBe(0x3c02);
    expect(float16Bits(3 * 2 ** -25)).toBe(0x0002);
    expect(float16Bits(2 ** -25)).toBe(0);
    expect(float16Bits(65519.99)).toBe(0x7bff);
    expect(float16Bits(65520)).toBe(0x7c00);
  });
});
