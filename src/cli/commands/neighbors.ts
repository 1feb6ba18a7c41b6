import type { Command } from 'commander';
import { exactUpTo, NEIGHBORS, neighbors } from '../../apps/verbs/neighbors.ts';
import { neighborsStore } from '../../apps/verbs/neighbors-store.ts';
import { OptionError } from '../../core/errors.ts';
import { grouped } from '../../core/text.ts';
import type { EngineName } from '../../engine/engine.ts';
import { writeNeighbors } from '../../io/index.ts';
import type { Manifest } from '../../io/sharded/index.ts';
import { approximateGraphPlan, exactGraphPlan } from '../../jobs/plans/graph-plans.ts';
import { withPlannedCenters } from '../../jobs/plans/planned-centers.ts';
import { PROBES } from '../../jobs/space/table-graph.ts';
import { seedOption } from '../../method/options.ts';
import type { Recall } from '../../structures/neighbors/mean-recall.ts';
import { addEngineFlags, withEngine } from '../engine.ts';
import { claimOutputs, requireOther } from '../files.ts';
import { addInputFlags, INPUTS, type InputFlags, nameOfInput, readInput } from '../input.ts';
import { interruptible } from '../interrupt.ts';
import { optionFlag, wholeOption } from '../options.ts';
import { ProgressBar, print, say } from '../terminal.ts';
import { addWorkFlags, type WorkFlags } from '../workers/flags.ts';
import { largeTable } from '../workers/large-table.ts';
import { type WorkTable, withRunner } from '../workers/with-runner.ts';

interface Flags extends Omit<InputFlags, 'quiet'>, WorkFlags {
  readonly output: string;
  readonly neighbors: number;
  readonly exact?: true;
  readonly seed?: number;
}

const help = `${INPUTS}
The file is an npz archive, which NumPy reads: indices and distances, n × k, the nearest first, by the chord between rows at
unit length. It is what measure --neighbors, reduce and others take in place of looking again.

All pairs are compared up to ${grouped(exactUpTo(NEIGHBORS))} rows (for ${NEIGHBORS} neighbors), and by --exact; beyond, most are found by descent, of a
sharded table that is not read whole among the rows that share one of √n lists. Then the share that was found is said,
measured on 500 rows.

Examples:
  $ tammes neighbors vectors.npy -o neighbors.npz
  $ tammes measure vectors.npy --neighbors neighbors.npz
  $ tammes neighbors table -k 30 -o neighbors.npz --workers 8
  $ tammes neighbors s3://vectors/wiki -o neighbors.npz --queue redis://host:6379 --store s3://vectors/work
`;

export function configure(command: Command): void {
  command
    .argument('<files...>', 'a file of vectors, several that are one table, or dataset:NAME')
    .requiredOption('-o, --output <file>', 'write the lists here, as .npz')
    .addOption(wholeOption('-k, --neighbors <count>', 'neighbors of each row', NEIGHBORS, 1))
    .option('--exact', 'compare all pairs, however many rows there are')
    .addOption(optionFlag('seed', seedOption()))
    .option('--json', 'print one JSON object and nothing else on standard output')
    .option('--quiet', 'no progress and no remarks')
    .addHelpText('after', help);
  addWorkFlags(addEngineFlags(addInputFlags(command))).action(
    (files: readonly string[], flags: Flags) =>
      interruptible((signal) => run(files, flags, signal)),
  );
}

async function run(files: readonly string[], flags: Flags, signal: AbortSignal): Promise<void> {
  const { output, json, neighbors: k } = flags;
  if (!/\.npz$/i.test(output))
    throw new OptionError('neighbors', 'output', 'a name that ends in .npz', output);
  await claimOutputs('neighbors', { output }, json);
  await requireOther('neighbors', output, files);
  const began = performance.now();
  const stored = await largeTable('neighbors', files, flags);
  const found = stored ? await ofStore(stored, flags, signal) : await ofFiles(files, flags, signal);
  if (!found) return;
  await tell(
    nameOfInput(files),
    { ...found, wanted: k },
    flags,
    (performance.now() - began) / 1000,
  );
}

interface Told {
  readonly n: number;
  readonly k: number;
  readonly engine: EngineName;
  readonly recall?: Recall | undefined;
}

async function ofFiles(files: readonly string[], flags: Flags, signal: AbortSignal): Promise<Told> {
  const { output, neighbors: k, exact, seed } = flags;
  const bar = new ProgressBar(flags.quiet === true);
  try {
    const { points } = await readInput(files, flags);
    return await withEngine(flags, async (engine) => {
      const watch = { signal, onProgress: bar.update };
      const { graph, recall } = await neighbors(points, { k, exact, seed }, engine, watch);
      await writeNeighbors(graph, output);
      return { n: graph.n, k: graph.k, engine: engine.name, recall };
    });
  } finally {
    bar.clear();
  }
}

async function ofStore(
  { store, manifest }: WorkTable,
  flags: Flags,
  signal: AbortSignal,
): Promise<Told | undefined> {
  const { output, neighbors: k, exact, seed } = flags;
  return withRunner(
    flags,
    { store, manifest },
    async (own, engine) => [await planOf(own, k, exact === true, manifest.rows, engine)],
    async (work) => {
      const table = { ...work, name: store.name, manifest };
      const found = await neighborsStore(output, table, { k, exact, seed });
      return { n: manifest.rows, engine: work.engine.name, ...found };
    },
    signal,
  );
}

/** What is run; of a sample of the table as of all its rows. */
function planOf(manifest: Manifest, k: number, exact: boolean, rows: number, engine: EngineName) {
  if (rows <= exactUpTo(k, { exact })) return exactGraphPlan(manifest, k, engine);
  // Lists of a sample are as long as those of the table: what a row takes depends on it.
  const lists = Math.ceil(manifest.rows / Math.sqrt(rows));
  const probes = Math.min(PROBES, lists);
  return withPlannedCenters(manifest, lists, (centers) =>
    approximateGraphPlan(manifest, { centers, lists, probes }, k, engine),
  );
}

async function tell(
  file: string,
  { n, k, engine, recall, wanted }: Told & { readonly wanted: number },
  { output, json, quiet }: Flags,
  seconds: number,
): Promise<void> {
  if (json) {
    const told = { file, output, n, k, engine, seconds, exact: !recall, recall: recall ?? null };
    return print(JSON.stringify(told));
  }
  const found = recall
    ? `${percent(recall.value)} of the ${k} nearest, ${percent(recall.low)} to ${percent(recall.high)}, on rows that were solved exactly`
    : 'exact';
  await print(`${k} neighbors of ${grouped(n)} rows: ${found}`);
  if (quiet) return;
  if (k < wanted) say(`${grouped(n)} rows have ${k} others each; ${wanted} were asked for.`);
  say(`Wrote ${grouped(n)} × ${k} to ${output}`);
}

const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
