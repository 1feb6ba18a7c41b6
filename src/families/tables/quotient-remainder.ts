import { OptionError } from '../../core/errors.ts';
import { add, concat, embedding, multiply, type Tensor } from '../../learning/index.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as papers from '../../method/bibliography/papers.ts';
import { choice, integer } from '../../method/options.ts';
import { defineTable } from './define.ts';
import { bytesByShare } from './support/bytes-by-share.ts';
import { ceilRoot, digitsOf, radicesFrom } from './support/mixed-radix.ts';
import { rowsOf } from './support/own-rows.ts';

const ID = 'quotient-remainder';

type Combine = 'multiply' | 'add' | 'concat';

/**
 * Every id has a vector of its own made of rows that it shares: by its remainder one row, by its quotient another.
 *
 *     y = R[id mod m] ∘ Q[⌊id/m⌋],   R of m × dim, Q of ⌈n/m⌉ × dim;   bytes 4·dim·Σ_f (m_f + ⌈n_f/m_f⌉)
 *
 * ∘ multiplies number by number, adds, or puts the two beside one another (`concat`: R and Q have half of the columns
 * each, and twice the rows for the same bytes). m is as large as the budget allows. With more `parts` the quotient is
 * divided again: k parts need about k·n^(1/k) rows at least. As remainders and quotients make complementary partitions,
 * no two ids have the same rows.
 *
 * @remarks Where there are many ids and nothing else is known of them. Ids that share a row of R are m apart: where they go
 * from the most frequent on, frequent ids share with rare ones alone. Where few ids have most of the examples, compare
 * with `mixed-dimension`.
 * @example
 * import { quotientRemainder } from 'tammes/tables';
 *
 * const table = await quotientRemainder({ fields: [{ name: 'item', size: 1000 }] }, { dim: 8, budget: 0.1 });
 * console.log(table.facts.rows, table.facts.distinct); // 100 1000
 * @function
 */
export const quotientRemainder = /* @__PURE__ */ defineTable({
  id: ID,
  title: 'Quotient and remainder',
  summary: 'A vector of its own for every id, made of rows of two or more short tables.',
  references: [
    cite(papers.compositionalEmbeddingsQr, 'quotient-remainder trick; complementary partitions'),
  ],
  options: {
    parts: integer(2, 'How many short tables an id has rows in.', { min: 2, max: 8 }),
    combine: choice(
      ['multiply', 'add', 'concat'],
      'multiply',
      'What makes one vector of the rows.',
    ),
  },
  plan(fields, { dim, parts, combine }, { bytes }) {
    if (combine === 'concat' && dim < parts)
      throw new OptionError(ID, 'parts', `at most ${dim}, the columns that it divides`, parts);
    const shape = { dim, parts, combine };
    const sizes = fields.map(({ size }) => ({
      full: 4 * dim * size,
      least: leastBytes(size, shape),
    }));
    const each = bytesByShare(ID, sizes, bytes);
    return { combine, radices: fields.map(({ size }, f) => radicesWithin(each[f], size, shape)) };
  },
  build({ combine, radices }, context) {
    const { fields, dim } = context;
    const tables = fields.map(({ name }, f) => {
      const widths = widthsOf(combine, dim, radices[f].length);
      return radices[f].map((rows, part, { length }) => {
        const deviation = partDeviation(combine, context.deviation, part, length);
        return rowsOf(`${name}.part-${part + 1}`, [rows, widths[part]], deviation, context);
      });
    });
    return {
      parameters: tables.flat(),
      lookup: (field, ids) =>
        combined(
          combine,
          digitsOf(ids, radices[field]).map((digits, part) =>
            embedding(tables[field][part], digits),
          ),
        ),
    };
  },
  facts: ({ radices }, fields) => ({
    rows: radices.flat().reduce((a, b) => a + b, 0),
    distinct: fields.reduce((sum, { size }) => sum + size, 0),
    sharing: Math.max(...fields.map(({ size }, f) => Math.ceil(size / radices[f][0]))),
  }),
});

interface Shape {
  readonly dim: number;
  readonly parts: number;
  readonly combine: Combine;
}

function combined(combine: Combine, rows: readonly Tensor[]): Tensor {
  if (combine === 'concat') return concat(...rows);
  return rows.reduce((a, b) => (combine === 'add' ? add(a, b) : multiply(a, b)));
}

/** Columns of each part: all, or a part of them where they are put beside one another. */
function widthsOf(combine: Combine, dim: number, parts: number): readonly number[] {
  return Array.from({ length: parts }, (_, part) =>
    combine === 'concat'
      ? Math.floor((dim * (part + 1)) / parts) - Math.floor((dim * part) / parts)
      : dim,
  );
}

/** Standard deviation of the numbers of a part that gives vectors the one asked for. */
function partDeviation(combine: Combine, deviation: number, part: number, parts: number): number {
  // Factors of size 1, so that the first part learns at the pace of rows that stand alone.
  if (combine === 'multiply') return part === 0 ? deviation : 1;
  return combine === 'add' ? deviation / Math.sqrt(parts) : deviation;
}

function bytesOf(radices: readonly number[], { dim, combine }: Shape): number {
  const widths = widthsOf(combine, dim, radices.length);
  return radices.reduce((sum, rows, part) => sum + 4 * rows * widths[part], 0);
}

function leastBytes(size: number, shape: Shape): number {
  const shortest = radicesFrom(ceilRoot(size, shape.parts), size, shape.parts);
  return Math.min(bytesOf([size], shape), bytesOf(shortest, shape));
}

/** The radices with the largest first one that have at most `bytes`. */
function radicesWithin(bytes: number, size: number, shape: Shape): readonly number[] {
  const [width] = widthsOf(shape.combine, shape.dim, shape.parts);
  const most = Math.min(size, Math.floor(bytes / (4 * width)));
  for (let first = most; first > 1; first--) {
    const radices = radicesFrom(first, size, shape.parts);
    if (bytesOf(radices, shape) <= bytes) return radices;
  }
  return [size];
}
