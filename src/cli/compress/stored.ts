import { compress } from '../../apps/verbs/compress.ts';
import {
  compressAsPlanned,
  type GivenPlan,
  requirePlanned,
} from '../../apps/verbs/compress-plan.ts';
import { compressStore } from '../../apps/verbs/compress-store.ts';
import { readInput } from '../input.ts';
import type { WorkFlags } from '../workers/flags.ts';
import { type WorkTable, withRunner } from '../workers/with-runner.ts';
import { tellCompressed } from './told.ts';

interface Flags extends Omit<WorkFlags, 'plan'> {
  readonly output: string;
  readonly queries?: string | undefined;
  /** The name of a file. */
  readonly plan?: string | undefined;
  readonly grams: boolean;
}

/** How rows are coded. */
interface Coding {
  readonly codec: string;
  readonly options: Readonly<Record<string, unknown>>;
  readonly plan?: GivenPlan | undefined;
}

/** `tammes compress` of a sharded table that is not read whole. */
export async function compressStored(
  { store, manifest }: WorkTable,
  flags: Flags,
  { codec, options, plan }: Coding,
  signal: AbortSignal,
): Promise<void> {
  const { output, queries, quiet, grams } = flags;
  if (plan) requirePlanned(flags.plan ?? '', plan, manifest);
  const asking = queries ? (await readInput(queries, { quiet })).points : undefined;
  const done = await withRunner(
    { ...flags, plan: undefined },
    { store, manifest },
    () => [],
    (work) =>
      compressStore(
        output,
        { ...work, name: store.name, manifest },
        (points, run) =>
          plan
            ? compressAsPlanned(points, plan.chosen, run)
            : compress(points, codec, options, run),
        {
          seed: Number(options['seed'] ?? 0),
          neighbors: plan && plan.k !== 10 ? [10, plan.k] : [10],
          grams,
          asking,
        },
        work.controls,
      ),
    signal,
  );
  if (!done) return;
  const { encoded, fitted, measured, recalls } = done;
  const drawn = fitted < manifest.rows ? { fitted, measured } : undefined;
  const [recall, kept] = [recalls[0], recalls[recalls.length - 1]];
  const told = { encoded, recall, kept: plan && kept, drawn };
  await tellCompressed(manifest, told, plan, codec, flags);
}
