import { OptionError, ShapeError } from '../../../core/errors.ts';
import { requireFinite } from '../../../core/finite.ts';
import { type GivenPoints, givenPoints } from '../../../core/given-points.ts';
import { alike, gathered, type Matrix, matrix } from '../../../core/matrix.ts';
import type { Engine } from '../../../engine/engine.ts';
import { MethodRun, type RunOptions } from '../../../method/method.ts';
import { lessRow, meanRow } from '../../../numerics/rows/centered.ts';
import { unitOrZeroRows } from '../../../numerics/rows/unit-rows.ts';
import { principalAxes } from '../../../structures/spectra/principal-axes.ts';
import { procrustes } from '../procrustes.ts';
import type { Alignment, RowPairs } from '../types.ts';

const WHERE = 'ground';

/** Vectors of n objects of one kind, n × d: what they look like, or what they stand beside. */
export interface GroundingPart {
  readonly rows: GivenPoints;
  /** Its share of the cosines, beside those of the others. Default: 1. */
  readonly weight?: number | undefined;
}

/** Words, and the objects that are called by them. */
export interface GroundingWords {
  /** m × e. */
  readonly rows: GivenPoints;
  /** Object a[p] is called by word b[p]. */
  readonly pairs: RowPairs;
}

export interface GroundOptions {
  /** Coordinates of the common space, at most e times the parts. Default: e. */
  readonly dim?: number | undefined;
  /** What brings each part to the words, from pairs. Default: `procrustes`, a rotation. */
  readonly by?: Alignment | undefined;
}

/** Objects and words in one space. */
export interface Grounded {
  /** n × dim. */
  readonly objects: Matrix;
  /** Words by their vectors, r × e → r × dim. Each as if it were alone. */
  ofWords(rows: GivenPoints, run?: RunOptions): Promise<Matrix>;
  /** Share of the squared lengths of the parts side by side that `dim` coordinates keep. */
  readonly share: number;
  readonly warnings: readonly string[];
}

/**
 * One vector for each object from several parts. Each part is brought to the words, less their mean, by the objects whose
 * word is known; its rows are scaled to unit length, weighted and put beside those of the others, and the leading
 * singular directions V of all that remain:
 *
 *     object i: [√w₁ û₁ᵢ … √w_P û_Pᵢ]·V,   word y: [√w₁ ŷ … √w_P ŷ]·V,   ŷ = (y − μ)/‖y − μ‖
 *
 * with u_p = the rows of part p after its map, and w the weights over their sum. With all directions the product of an
 * object and a word is Σ w_p cos(u_p, y − μ). A row of zeros says nothing of its object: it stays zero in its part, and
 * is no pair.
 *
 * Source: Krishna et al. 2023 (IMAGINATOR), whose code adds the parts, 3 : 1, in place of putting them side by side.
 */
export async function ground(
  parts: readonly GroundingPart[],
  words: GroundingWords,
  { dim, by = procrustes as unknown as Alignment }: GroundOptions = {},
  options: RunOptions = {},
): Promise<Grounded> {
  if (by.into !== 'b')
    throw new OptionError(WHERE, 'by', 'an alignment into the space of the words', by.spec.id);
  const { rows, weights } = partsOf(parts);
  const given = requireFinite(`${WHERE}, words`, givenPoints(`${WHERE}, words`, words.rows));
  const [first] = rows;
  requirePairs(words.pairs, first.rows, given.rows);
  const signal = options.signal;
  const engine = await new MethodRun(options).engineFor(first);
  const mean = meanRow(gathered(given, words.pairs.b));
  const to = alike(lessRow(given, mean), first);
  const moved: Moved[] = [];
  for (const [p, part] of rows.entries())
    moved.push(await movedPart(p, part, to, words.pairs, by, { engine, signal }));
  const joined = beside(
    moved.map(({ at }) => at),
    weights,
  );
  const count = Math.min(dim ?? given.cols, joined.cols);
  if (!(Number.isInteger(count) && count >= 1))
    throw new OptionError(WHERE, 'dim', 'a whole number, 1 or more', dim);
  const { vectors, values, total } = await principalAxes(joined, count, engine, { signal });
  const placed = (m: Matrix, on: Engine) =>
    on.matmul(m, alike(vectors, m), { transposeB: true }, { signal });
  return {
    objects: await placed(joined, engine),
    share: total > 0 ? values.reduce((sum, value) => sum + value, 0) / total : 1,
    warnings: moved.flatMap(({ warnings }) => warnings),
    async ofWords(asked, placing = {}) {
      const points = requireFinite(`${WHERE}, words`, givenPoints(`${WHERE}, words`, asked));
      if (points.cols !== given.cols)
        throw new ShapeError(WHERE, `words of ${given.cols}`, `${points.cols}`);
      const unit = alike(lessRow(points, mean), first);
      const repeated = beside(
        rows.map(() => unit),
        weights,
      );
      return placed(repeated, await new MethodRun(placing).engineFor(repeated));
    },
  };
}

