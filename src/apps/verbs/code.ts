import { InputError, OptionError, ShapeError } from '../../core/errors.ts';
import { gathered, type Matrix, rows as rowsOf, toFloat64 } from '../../core/matrix.ts';
import { angleOfChord } from '../../core/numeric.ts';
import { Run, type RunControls } from '../../core/run.ts';
import {
  affinityCode,
  bestCode,
  type Certificate,
  type Code,
  certificateOf,
  lineCode,
  minimalEnergy,
  requireProblem,
  semanticAssignment,
  separationOf,
  THOMSON_ENERGIES,
  type VerifiedCertificate,
  verifiedCode,
} from '../../families/codes/index.ts';
import { mostApart } from './support/most-apart.ts';

/** What to make. */
export interface CodeRequest {
  /** Points (or lines) in use; with `targets` their number. */
  readonly count?: number | undefined;
  readonly dim: number;
  readonly seed?: number | undefined;
  /** Time to search; 0: a fixed amount of work. */
  readonly seconds?: number | undefined;
  /** Search without the starts that were found offline. */
  readonly fresh?: boolean | undefined;
  readonly chains?: number | undefined;
  readonly patience?: number | undefined;
  readonly threads?: number | undefined;
  /** Lines instead of points. */
  readonly lines?: boolean | undefined;
  /** Least Riesz energy with this exponent instead of the largest angle; 1 is Thomson's problem. */
  readonly exponent?: number | undefined;
  /** Points that stay, bit for bit; they come first. */
  readonly keep?: Matrix | undefined;
  /** So many points more, planned for now and used later; they come last. */
  readonly reserve?: number | undefined;
  /** n × n wanted cosines. */
  readonly targets?: Matrix | undefined;
  /** Vectors of the classes' meanings: class i gets row i. */
  readonly semantics?: Matrix | undefined;
}

/** A certificate, and what else was asked for. */
export interface CodeReport extends Certificate {
  readonly maxAbsCosine?: number;
  readonly energy?: {
    readonly exponent: number;
    readonly value: number;
    readonly bestKnown?: number;
  };
  readonly keep?: {
    readonly kept: number;
    readonly keptMinAngleDeg: number;
    /** What a code of the same size reaches that keeps nothing. */
    readonly freshMinAngleDeg: number;
    readonly lossDeg: number;
  };
  readonly reserve?: {
    readonly reserved: number;
    /** Smallest angle of the points in use, the reserved ones left out. */
    readonly usedMinAngleDeg: number;
  };
  readonly targets?: { readonly rootMeanSquareError: number; readonly largestError: number };
  readonly assignment?: { readonly correlation: number; readonly correlationBefore: number };
}

export interface CodeResult {
  /** (count + reserve) × dim unit rows. */
  readonly points: Matrix<Float64Array>;
  readonly report: CodeReport;
}

/**
 * Makes a code: points on the sphere as far apart as there is a way to, with a certificate.
 *
 * @example const { points, report } = await code({ count: 24, dim: 3 });
 */
export async function code(request: CodeRequest, run: RunControls = {}): Promise<CodeResult> {
  requireOneGoal(request);
  requireSize(request);
  const began = performance.now();
  const { report, points } = await made(request, run);
  const assigned = request.semantics
    ? await assignedByMeaning(points, request, run)
    : { points, extra: {} };
  const seconds = (performance.now() - began) / 1000;
  return { points: assigned.points, report: { ...report, ...assigned.extra, seconds } };
}

/** The certificate of any points; see `verifiedCode`. */
export function verifyCode(points: Matrix, lines = false): Promise<VerifiedCertificate> {
  return verifiedCode(points, { lines });
}

function requireOneGoal(request: CodeRequest): void {
  const goals = {
    lines: request.lines === true,
    energy: request.exponent !== undefined,
    targets: request.targets !== undefined,
  };
  const chosen = Object.entries(goals).flatMap(([name, given]) => (given ? [name] : []));
  if (chosen.length > 1) {
    throw new OptionError('code', chosen[1], `left out beside "${chosen[0]}"`, 'both');
  }
  const { reserve = 0, keep } = request;
  if (!Number.isSafeInteger(reserve) || reserve < 0) {
    throw new OptionError('code', 'reserve', 'an integer of at least 0', reserve);
  }
  if (chosen.length > 0 && chosen[0] !== 'energy' && (keep || reserve > 0)) {
    const name = keep ? 'keep' : 'reserve';
    throw new OptionError('code', name, `left out beside "${chosen[0]}"`, 'both');
  }
}

/** Sizes are refused by the names that requests give them. */
function requireSize(request: CodeRequest): void {
  const { dim: d, reserve = 0, targets } = request;
  const n = targets ? targets.rows : countOf(request) + reserve;
  requireProblem('code', { n, d }, { n: targets ? 'targets' : 'count', d: 'dim' });
}

function made(request: CodeRequest, run: RunControls): Promise<CodeResult> {
  if (request.targets) return madeForTargets(request.targets, request, run);
  if (request.lines) return madeOfLines(request, run);
  if (request.exponent !== undefined) return madeOfLeastEnergy(request.exponent, request, run);
  return madeApart(request, run);
}

/** Options that searches share; absent ones take their defaults. */
function searchOptions({ seed = 0, seconds = 0, chains = 0, patience }: CodeRequest) {
  return { seed, seconds, chains, ...(patience !== undefined && { patience }) };
}

