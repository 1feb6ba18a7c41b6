import { InputError, OptionError, ShapeError } from '../../core/errors.ts';
import { matrix } from '../../core/matrix.ts';
import { counted } from '../../core/text.ts';
import type { RunOptions } from '../../method/method.ts';
import { formulaTerms } from '../../numerics/text/formula.ts';
import { wordTokens } from '../../numerics/text/words.ts';
import { labelOfRow, rowOfLabel } from './label-index.ts';
import { labelsOf, requireRow, unknownOf, wordsOf } from './lookup.ts';
import { nearestByProduct, nearestRows, type Scored } from './nearest.ts';
import type {
  LookupOptions,
  Near,
  NearOptions,
  Neighbor,
  Question,
  VectorRows,
  Word,
} from './types.ts';
import { dot, sumOf, unit } from './vectors.ts';

/** A question as vectors with weights. */
interface Asked {
  readonly units: readonly Float32Array[];
  readonly weights: readonly number[];
  /** Rows of the question itself, which are no answer. */
  readonly without: readonly number[];
  readonly words: readonly Word[];
}

/**
 * The rows nearest to a question, exactly. The words of a formula, a label and a row are left out of their own answer;
 * the words of a text are not.
 */
export async function nearTo(
  rows: VectorRows,
  question: Question,
  { k = 10, multiply = false, ...lookup }: NearOptions,
  run: RunOptions,
): Promise<Near> {
  if (!Number.isSafeInteger(k) || k < 1) throw new OptionError('near', 'k', 'an integer ≥ 1', k);
  if (multiply && !('formula' in question))
    throw new OptionError('near', 'multiply', 'false where no formula is asked', multiply);
  const asked = await askedFor(rows, question, lookup);
  const query = queryOf(rows, asked);
  const options = { k, without: new Set(asked.without) };
  const found = multiply
    ? await nearestByProduct(rows, stacked(asked.units), asked.weights, options, run)
    : (await nearestRows(rows, matrix(query, 1, rows.cols), options, run))[0];
  const neighbors = multiply ? await withCosines(rows, query, found) : found.map(cosineOf);
  const few = neighbors.length < k ? { reason: fewRows(rows, options.without.size) } : {};
  return {
    neighbors: await named(rows, neighbors),
    exact: true,
    scanned: rows.rows,
    ...few,
    unknown: unknownOf(asked.words),
  };
}

function fewRows({ rows }: VectorRows, own: number): string {
  const others =
    own === 0 ? '' : `, of which ${own} ${own === 1 ? 'is' : 'are'} the question's own`;
  return `there are ${counted(rows, 'row')}${others}.`;
}

/** The unit sum of the vectors; refuses one without a direction. */
function queryOf({ name, cols }: VectorRows, { units, weights }: Asked): Float32Array {
  const query = unit(sumOf(units, weights));
  if (query.length !== cols)
    throw new ShapeError(name, `a vector of ${cols} numbers`, `${query.length}`);
  if (query.some((x) => x !== 0)) return query;
  throw new InputError(name, 'the vector that is asked for has length zero and so no direction.');
}

async function askedFor(
  rows: VectorRows,
  question: Question,
  options: LookupOptions,
): Promise<Asked> {
  if ('vector' in question) {
    if (!Array.from(question.vector).every(Number.isFinite))
      throw new InputError(
        rows.name,
        'the vector that is asked for holds a number that is not finite.',
      );
    return { units: [unit(question.vector)], weights: [1], without: [], words: [] };
  }
  if ('row' in question) {
    const row = requireRow(rows, question.row);
    const { data } = await rows.vectorsAt([row]);
    return { units: [unit(data)], weights: [1], without: [row], words: [] };
  }
  if ('text' in question) {
    const words = await wordsOf(rows, await wordsOfText(rows, question.text, options), options);
    return { ...weighed(words), without: [] };
  }
  const terms =
    'label' in question ? [{ word: question.label, weight: 1 }] : formulaTerms(question.formula);
  const words = await wordsOf(
    rows,
    terms.map(({ word }) => word),
    options,
  );
  const weights = terms.map(({ weight }) => weight);
  return { ...weighed(words, weights), without: words.flatMap(({ row }) => row ?? []) };
}

const weighed = (words: readonly Word[], weights = words.map(() => 1)) => ({
  units: words.map(({ vector }) => unit(vector)),
  weights,
  words,
});

/** A text that is a label is that word; else its words. */
async function wordsOfText(
  rows: VectorRows,
  text: string,
  { ignoreCase }: LookupOptions,
): Promise<string[]> {
  const whole = text.trim();
  if ((await rowOfLabel(labelsOf(rows), whole, ignoreCase)) !== undefined) return [whole];
  const words = wordTokens(whole);
  if (words.length > 0) return words;
  throw new InputError(rows.name, `the text ${JSON.stringify(text)} has no words.`);
}

function stacked(vectors: readonly Float32Array[]) {
  const [{ length: cols }] = vectors;
  const data = new Float32Array(vectors.length * cols);
  for (const [i, vector] of vectors.entries()) data.set(vector, i * cols);
  return matrix(data, vectors.length, cols);
}

const cosineOf = ({ row, score }: Scored) => ({ row, cosine: score });

async function withCosines(rows: VectorRows, query: Float32Array, found: readonly Scored[]) {
  const { data } = await rows.vectorsAt(found.map(({ row }) => row));
  return found.map(({ row, score }, i) => {
    const vector = unit(data.subarray(i * rows.cols, (i + 1) * rows.cols));
    return { row, cosine: dot(query, vector), score };
  });
}

function named(
  { labelArrays }: VectorRows,
  found: readonly Omit<Neighbor, 'label'>[],
): Promise<Neighbor[]> {
  return Promise.all(
    found.map(async ({ row, ...scores }) => ({
      row,
      label: labelArrays ? await labelOfRow(labelArrays, row) : null,
      ...scores,
    })),
  );
}
