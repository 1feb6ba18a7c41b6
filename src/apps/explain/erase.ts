import { byId } from '../../catalog/by-id.ts';
import { InputError } from '../../core/errors.ts';
import { givenPoints } from '../../core/given-points.ts';
import { alike, copied, gathered, type Matrix, matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import type { Engine } from '../../engine/engine.ts';
import * as erasures from '../../families/erasure/index.ts';
import {
  type Concept,
  conceptOf,
  conceptOfRows,
  type Erased,
  type Erasure,
  type ErasureInput,
} from '../../families/erasure/index.ts';
import type { ByteStore } from '../../io/byte-store.ts';
import { type StoredModel, storedModel } from '../../learning/index.ts';
import { MethodRun, type RunOptions } from '../../method/method.ts';
import { lessRow, meanRow } from '../../numerics/rows/centered.ts';
import {
  type ConceptProbe,
  majorityOf,
  type ProbeKind,
  type ProbeSplit,
  probeConcept,
  probeKindOf,
  probeSplit,
  type Share,
} from './concept-probe.ts';

export type { ConceptProbe, ProbeKind, Share } from './concept-probe.ts';

const { ids, get } = byId<Erasure>('explain erase', 'method', ofRows(erasures));

/** The ids of the erasures of rows that are alone; what reads sets of rows is called by `explain guard`. */
export const erasureIds = ids;
/** The erasure of that id, else a sentence that names them all. */
export const erasureById = get;

function ofRows(methods: object): object {
  const own = Object.entries(methods).filter(([, one]) => !(one as Partial<Erasure>).inSets);
  return Object.fromEntries(own);
}

/** What probes say of a concept before and after a filter: rows of a part fitted to it and to the filter, others asked. */
export interface ErasureVerdict {
  readonly probe: ProbeKind;
  readonly classes: number;
  readonly fitted: number;
  readonly heldOut: number;
  readonly probeBefore: ConceptProbe;
  readonly probeAfter: ConceptProbe;
  /** What naming the most frequent class gets right of the rows held out. */
  readonly majority: number;
  /** The same number of random directions taken out instead. */
  readonly random: { readonly probe: ConceptProbe; readonly meanCosine: number } | null;
  /** How well what is to be kept is told before and after. */
  readonly kept: {
    readonly probe: ProbeKind;
    readonly before: Share;
    readonly after: Share;
    readonly majority: number;
  } | null;
}

export interface JudgedErasure extends Erased {
  /** All rows, filtered. */
  readonly points: Matrix;
  /** Mean cosine of a row with what became of it. */
  readonly meanCosine: number;
  /** null without classes. */
  readonly verdict: ErasureVerdict | null;
}

export interface JudgeOptions extends RunOptions {
  /** Of the rows that are held out and of the random directions. */
  readonly seed?: number | undefined;
}

/**
 * Fits a filter to all rows and filters them; with classes, says by a filter fitted to a part of them what probes find in
 * the others.
 *
 * @example
 * const { model, points, verdict } = await eraseAndJudge({ points: vectors, classes: topics }, 'leace');
 */
export async function eraseAndJudge(
  input: ErasureInput,
  id: string,
  options: Readonly<Record<string, unknown>> = {},
  run: JudgeOptions = {},
): Promise<JudgedErasure> {
  const erasure = erasureById(id);
  const rows = givenPoints('explain erase', input.points);
  const erased = await erasure(input, options as never, run);
  const points = await erasure.transform(erased.model, rows, run);
  const verdict = await verdictOf(input, rows, run, async (part, fitted) => {
    const own = inputOf(input, part, fitted);
    const { model, rank } = await erasure(own, options as never, quiet(run));
    return { points: await erasure.transform(model, part.points, quiet(run)), rank };
  });
  return { ...erased, points, meanCosine: meanCosine(rows, points), verdict };
}

export interface AppliedErasure {
  readonly method: string;
  readonly rank: number;
  readonly points: Matrix;
  readonly meanCosine: number;
  /** Of probes fitted to a part of these rows; null without classes. */
  readonly verdict: ErasureVerdict | null;
}

/** Filters rows by a saved filter; with classes, says what probes find in them before and after. */
export async function eraseBy(
  store: ByteStore,
  input: Pick<ErasureInput, 'points' | 'classes' | 'kept'>,
  run: JudgeOptions = {},
): Promise<AppliedErasure> {
  const stored = await storedModel(store);
  const method = methodOf(stored);
  const erasure = erasureById(method);
  const rank = Number(stored.settings['rank']);
  const rows = givenPoints('explain erase', input.points);
  const points = await erasure.transform(stored, rows, run);
  const verdict = await verdictOf(input, rows, run, async (part) => ({
    points: await erasure.transform(stored, part.points, quiet(run)),
    rank,
  }));
  return { method, rank, points, meanCosine: meanCosine(rows, points), verdict };
}

const FAMILY = 'erasure/';

function methodOf({ name, kind }: StoredModel): string {
  if (kind.startsWith(FAMILY)) return kind.slice(FAMILY.length);
  throw new InputError(
    name,
    `the model was made by ${kind}; a filter of tammes explain erase is expected.`,
  );
}

/** Progress is that of all rows. */
const quiet = (run: RunOptions): RunOptions => ({ ...run, onProgress: undefined });

/** Rows that are judged: those that are fitted to, then those held out. */
interface Part {
  readonly points: Matrix;
  /** Their places among all rows. */
  readonly rows: Int32Array;
}

/** What the first so many rows of a part are fitted by. */
function inputOf(input: ErasureInput, { points, rows }: Part, fitted: number): ErasureInput {
  const own = rows.subarray(0, fitted);
  const of = (names: readonly string[] | undefined) =>
    names && Array.from(own, (row) => names[row]);
  const { classes, kept, partners, directions } = input;
  const isVaried = new Set(of(kept)).size > 1;
  return {
    points: gathered(points, Int32Array.from(own.keys())),
    classes: of(classes),
    kept: isVaried ? of(kept) : undefined,
    directions,
    partners: partners && gathered(givenPoints('explain erase', partners), own),
  };
}

type Filter = (
  part: Part,
  fitted: number,
) => Promise<{ readonly points: Matrix; readonly rank: number }>;

async function verdictOf(
  { classes, kept }: Pick<ErasureInput, 'classes' | 'kept'>,
  rows: Matrix,
  run: JudgeOptions,
  filter: Filter,
): Promise<ErasureVerdict | null> {
  if (!classes) return null;
  const all = conceptOf('explain erase', classes, rows.rows);
  const random = Random.fromSeed(run.seed ?? 0).fork('explain erase');
  const chosen = probeSplit(all, rows.cols, random.fork('held out'));
  if (chosen.held.length === 0) return null;
  const places = Int32Array.from([...chosen.fitted, ...chosen.held]);
  const part = { points: gathered(rows, places), rows: places };
  const fitted = chosen.fitted.length;
  const split = splitAt(fitted, places.length);
  const engine = await new MethodRun(run).engineFor(rows);
  const after = await filter(part, fitted);
  const concept = conceptOfRows(all, places);
  const probed = (points: Matrix) => probeConcept(points, concept, split, engine);
  return {
    probe: probeKindOf(all),
    classes: all.names.length,
    fitted,
    heldOut: chosen.held.length,
    probeBefore: await probed(part.points),
    probeAfter: await probed(after.points),
    majority: majorityOf(concept, split),
    random: await randomly(part.points, after.rank, random.fork('directions'), engine, probed),
    kept: kept ? await keptOf(kept, part, after.points, split, engine) : null,
  };
}

function splitAt(fitted: number, n: number): ProbeSplit {
  const places = Int32Array.from({ length: n }, (_, i) => i);
  return { fitted: places.subarray(0, fitted), held: places.subarray(fitted) };
}

async function keptOf(
  kept: readonly string[],
  part: Part,
  after: Matrix,
  split: ProbeSplit,
  engine: Engine,
): Promise<ErasureVerdict['kept']> {
  const all = conceptOf('explain erase, kept', kept, kept.length);
  const concept: Concept = conceptOfRows(all, part.rows);
  const probed = async (points: Matrix) => {
    const { value, low, high } = await probeConcept(points, concept, split, engine);
    return { value, low, high };
  };
  return {
    probe: probeKindOf(all),
    before: await probed(part.points),
    after: await probed(after),
    majority: majorityOf(concept, split),
  };
}

/** As many directions by chance taken out; null where these would be all. */
async function randomly(
  points: Matrix,
  rank: number,
  random: Random,
  engine: Engine,
  probed: (points: Matrix) => Promise<ConceptProbe>,
): Promise<ErasureVerdict['random']> {
  const { cols: d } = points;
  if (rank === 0 || rank >= d) return null;
  const drawn = Float64Array.from({ length: d * rank }, () => random.normal());
  const basis = alike((await engine.linalg.qr(matrix(drawn, d, rank))).q, points);
  const amounts = await engine.matmul(lessRow(points, meanRow(points)), basis);
  const taken = await engine.matmul(amounts, basis, true);
  const left = copied(points);
  for (let e = 0; e < left.data.length; e++) left.data[e] -= taken.data[e];
  return { probe: await probed(left), meanCosine: meanCosine(points, left) };
}

/** Over rows that have a length before and after; without any, 1 where nothing moved, and 0 where nothing is left. */
function meanCosine({ data: x, rows: n, cols: d }: Matrix, { data: y }: Matrix): number {
  let [sum, count] = [0, 0];
  for (let i = 0; i < n; i++) {
    let [xx, xy, yy] = [0, 0, 0];
    for (let e = i * d; e < (i + 1) * d; e++) {
      xx += x[e] * x[e];
      xy += x[e] * y[e];
      yy += y[e] * y[e];
    }
    if (!(xx > 0 && yy > 0)) continue;
    sum += xy / Math.sqrt(xx * yy);
    count += 1;
  }
  if (count > 0) return sum / count;
  return x.every((value, e) => value === y[e]) ? 1 : 0;
}