async function madeApart(request: CodeRequest, run: RunControls): Promise<CodeResult> {
  const { dim: d, fresh = false, reserve = 0, threads } = request;
  const used = countOf(request);
  const n = used + reserve;
  const kept = request.keep && (await keptPoints(request.keep, d));
  const search = searchOptions(request);
  // What keeping costs is known from a second search: half of the time for each.
  const seconds = kept ? search.seconds / 2 : search.seconds;
  const options = { ...search, seconds, fresh };
  const found = await bestCode({ n, d, kept }, options, { ...run, threads });
  const extra: Partial<CodeReport> = {
    ...(kept && { keep: await lossOfKeeping(kept, found, options, { ...run, threads }) }),
  };
  if (reserve === 0) return { points: found.points, report: { ...found.certificate, ...extra } };
  const points = gathered(found.points, mostApart(found.points, used, kept?.rows ?? 0));
  const usedMinAngleDeg = await angleOf(rowsOf(points, 0, used));
  return {
    points,
    report: { ...found.certificate, ...extra, reserve: { reserved: reserve, usedMinAngleDeg } },
  };
}

async function lossOfKeeping(
  kept: Matrix<Float64Array>,
  { points, minAngleDeg }: Code,
  options: { readonly seed: number; readonly seconds: number; readonly chains: number },
  run: RunControls & { readonly threads?: number | undefined },
): Promise<NonNullable<CodeReport['keep']>> {
  const fresh = await bestCode({ n: points.rows, d: points.cols }, options, run);
  return {
    kept: kept.rows,
    keptMinAngleDeg: kept.rows > 1 ? await angleOf(kept) : 180,
    freshMinAngleDeg: fresh.minAngleDeg,
    lossDeg: fresh.minAngleDeg - minAngleDeg,
  };
}

async function madeOfLines(request: CodeRequest, run: RunControls): Promise<CodeResult> {
  const { dim: d, threads } = request;
  const problem = { n: countOf(request), d };
  const found = await lineCode(problem, searchOptions(request), { ...run, threads });
  const { points, certificate, cosine } = found;
  return { points, report: { ...certificate, maxAbsCosine: cosine } };
}

async function madeOfLeastEnergy(
  exponent: number,
  request: CodeRequest,
  run: RunControls,
): Promise<CodeResult> {
  const { dim: d, reserve = 0 } = request;
  const n = countOf(request) + reserve;
  const kept = request.keep && (await keptPoints(request.keep, d));
  const options = { ...searchOptions(request), exponent };
  const began = performance.now();
  const found = await minimalEnergy({ n, d, kept }, options, run);
  const { points, energy } = found;
  const best = exponent === 1 && d === 3 && !kept ? THOMSON_ENERGIES[n] : undefined;
  const certificate = await certificateOf(
    { ...found, n, d },
    {
      seconds: 0,
      seed: options.seed,
      end: began + 1000 * (options.seconds || Infinity),
      run: new Run(run),
      unfinished: Number.isNaN(energy) ? ['energy not computed: time.'] : [],
    },
  );
  const value = { exponent, value: energy, ...(best !== undefined && { bestKnown: best }) };
  return { points, report: { ...certificate, energy: value } };
}

async function madeForTargets(
  targets: Matrix,
  { count, dim: d }: CodeRequest,
  run: RunControls,
): Promise<CodeResult> {
  if (count !== undefined && count !== targets.rows) {
    throw new OptionError('code', 'count', `${targets.rows}, as many as targets has rows`, count);
  }
  const found = await affinityCode(targets, { dim: d }, run);
  const { points, rootMeanSquareError, largestError } = found;
  const n = targets.rows;
  const certificate = await certificateOf({ ...found, n, d }, { seconds: 0, seed: null });
  return { points, report: { ...certificate, targets: { rootMeanSquareError, largestError } } };
}

async function assignedByMeaning(
  points: Matrix<Float64Array>,
  { semantics, seed = 0, reserve = 0, keep }: CodeRequest,
  run: RunControls,
): Promise<{ points: Matrix<Float64Array>; extra: Partial<CodeReport> }> {
  if (keep) throw new OptionError('code', 'assign', 'left out beside "keep"', 'both');
  const used = points.rows - reserve;
  if (!semantics || semantics.rows !== used) {
    const got = `${semantics?.rows ?? 0}`;
    throw new ShapeError('code', `${used} rows of meanings, one a class`, got);
  }
  const problem = { code: rowsOf(points, 0, used), semantics };
  const { rows, correlation, correlationBefore } = await semanticAssignment(problem, { seed }, run);
  const order = Int32Array.from({ length: points.rows }, (_, i) => (i < used ? rows[i] : i));
  return {
    points: gathered(points, order),
    extra: { assignment: { correlation, correlationBefore } },
  };
}

/** Kept rows as float64, refused where two of them coincide. */
async function keptPoints(keep: Matrix, d: number): Promise<Matrix<Float64Array>> {
  const kept = toFloat64(keep);
  if (kept.cols === d && kept.rows > 1) {
    const { minAngleHighDeg, pair } = await verifyCode(kept);
    if (minAngleHighDeg < 1e-4) {
      throw new InputError(
        'code',
        `rows ${pair[1]} and ${pair[0]} of the points to keep coincide; no code keeps both apart.`,
      );
    }
  }
  return kept;
}

function countOf({ count }: CodeRequest): number {
  if (count === undefined) throw new OptionError('code', 'count', 'given', 'nothing');
  return count;
}

async function angleOf({ data, cols }: Matrix<Float64Array>): Promise<number> {
  const { chord } = await separationOf(data.slice(), cols);
  return (angleOfChord(chord) * 180) / Math.PI;
}