interface Moved {
  /** n × e. */
  readonly at: Matrix;
  readonly warnings: readonly string[];
}

/** A part after the map that its pairs give; rows of zeros stay so. */
async function movedPart(
  p: number,
  part: Matrix,
  to: Matrix,
  pairs: RowPairs,
  by: Alignment,
  run: RunOptions,
): Promise<Moved> {
  const { rows: n, cols: d } = part;
  const silent = Array.from({ length: n }, (_, i) => i).filter((i) =>
    part.data.subarray(i * d, (i + 1) * d).every((x) => x === 0),
  );
  const isSilent = new Set(silent);
  const known = Array.from(pairs.a).flatMap((row, at) =>
    isSilent.has(row) ? [] : [{ row, word: pairs.b[at] }],
  );
  const fitted = { a: known.map(({ row }) => row), b: known.map(({ word }) => word) };
  if (known.length < 2)
    throw new ShapeError(
      WHERE,
      `2 objects with a word of which part ${p} says something`,
      `${known.length}`,
    );
  // Rows are brought to unit length afterwards: of a map that can, the size is free.
  const options = 'scaled' in by.spec.options ? { scaled: true } : {};
  const { model, warnings } = await by({ a: part, b: to, pairs: fitted }, options, run);
  const at = await by.transform(model, part, 'a', run);
  for (const i of silent) at.data.fill(0, i * at.cols, (i + 1) * at.cols);
  const ofSilent =
    silent.length > 0
      ? [`Part ${p} says nothing of ${silent.length} of ${n} objects: their rows are zero.`]
      : [];
  return { at, warnings: [...ofSilent, ...warnings.map((own) => `Part ${p}: ${own}`)] };
}

function partsOf(parts: readonly GroundingPart[]) {
  if (parts.length < 1) throw new ShapeError(WHERE, 'a part or more', 'none');
  const rows = parts.map(({ rows: own }, p) =>
    requireFinite(`${WHERE}, part ${p}`, givenPoints(`${WHERE}, part ${p}`, own)),
  );
  const [{ rows: n, data }] = rows;
  rows.forEach((own, p) => {
    if (own.rows !== n || own.data.constructor !== data.constructor)
      throw new ShapeError(
        WHERE,
        `a row for each object in every part, all float32 or all float64`,
        `${n} in part 0 and ${own.rows} in part ${p}`,
      );
  });
  const given = parts.map(({ weight = 1 }) => weight);
  const sum = given.reduce((total, weight) => total + weight, 0);
  if (!(given.every((weight) => weight >= 0) && sum > 0 && Number.isFinite(sum)))
    throw new OptionError(WHERE, 'weight', '0 or more, not all 0', given);
  return { rows, weights: given.map((weight) => weight / sum) };
}

function requirePairs({ a, b }: RowPairs, objects: number, words: number): void {
  if (a.length !== b.length)
    throw new ShapeError(
      WHERE,
      'as many objects as words in the pairs',
      `${a.length} and ${b.length}`,
    );
  for (let p = 0; p < a.length; p++) {
    const isPlace = a[p] >= 0 && a[p] < objects && b[p] >= 0 && b[p] < words;
    if (!isPlace)
      throw new ShapeError(
        WHERE,
        `pairs of ${objects} objects and ${words} words`,
        `object ${a[p]} and word ${b[p]} in pair ${p}`,
      );
  }
}

/** Unit rows of each part times the root of its weight, side by side. */
function beside(parts: readonly Matrix[], weights: readonly number[]): Matrix {
  const [{ rows: n, cols: e, data: like }] = parts;
  const width = e * parts.length;
  const data = new (like.constructor as new (n: number) => typeof like)(n * width);
  for (const [p, part] of parts.entries()) {
    const { points } = unitOrZeroRows(part);
    const factor = Math.sqrt(weights[p]);
    for (let i = 0; i < n; i++)
      for (let c = 0; c < e; c++) data[i * width + p * e + c] = factor * points.data[i * e + c];
  }
  return matrix(data, n, width);
}
