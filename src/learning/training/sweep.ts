import { InputError } from '../../core/errors.ts';
import type { Matrix } from '../../core/matrix.ts';
import { defaultEngine } from '../../engine/choose.ts';
import type { Engine, MaybePromise } from '../../engine/engine.ts';
import { smoothRank } from '../../structures/spectra/smooth-rank.ts';
import type { HeldOutResult } from './options.ts';

/** What a run of a sweep gives, besides whatever else it likes. */
export interface SweepResult {
  /** For `rankme`: embeddings of rows that are the same in every run, n × d. */
  readonly embeddings?: Matrix | undefined;
  /** For `heldOut`: from `train`. */
  readonly heldOut?: HeldOutResult | undefined;
}

export interface SweepOptions<T> {
  /** `rankme`: most directions used, without labels; `heldOut`: the best held-out value; or a score, higher is better. */
  readonly select: 'rankme' | 'heldOut' | ((result: T) => MaybePromise<number>);
  readonly engine?: Engine | undefined;
}

export interface SweepOutcome<T> {
  readonly name: string;
  /** Null for a run that failed. */
  readonly result: T | null;
  /** RankMe, the held-out value, or the score; null for a run that failed. */
  readonly value: number | null;
  /** Why it failed: a loss that was not finite. */
  readonly failed?: string | undefined;
}

export interface Sweep<T> {
  /** In the order given. */
  readonly outcomes: readonly SweepOutcome<T>[];
  /** The first of the best. */
  readonly best: SweepOutcome<T> & { readonly result: T; readonly value: number };
}

/**
 * Runs one after the other, and the best of them. A run that ends with bad numbers is an outcome like the others,
 * and never the best.
 *
 * RankMe compares runs of one method only, on the same rows; see `rankme` for what it does not see.
 *
 * @param runs by name, each of which trains and gives what it is selected by
 */
export async function sweep<T extends SweepResult>(
  runs: Readonly<Record<string, () => Promise<T>>>,
  { select, engine }: SweepOptions<T>,
): Promise<Sweep<T>> {
  const outcomes: SweepOutcome<T>[] = [];
  let best: Sweep<T>['best'] | undefined;
  let highest = Number.NEGATIVE_INFINITY;
  for (const [name, run] of Object.entries(runs)) {
    const result = await run().catch((error: unknown) => {
      if (!(error instanceof InputError)) throw error;
      outcomes.push({ name, result: null, value: null, failed: error.message });
    });
    if (!result) continue;
    const [value, sign] = await selectedBy(name, result, select, engine);
    const outcome = { name, result, value };
    outcomes.push(outcome);
    if (best && sign * value <= highest) continue;
    best = outcome;
    highest = sign * value;
  }
  if (!best)
    throw new InputError(
      'sweep',
      `no run came to its end; ${outcomes[0]?.failed ?? 'none was given.'}`,
    );
  return { outcomes, best };
}

/** The value, and −1 where lower is better. */
async function selectedBy<T extends SweepResult>(
  name: string,
  result: T,
  select: SweepOptions<T>['select'],
  engine: Engine | undefined,
): Promise<readonly [value: number, sign: number]> {
  if (typeof select === 'function') return [finite(name, await select(result)), 1];
  if (select === 'heldOut') {
    const { best, better } = result.heldOut ?? {};
    if (!best) throw new InputError('sweep', `the run "${name}" has no held-out value.`);
    return [best.value, better === 'lower' ? -1 : 1];
  }
  const { embeddings } = result;
  if (!embeddings) throw new InputError('sweep', `the run "${name}" has no embeddings for RankMe.`);
  const { linalg } = engine ?? (await defaultEngine(embeddings));
  const values = await linalg.singularValues(embeddings);
  if (!(values[0] > 0)) return [0, 1];
  return [finite(name, smoothRank(values.map((value) => value * value))), 1];
}

function finite(name: string, value: number): number {
  if (Number.isFinite(value)) return value;
  throw new InputError('sweep', `the value of the run "${name}" is ${value}.`);
}
