import { ivfOfStore } from '../../apps/verbs/index-store.ts';
import { OptionError } from '../../core/errors.ts';
import type { EngineName } from '../../engine/engine.ts';
import type { Manifest } from '../../io/sharded/index.ts';
import type { Plan } from '../../jobs/plan.ts';
import { listsPlan } from '../../jobs/plans/lists-plan.ts';
import { withPlannedCenters } from '../../jobs/plans/planned-centers.ts';
import type { WorkFlags } from '../workers/flags.ts';
import { largeTable } from '../workers/large-table.ts';
import { type WorkTable, withRunner } from '../workers/with-runner.ts';
import { tellBuilt } from './built.ts';

interface Flags extends WorkFlags {
  readonly index: string;
  readonly output: string;
}

/** The sharded table that is to be indexed without reading it whole; undefined where it is none or small. */
export async function tableToIndex(
  files: readonly string[],
  flags: Flags,
): Promise<WorkTable | undefined> {
  const table = await largeTable('search build', files, flags);
  const { index } = flags;
  if (table && index !== 'ivf')
    throw new OptionError('search build', 'index', 'ivf for a table that is not read whole', index);
  return table;
}

/** `tammes search build --index ivf` of a sharded table. */
export async function buildOfStore(
  stored: WorkTable,
  flags: Flags,
  options: Readonly<Record<string, unknown>>,
  signal: AbortSignal,
): Promise<void> {
  const began = performance.now();
  const built = await withRunner(
    flags,
    stored,
    (manifest, engine) => plansOf(manifest, engine, options),
    (work) => {
      const table = { ...work, name: stored.store.name, manifest: stored.manifest };
      return ivfOfStore(flags.output, table, options, work.controls);
    },
    signal,
  );
  if (built) await tellBuilt(built, (performance.now() - began) / 1000, flags);
}

async function plansOf(
  manifest: Manifest,
  engine: EngineName,
  options: Readonly<Record<string, unknown>>,
): Promise<Plan[]> {
  const lists = Number(options['lists'] ?? 0) || Math.ceil(2 * Math.sqrt(manifest.rows));
  const unit = (options['similarity'] ?? 'cosine') === 'cosine';
  return [
    await withPlannedCenters(manifest, lists, (centers) =>
      listsPlan(manifest, { centers, lists, unit, probes: 1 }, engine),
    ),
  ];
}
