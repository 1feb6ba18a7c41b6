import { byId } from '../../catalog/by-id.ts';
import { InputError, OptionError } from '../../core/errors.ts';
import { givenPoints } from '../../core/given-points.ts';
import type { Matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { counted } from '../../core/text.ts';
import type { Engine } from '../../engine/engine.ts';
import * as alignments from '../../families/alignment/index.ts';
import type {
  Aligned,
  Alignment,
  AlignmentInput,
  RowPairs,
  Side,
} from '../../families/alignment/types.ts';
import type { ByteStore } from '../../io/byte-store.ts';
import type { VectorTable } from '../../io/index.ts';
import { storedModel } from '../../learning/index.ts';
import { MethodRun, type RunOptions } from '../../method/method.ts';
import { placesOf, whyUnmatched } from './matched-rows.ts';
import { type FirstRows, firstRows } from './support/first-rows.ts';
import {
  type HeldOutPairs,
  heldOutAll,
  heldOutByFolds,
  type PairedSpaces,
} from './support/held-out-pairs.ts';
import { makerOf } from './support/maker-of.ts';
import { type ClusterRecall, recallByCluster } from './support/recall-by-cluster.ts';
import { type Interval, recallInterval } from './support/recall-interval.ts';
import { type AlignVerdict, verdictOf } from './support/verdict.ts';

export type { Aligned, RowPairs, Side } from '../../families/alignment/types.ts';
export type { FirstRows } from './support/first-rows.ts';
export type { ClusterRecall } from './support/recall-by-cluster.ts';
export type { Interval } from './support/recall-interval.ts';
export { ALIGN_VERDICTS, type AlignVerdict, ENOUGH } from './support/verdict.ts';

/** Fewer pairs are not split. */
const FEWEST_TO_HOLD_OUT = 10;
const TEN = 10;

export interface JudgeOptions extends RunOptions {
  /** Parts in which the pairs are held out; default 5. */
  readonly folds?: number | undefined;
}

/** Recall of the partner of a row that the map was not fitted to, among all rows of B, by cosine. */
export interface HeldOutRecall {
  readonly recallAt1: Interval;
  readonly recallAt10: Interval;
  /** Rows of B, and pairs that were asked about, in how many parts; 0 parts where the map was fitted without pairs. */
  readonly candidates: number;
  readonly asked: number;
  readonly folds: number;
}

/** A map with what is to be expected of it. */
export interface JudgedAlignment extends Aligned {
  /** null where there are too few pairs to hold any out. */
  readonly heldOut: HeldOutRecall | null;
  /** Recall of a map to anywhere. */
  readonly chance: { readonly recallAt1: number; readonly recallAt10: number };
  readonly clusters: readonly ClusterRecall[];
  readonly reembed: FirstRows | null;
  readonly verdict: AlignVerdict;
}

const { ids, get } = byId<Alignment>('align', 'method', alignments);

/** The ids of all alignments. */
export const alignmentIds = ids;
/** The alignment of that id, else a sentence that names them all. */
export const alignmentById = get;

/**
 * Fits a bridge from the space of A to that of B.
 *
 * @example
 * const [a, b] = [await read('old.npy'), await read('new.npy')];
 * const { model } = await align({ a: a.points, b: b.points }, 'procrustes');
 * await saveModel(fileStore('map.safetensors'), model);
 */
export function align(
  input: AlignmentInput,
  method: string,
  options: Readonly<Record<string, unknown>> = {},
  run: RunOptions = {},
): Promise<Aligned> {
  return alignmentById(method)(input, options as never, run);
}

/**
 * Fits a bridge to all pairs, and says by pairs held out how well it will serve rows it has not seen: `docs/align.md`
 * has the rule of the verdict.
 *
 * @example
 * const { model, heldOut, verdict } = await alignAndJudge({ a, b, pairs }, 'cca-subspace');
 */
export async function alignAndJudge(
  input: AlignmentInput,
  id: string,
  options: Readonly<Record<string, unknown>> = {},
  run: JudgeOptions = {},
): Promise<JudgedAlignment> {
  const method = alignmentById(id);
  const folds = run.folds ?? 5;
  if (!(Number.isInteger(folds) && folds >= 2))
    throw new OptionError('align', 'folds', 'a whole number from 2 on', folds);
  const [a, b] = [givenPoints('align, A', input.a), givenPoints('align, B', input.b)];
  const aligned = await method(input, options as never, run);
  const engine = await new MethodRun(run).engineFor(a);
  const seed = Number(options['seed'] ?? 0);
  const random = Random.fromSeed(seed).fork('held-out');
  const judge = {
    method,
    options,
    random,
    run: { ...run, engine, onProgress: undefined },
    onPart: (done: number) => run.onProgress?.({ stage: 'pairs held out', done }),
  };
  const pairs = pairsOf(input, a.rows, b.rows, method.fewestPairs);
  const chance = { recallAt1: 1 / b.rows, recallAt10: Math.min(1, TEN / b.rows) };
  const unknown = (warning: string): JudgedAlignment => ({
    ...aligned,
    warnings: [...aligned.warnings, warning],
    heldOut: null,
    chance,
    clusters: [],
    reembed: null,
    verdict: 'do-not-use',
  });
  if (!pairs) return unknown('Without pairs nothing says whether the map is right.');
  const spaces = { a, b, pairs };
  if (method.fewestPairs === 0) {
    const found = await heldOutAll(spaces, aligned.model, judge);
    return judged(aligned, found, spaces, { ...judge, chance, folds: 0 });
  }
  const left = Math.floor((pairs.a.length * (folds - 1)) / folds);
  if (pairs.a.length < FEWEST_TO_HOLD_OUT || left < method.fewestPairs)
    return unknown(
      `${pairs.a.length} pairs are too few to hold any out: ${Math.max(FEWEST_TO_HOLD_OUT, Math.ceil((method.fewestPairs * folds) / (folds - 1)))} or more say how well the map does.`,
    );
  const found = await heldOutByFolds(spaces, folds, judge);
  if (!found)
    return unknown(
      'The pairs share rows, so that none can be held out: nothing says how well the map does.',
    );
  return judged(aligned, found, spaces, { ...judge, chance, folds });
}

async function judged(
  aligned: Aligned,
  found: HeldOutPairs,
  { a, b, pairs }: PairedSpaces,
  {
    random,
    run,
    chance,
    folds,
  }: {
    readonly random: Random;
    readonly run: RunOptions & { readonly engine: Engine };
    readonly chance: JudgedAlignment['chance'];
    readonly folds: number;
  },
): Promise<JudgedAlignment> {
  const context = { engine: run.engine, work: { signal: run.signal } };
  const recallAt1 = recallInterval(found.first, found.groups, random.fork('first'));
  const recallAt10 = recallInterval(found.amongTen, found.groups, random.fork('ten'));
  const reembed = await firstRows(a, found, pairs.a, context);
  return {
    ...aligned,
    warnings: [...aligned.warnings, ...warningsOf(recallAt1, chance.recallAt1, reembed)],
    heldOut: { recallAt1, recallAt10, candidates: b.rows, asked: found.first.length, folds },
    chance,
    clusters: await recallByCluster(b, found, random.fork('clusters'), context),
    reembed,
    verdict: verdictOf({ recallAt1, recallAt10 }),
  };
}

function warningsOf(
  { low }: Interval,
  chance: number,
  { rankCorrelation }: FirstRows,
): readonly string[] {
  const warnings: string[] = [];
  if (low <= chance)
    warnings.push('The map finds no more partners than chance: the pairs may be mismatched.');
  if (rankCorrelation && !(rankCorrelation.low > 0))
    warnings.push(
      'Errors of near pairs do not predict those of a row here: no rows are named to re-embed first.',
    );
  return warnings;
}

/** The pairs as they were given or, for methods that need them, by place; undefined where there are none. */
function pairsOf({ pairs }: AlignmentInput, n: number, m: number, fewest: number) {
  if (pairs) return { a: Int32Array.from(pairs.a), b: Int32Array.from(pairs.b) };
  if (fewest === 0 || n !== m) return undefined;
  const rows = Int32Array.from({ length: n }, (_, row) => row);
  return { a: rows, b: rows };
}

/**
 * Rows of both tables with the same label, where that label comes once in each; undefined where there are no labels.
 * Refuses tables whose labels bring no two rows together.
 */
export function pairsByLabel(a: VectorTable, b: VectorTable): RowPairs | undefined {
  if (!a.labels || !b.labels) return undefined;
  const [inA, inB] = [placesOf(a.labels), placesOf(b.labels)];
  const both = Array.from(inA).filter(([label, row]) => row >= 0 && (inB.get(label) ?? -1) >= 0);
  if (both.length === 0)
    throw new InputError(
      'align',
      `${whyUnmatched(a.labels, b.labels)}; --pairs FILE names the rows that belong together, --no-label pairs them by place.`,
    );
  return { a: both.map(([, row]) => row), b: both.map(([label]) => inB.get(label) ?? -1) };
}

/** What to say of labels of both tables that come several times in one, and so pair no rows; nothing where there are none. */
export function repeatedLabels(a: VectorTable, b: VectorTable): readonly string[] {
  if (!a.labels || !b.labels) return [];
  const [inA, inB] = [placesOf(a.labels), placesOf(b.labels)];
  const repeated = Array.from(inA)
    .filter(([label, row]) => inB.has(label) && Math.min(row, inB.get(label) ?? -1) < 0)
    .map(([label]) => label);
  if (repeated.length === 0) return [];
  const first = JSON.stringify(repeated[0]);
  return [
    `${counted(repeated.length, 'label')} of both files, first ${first}, found several times in one of them: rows with it are not paired; --pairs FILE would pair them.`,
  ];
}

/** Moves rows of one side by a saved map, each as if it were alone. */
export async function moveRows(
  store: ByteStore,
  rows: Matrix,
  side: Side = 'a',
  run: RunOptions = {},
): Promise<Matrix> {
  const stored = await storedModel(store);
  return alignmentById(makerOf(stored, 'alignment')).transform(stored, rows, side, run);
}
