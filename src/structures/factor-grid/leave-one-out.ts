import {
  alike,
  gathered,
  type Matrix,
  matrix,
  rows,
  toFloat64,
  zeros64,
} from '../../core/matrix.ts';
import type { Random } from '../../core/random.ts';
import { rowNorms } from '../../core/rows.ts';
import type { Engine, Work } from '../../engine/engine.ts';
import { unitOrZeroRows } from '../../numerics/rows/unit-rows.ts';
import { cellFinder } from './factor-grid.ts';
import type { GridDesign } from './grid-design.ts';
import { type IdealWords, isSaid, predictedWithout } from './ideal-words.ts';

/** A cell that is asked for, and the cells by which the baselines answer. */
interface Question {
  readonly cell: number;
  readonly predicted: Float64Array;
  /** The same, but for the value of one factor: b of a : b :: c : d, with the asked cell in the place of d. */
  readonly partner: number;
  /** Another value of the widest factor, as the partner and as the asked cell: a and c. */
  readonly other: readonly [number, number];
  /** Cells of the same value of the widest factor. */
  readonly beside: readonly number[];
}

export interface LeaveOneOutOptions {
  /** Cells asked for at most, drawn where there are more. */
  readonly most: number;
  readonly random: Random;
  /** Which cells may be asked for. Default: all. */
  readonly isAsked?: ((cell: number) => boolean) | undefined;
  readonly engine: Engine;
  readonly work?: Work | undefined;
}

export interface LeftOut {
  /** The cells asked for. */
  readonly cells: Int32Array;
  /** 1 where the candidate nearest to what the ideal words of the other cells say is the cell. */
  readonly idealWords: Uint8Array;
  /** The same of 3CosAdd with one other value of the widest factor, drawn. */
  readonly threeCosAdd: Uint8Array;
  /** The same of the partner cell itself. */
  readonly nearest: Uint8Array;
  readonly candidates: number;
}

/**
 * Whether a cell is found again by what the others say, by cosine among all rows (where each cell is one row, else among
 * the cells). The cells of the same value of the widest factor are no candidates, nor are those that a baseline
 * adds up; all answer the same questions.
 */
export async function leaveOneOut(
  design: GridDesign,
  words: IdealWords,
  points: Matrix,
  options: LeaveOneOutOptions,
): Promise<LeftOut> {
  const { grid } = design;
  const areRows = grid.rowsOf.every((rows) => rows.length === 1);
  // Means of rows are float64; fast engines take what the rows are.
  const candidates = alike(unitRowsOf(areRows ? points : grid.cells), points);
  const placeOf = (cell: number) => (areRows ? grid.rowsOf[cell][0] : cell);
  const questions = questionsOf(design, words, options);
  const own = (cell: number) => unitOrZeroRows(toFloat64(gathered(grid.cells, [cell]))).points.data;
  const answered = async (
    ask: (question: Question) => ArrayLike<number>,
    used: (question: Question) => readonly number[],
  ) => {
    const d = candidates.cols;
    const queries = zeros64(questions.length, d);
    for (const [at, question] of questions.entries()) queries.data.set(ask(question), at * d);
    const left = questions.map((question) => [...question.beside, ...used(question)].map(placeOf));
    const firsts = await firstAmong(queries, candidates, left, options);
    return Uint8Array.from(questions, ({ cell }, at) => Number(firsts[at] === placeOf(cell)));
  };
  return {
    cells: Int32Array.from(questions, ({ cell }) => cell),
    idealWords: await answered(
      ({ predicted }) => predicted,
      () => [],
    ),
    threeCosAdd: await answered(
      ({ partner, other: [a, c] }) => {
        const [x, y, z] = [own(partner), own(a), own(c)];
        return x.map((value, e) => value - y[e] + z[e]);
      },
      ({ other }) => other,
    ),
    nearest: await answered(
      ({ partner }) => own(partner),
      () => [],
    ),
    candidates: candidates.rows,
  };
}

/** How far rows of length 1 may be from it: that is the rounding of float32. */
const ROUNDING = 1e-6;

