import { AbortedError, InputError, OptionError } from '../../core/errors.ts';
import { type Matrix, toFloat32 } from '../../core/matrix.ts';
import { exp } from '../../core/numeric.ts';
import { Random } from '../../core/random.ts';
import type { RunControls } from '../../core/run.ts';
import { counted } from '../../core/text.ts';
import type { Engine } from '../../engine/engine.ts';
import { type GivenTable, givenTable } from '../../io/given-table.ts';
import { studentQuantile } from '../../numerics/laws/student.ts';
import { LEVEL } from '../../numerics/statistics/intervals.ts';
import { eigenvaluesOf, groupSpectra } from '../../structures/spectra/group-spectra.ts';
import { RANKME_EPSILON, smoothEntropy } from '../../structures/spectra/smooth-rank.ts';
import { type EngineOptions, onEngine } from './support/engine.ts';

export interface RankRunsOptions extends EngineOptions {
  /** Added to each share of the singular values. Default: the paper's 1e-7. */
  readonly epsilon?: number | undefined;
  /** Take the mean row off first. Default false. */
  readonly center?: boolean | undefined;
}

/** A number with its 95 % interval. */
export interface Bounded {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** One run of the sweep. */
export interface RankedRun {
  readonly name: string;
  readonly n: number;
  readonly d: number;
  /** RankMe of its rows as they came, with the interval over rows drawn like these. */
  readonly rankme: Bounded;
  /** Root mean square distance of the rows from their mean: what RankMe does not see. */
  readonly spread: number;
  /** By which share it is below the first; 0 for the first. Intervals hold for all runs at once. */
  readonly behind: Bounded;
  /** The rows do not tell it from the first. */
  readonly tied: boolean;
}

export interface RunRanking {
  /** Highest RankMe first. */
  readonly runs: readonly RankedRun[];
  /** Share of the pairs of runs whose order the rows settle, each at 95 %. */
  readonly settled: number;
  /** What to choose, in one sentence. */
  readonly sentence: string;
  readonly warnings: readonly string[];
  readonly engine: string;
}

/** RankMe of one run as its logarithm, of all rows and without each group of them. */
interface Estimated {
  readonly name: string;
  readonly n: number;
  readonly d: number;
  readonly log: number;
  readonly without: readonly number[];
  readonly spread: number;
}

/** Groups of rows that are left out in turn; fewer where each takes long. */
const GROUPS = 20;
const FEW_GROUPS = 10;
const LARGE = 256;
const FEWEST_ROWS = 3;
/** A run whose rows differ by less than this share of the median run's has collapsed. */
const COLLAPSED = 0.01;

/**
 * Orders the runs of one sweep by RankMe, highest first, and says how well the rows know that order: which runs
 * they cannot tell from the first, and the share of pairs whose order is settled.
 *
 * Differences are those of the logarithms, by the jackknife over groups of rows. Runs with equally many rows are
 * taken to have embedded the same things in the same order: the same groups are left out in all, so that what
 * the rows have in common cancels. Intervals behind the first hold for all runs together (Bonferroni).
 *
 * The paper compares runs of one method only. Among tied runs it takes the smallest or largest value of the
 * hyperparameter that reaches the rank.
 *
 * @example const { runs, sentence } = await rankRuns({ 'lr 0.1': a, 'lr 0.3': b, 'lr 1': c });
 */
export async function rankRuns(
  runs: Readonly<Record<string, GivenTable>>,
  { epsilon = RANKME_EPSILON, center = false, ...place }: RankRunsOptions = {},
  { signal, onProgress }: RunControls = {},
): Promise<RunRanking> {
  const given = Object.entries(runs).map(([name, run]) => ({
    name,
    points: givenTable(name, run).points,
  }));
  // One engine for all.
  const wide = given.every(({ points }) => points.data instanceof Float64Array);
  const entries = given.map(({ name, points }) => ({
    name,
    points: wide ? points : toFloat32(points),
  }));
  if (entries.length < 2) throw new OptionError('rank', 'runs', 'at least 2 runs', entries.length);
  for (const { name, points } of entries) requireRows(name, points);
  return onEngine(entries[0].points, place, async (engine) => {
    const found: Estimated[] = [];
    for (const [at, { name, points }] of entries.entries()) {
      if (signal?.aborted) throw new AbortedError('rank');
      onProgress?.({ stage: name, done: at / entries.length });
      found.push(await estimated(name, points, { epsilon, center }, engine));
    }
    return { ...ranking(found), engine: engine.name };
  });
}

function requireRows(name: string, { rows, data }: Matrix): void {
  const refuse = (found: string) => {
    throw new InputError('rank', `${name} has ${found}.`);
  };
  if (rows < FEWEST_ROWS) refuse(`${counted(rows, 'row')}: at least ${FEWEST_ROWS} are needed`);
  if (!data.every(Number.isFinite)) refuse('values that are NaN or infinite');
}

async function estimated(
  name: string,
  points: Matrix,
  { epsilon, center }: { readonly epsilon: number; readonly center: boolean },
  engine: Engine,
): Promise<Estimated> {
  const { rows: n, cols: d } = points;
  const groups = Math.min(n, Math.min(n, d) <= LARGE ? GROUPS : FEW_GROUPS);
  // Of no seed, and the same for every run of as many rows.
  const order = Random.fromSeed(0).fork('runs').sample(n);
  const spectra = await groupSpectra(points, order, center, engine, groups);
  const whole = await eigenvaluesOf(points, center, engine);
  if (!(whole[0] > 0)) {
    throw new InputError('rank', `${name} has rows of zeros only, or all equal.`);
  }
  return {
    name,
    n,
    d,
    log: smoothEntropy(whole, epsilon),
    without: spectra.map((values) => smoothEntropy(values, epsilon)),
    spread: spreadOf(points),
  };
}

function spreadOf({ data, rows: n, cols: d }: Matrix): number {
  let sum = 0;
  for (let c = 0; c < d; c++) {
    let mean = 0;
    for (let i = 0; i < n; i++) mean += data[i * d + c] / n;
    for (let i = 0; i < n; i++) sum += (data[i * d + c] - mean) ** 2;
  }
  return Math.sqrt(sum / n);
}

function ranking(found: readonly Estimated[]): Omit<RunRanking, 'engine'> {
  const ordered = [...found].sort((a, b) => b.log - a.log);
  const [first] = ordered;
  const level = 1 - (1 - LEVEL) / (ordered.length - 1);
  const runs = ordered.map((run): RankedRun => {
    const { name, n, d, spread } = run;
    const behind = run === first ? { value: 0, half: 0 } : difference(first, run, level);
    return {
      name,
      n,
      d,
      spread,
      rankme: ownInterval(run),
      behind: {
        value: 1 - exp(-behind.value),
        low: 1 - exp(behind.half - behind.value),
        high: 1 - exp(-behind.half - behind.value),
      },
      tied: run === first || behind.half >= behind.value,
    };
  });
  return {
    runs,
    settled: settledShare(ordered),
    sentence: sentenceOf(runs),
    warnings: warningsOf(runs),
  };
}

function ownInterval({ log, without }: Estimated): Bounded {
  const half = studentQuantile(LEVEL, without.length - 1) * jackknifeError(without);
  return { value: exp(log), low: exp(log - half), high: exp(log + half) };
}

/** ln of the ratio of the better run's RankMe to the other's, and half its interval. */
function difference(better: Estimated, other: Estimated, level: number) {
  const paired = better.n === other.n && better.without.length === other.without.length;
  const error = paired
    ? jackknifeError(better.without.map((log, g) => log - other.without[g]))
    : Math.hypot(jackknifeError(better.without), jackknifeError(other.without));
  const groups = Math.min(better.without.length, other.without.length);
  return { value: better.log - other.log, half: studentQuantile(level, groups - 1) * error };
}

function jackknifeError(values: readonly number[]): number {
  const count = values.length;
  const mean = values.reduce((sum, x) => sum + x, 0) / count;
  const squares = values.reduce((sum, x) => sum + (x - mean) ** 2, 0);
  return Math.sqrt(((count - 1) / count) * squares);
}

function settledShare(ordered: readonly Estimated[]): number {
  let [known, pairs] = [0, 0];
  for (let a = 0; a < ordered.length; a++) {
    for (let b = a + 1; b < ordered.length; b++) {
      const { value, half } = difference(ordered[a], ordered[b], LEVEL);
      if (value > half) known += 1;
      pairs += 1;
    }
  }
  return known / pairs;
}

function sentenceOf(runs: readonly RankedRun[]): string {
  const tied = runs.filter(({ tied }) => tied);
  const [{ name, rankme }] = runs;
  const start = `${name} has the highest RankMe, ${rankme.value.toFixed(1)}`;
  if (tied.length === 1) return `${start}; the rows tell it from every other run.`;
  const others = tied.slice(1).map((run) => run.name);
  return `${start}, but the rows do not tell it from ${others.join(', ')}: choose among these by another reason.`;
}

function warningsOf(runs: readonly RankedRun[]): string[] {
  const warnings: string[] = [];
  const spreads = runs.map(({ spread }) => spread).sort((a, b) => a - b);
  const median = spreads[Math.floor(spreads.length / 2)];
  for (const { name, spread } of runs) {
    if (spread >= COLLAPSED * median) continue;
    warnings.push(
      `${name}: its rows hardly differ (spread ${spread.toPrecision(2)} beside a median of ${median.toPrecision(2)}): a collapsed run keeps a rank of noise, which RankMe cannot tell from a good one.`,
    );
  }
  if (new Set(runs.map(({ d }) => d)).size > 1) {
    warnings.push(
      'the runs have different numbers of columns: RankMe compares runs of one method.',
    );
  }
  if (new Set(runs.map(({ n }) => n)).size > 1) {
    warnings.push(
      'the runs have different numbers of rows: RankMe rises with them, and differences are those of independent rows.',
    );
  }
  const few = runs.filter(({ n, d }) => n < d);
  if (few.length > 0) {
    warnings.push(
      `${counted(few.length, 'run has', 'runs have')} fewer rows than columns: RankMe is then bounded by the rows.`,
    );
  }
  return warnings;
}
