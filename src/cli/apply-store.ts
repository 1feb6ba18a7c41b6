import { applyStore, type LoadedModel } from '../apps/verbs/apply-store.ts';
import { requireEmpty } from '../apps/verbs/disperse-store.ts';
import { type FoundManifest, openStore } from '../io/sharded/index.ts';
import { applyPlan } from '../jobs/plans/apply-plan.ts';
import { print, say } from './terminal.ts';
import type { WorkFlags } from './workers/flags.ts';
import { withRunner } from './workers/with-runner.ts';

/** Applies a saved model to a sharded table, shard by shard. */
export async function applyToStore(
  loaded: LoadedModel,
  { address, found }: { readonly address: string; readonly found: FoundManifest },
  flags: WorkFlags & { readonly output: string },
  signal: AbortSignal,
): Promise<void> {
  const source = openStore(address);
  const target = openStore(flags.output);
  if (!flags.plan) await requireEmpty(target);
  const { manifest } = found;
  const made = await withRunner(
    { ...flags, store: flags.output },
    { store: source, manifest },
    async (rows, engine) => [await applyPlan(rows, loaded.model, engine)],
    ({ work, engine, run }) =>
      applyStore(loaded, { found, target: work, engine: engine.name, run }),
    signal,
  );
  if (!made) return;
  const { rows: n, cols: dim, shards } = made.manifest;
  if (flags.json) {
    const facts = { n, d: manifest.cols, dim, output: flags.output, shards: shards.length };
    return print(JSON.stringify({ ...facts, sha256: made.sha256 }));
  }
  if (!flags.quiet) say(`Wrote ${n} × ${dim} in ${shards.length} shards to ${flags.output}`);
}