/** The rows at length 1, rows of zeros as they are; no copy of rows that have it. */
function unitRowsOf(m: Matrix): Matrix {
  const isUnit = rowNorms(m).every((norm) => norm === 0 || Math.abs(norm - 1) < ROUNDING);
  return isUnit ? m : unitOrZeroRows(m).points;
}

/** Numbers of candidates that an engine gets at once, which may copy them. */
const BLOCK = 2 ** 22;

/** For each query the place of the candidate of largest product that is not left out. */
async function firstAmong(
  queries: Matrix<Float64Array>,
  candidates: Matrix,
  left: readonly (readonly number[])[],
  { engine, work }: LeaveOneOutOptions,
): Promise<Int32Array> {
  if (queries.rows === 0) return new Int32Array();
  const most = Math.max(...left.map((own) => own.length));
  const k = Math.min(most + 1, candidates.rows);
  const typed = matrix(
    candidates.data instanceof Float32Array ? Float32Array.from(queries.data) : queries.data,
    queries.rows,
    queries.cols,
  );
  const firsts = new Int32Array(left.length).fill(-1);
  const largest = new Float64Array(left.length).fill(Number.NEGATIVE_INFINITY);
  const size = Math.max(k, Math.ceil(BLOCK / candidates.cols));
  for (let from = 0; from < candidates.rows; from += size) {
    const part = rows(candidates, from, Math.min(candidates.rows, from + size));
    const each = Math.min(k, part.rows);
    const { indices, products } = await engine.largestProducts(typed, part, each, {
      signal: work?.signal,
      onProgress: (done) => work?.onProgress?.((from + done * part.rows) / candidates.rows),
    });
    for (const [at, own] of left.entries()) {
      const found = indices.subarray(at * each, (at + 1) * each);
      const place = found.findIndex((row) => !own.includes(from + row));
      if (place < 0 || !(products[at * each + place] > largest[at])) continue;
      largest[at] = products[at * each + place];
      firsts[at] = from + found[place];
    }
  }
  return firsts;
}

function questionsOf(
  design: GridDesign,
  words: IdealWords,
  { most, random, isAsked = () => true }: LeaveOneOutOptions,
): Question[] {
  const ask = asker(design, words, random.fork('partners'));
  const out: Question[] = [];
  for (const cell of random.fork('cells').sample(design.grid.cells.rows)) {
    if (out.length >= most) break;
    const question = isAsked(cell) ? ask(cell) : undefined;
    if (question) out.push(question);
  }
  return out.sort((a, b) => a.cell - b.cell);
}

/** Makes the question of a cell; undefined where the other cells do not answer it. */
function asker(design: GridDesign, words: IdealWords, random: Random) {
  const { grid, widest } = design;
  const k = grid.factors.length;
  const cellAt = cellFinder(grid);
  const levelsOf = (cell: number) => Array.from(grid.levels.subarray(cell * k, (cell + 1) * k));
  const groups = grid.factors[widest].values.map((): number[] => []);
  for (let i = 0; i < grid.cells.rows; i++) groups[grid.levels[i * k + widest]].push(i);
  return (cell: number): Question | undefined => {
    if (!isSaid(design, cell)) return undefined;
    const own = levelsOf(cell);
    const beside = groups[own[widest]].filter((i) => i !== cell);
    const stream = random.fork(cell);
    const partners = beside.filter(
      (i) => levelsOf(i).filter((level, f) => level !== own[f]).length === 1,
    );
    for (const at of stream.fork('partner').sample(partners.length)) {
      const partner = partners[at];
      const theirs = levelsOf(partner);
      for (const value of stream.fork('value').sampling(groups.length)) {
        if (value === own[widest]) continue;
        const a = cellAt(theirs.with(widest, value));
        const c = cellAt(own.with(widest, value));
        if (a === undefined || c === undefined) continue;
        const predicted = predictedWithout(design, words, cell);
        return predicted && { cell, predicted, partner, other: [a, c], beside };
      }
    }
    return undefined;
  };
}
