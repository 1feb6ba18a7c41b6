import { ivfOfStore } from '../../apps/verbs/index-store.ts';
import { OptionError } from '../../core/errors.ts';
import type { EngineName } from '../../engine/engine.ts';
import { storeAddress } from '../../io/open.ts';
import { type Manifest, newestManifest, openStore } from '../../io/sharded/index.ts';
import type { Plan } from '../../jobs/plan.ts';
import { listsPlan } from '../../jobs/plans/lists-plan.ts';
import type { WorkFlags } from '../workers/flags.ts';
import { type WorkTable, withRunner } from '../workers/with-runner.ts';
import { tellBuilt } from './built.ts';

interface Flags extends WorkFlags {
  readonly index: string;
  readonly output: string;
}

/** Values up to which a sharded table is read whole unless work is spread: 512 MiB of float32. */
const READ_WHOLE = 2 ** 27;

/** The sharded table that is to be indexed without reading it whole; undefined where it is none or small. */
export async function tableToIndex(
  files: readonly string[],
  { index, workers, queue, store, plan }: Flags,
): Promise<WorkTable | undefined> {
  const asked = [workers, queue, store, plan].some((own) => own !== undefined);
  const address = await storeAddress(files);
  const opened = address === undefined ? undefined : openStore(address);
  const found = opened && (await newestManifest(opened));
  if (!opened || !found) {
    if (!asked) return undefined;
    const wanted =
      'left out for files: work is spread over a sharded table, which tammes shard writes';
    throw new OptionError('search build', 'workers', wanted, files.join(' '));
  }
  const { manifest } = found;
  if (!asked && manifest.rows * manifest.cols <= READ_WHOLE) return undefined;
  if (index !== 'ivf')
    throw new OptionError('search build', 'index', 'ivf for a table that is not read whole', index);
  return { store: opened, manifest };
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
  return [await listsPlan(manifest, { centers: '', lists, unit, probes: 1 }, engine)];
}
