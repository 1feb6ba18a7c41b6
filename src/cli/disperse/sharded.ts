import type { DisperseOptions } from '../../apps/verbs/disperse.ts';
import {
  type DisperseStoreOptions,
  type DisperseStoreResult,
  disperseStore,
  requireEmpty,
  settledStore,
  storePlan,
} from '../../apps/verbs/disperse-store.ts';
import { OptionError } from '../../core/errors.ts';
import { openStore } from '../../io/sharded/index.ts';
import { equalRowsPlan } from '../../jobs/plans/equal-rows-plan.ts';
import { print, say } from '../terminal.ts';
import type { WorkFlags } from '../workers/flags.ts';
import type { StoredTable } from '../workers/table-to-change.ts';
import { withRunner } from '../workers/with-runner.ts';

/** What the command is given where its table and its output are stores. */
export interface ShardedFlags extends WorkFlags {
  readonly output: string;
  readonly to?: string | undefined;
  readonly recipe?: string | undefined;
  readonly resume?: string | undefined;
  readonly report?: string | undefined;
}

/** Spreads a sharded table into another store. */
export async function spreadStore(
  { address, found }: StoredTable,
  flags: ShardedFlags,
  given: DisperseOptions & DisperseStoreOptions,
  signal: AbortSignal,
): Promise<void> {
  const { engine: _, threads: __, ...options } = given;
  for (const name of ['recipe', 'resume', 'report', 'store'] as const) {
    if (flags[name] === undefined) continue;
    const why = {
      recipe: 'left out for a store',
      resume: 'left out for a store: the same command goes on where it was',
      report: 'left out for a store; tammes measure reports on one',
      store: 'left out: the outputs of the work lie in the store of -o',
    }[name];
    throw new OptionError('disperse', name, why, flags[name]);
  }
  const settled = settledStore(options);
  const source = openStore(address);
  const target = openStore(flags.output);
  if (!flags.plan) await requireEmpty(target);
  const { manifest } = found;
  // The weight of the fidelity term changes nothing of what a run takes.
  const weight = settled.pilot ? 1 : settled.settled.fidelity;
  const result = await withRunner(
    { ...flags, store: flags.output },
    { store: source, manifest },
    async (rows, engine) => [
      await equalRowsPlan(rows, engine),
      await storePlan(rows, options, weight, engine),
    ],
    (work) =>
      disperseStore(options, {
        source,
        found,
        target: work.work,
        engine: work.engine,
        controls: work.controls,
        run: work.run,
        discard: work.discard,
      }),
    signal,
  );
  if (!result) return;
  if (flags.json) return await print(JSON.stringify(summary(result)));
  const { objective, steps, seconds } = result;
  await print(
    `${objective}: ${steps} steps of ${manifest.rows} × ${manifest.cols} in ${seconds.toFixed(1)} s; ` +
      `mean cosine to the start ${result.meanCosineToStart.toFixed(3)}`,
  );
  if (flags.quiet) return;
  if (result.parted > 0) say(`Parted ${result.parted} exact duplicates before the first step.`);
  say(`Wrote ${result.found.manifest.shards.length} shards to ${flags.output}`);
}

/** The fields that scripts read. */
function summary(result: DisperseStoreResult) {
  const { found, objective, steps, parted, loss, seconds, meanCosineToStart, recipe } = result;
  const { rows: n, cols: d, shards } = found.manifest;
  return {
    n,
    d,
    engine: recipe.engine,
    objective,
    optimizer: recipe.optimizer.optimizer,
    steps,
    parted,
    seconds,
    loss,
    meanCosineToStart,
    shards: shards.length,
    manifest: found.number,
    sha256: found.sha256,
    recipe,
  };
}
