import type { Condition } from '../../apps/doctor/index.ts';
import { bytesInWords } from '../../apps/verbs/disperse-memory.ts';
import { findingsIn, invalidRows } from '../../apps/verbs/doctor.ts';
import { memoryOfMeasure, memoryOfMeasureStore } from '../../apps/verbs/measure-memory.ts';
import { type MeasuredStore, measureStore } from '../../apps/verbs/measure-store.ts';
import { type StoreDuplicates, storeDuplicates } from '../../apps/verbs/store-duplicates.ts';
import { InputError, OptionError } from '../../core/errors.ts';
import { counted, grouped } from '../../core/text.ts';
import type { Column } from '../../io/index.ts';
import { storeAddress } from '../../io/open.ts';
import { type Manifest, newestManifest, openStore } from '../../io/sharded/index.ts';
import type { EqualRows } from '../../jobs/space/equal-rows.ts';
import { readColumns } from '../../jobs/space/read-columns.ts';
import type { TableWork } from '../../jobs/space/table-work.ts';
import { termsOf } from '../../method/terms.ts';
import type { RowFacts } from '../../structures/space/types.ts';
import { findingsText, print, say } from '../terminal.ts';
import { READ_WHOLE } from '../workers/large-table.ts';
import { type WorkTable, withRunner } from '../workers/with-runner.ts';
import { namedColumns } from './columns.ts';
import type { Flags } from './flags.ts';
import { needsDoctor, output } from './outputs.ts';
import { measurePlans } from './plans.ts';
import { saveRows } from './rows.ts';

/** The sharded table that is to be measured without reading it whole; undefined where it is none or small. */
export async function tableOfJobs(
  files: readonly string[],
  flags: Flags,
): Promise<WorkTable | undefined> {
  const { workers, queue, store, plan, duplicates, near, sample } = flags;
  const address = await storeAddress(files);
  const asked = [workers, queue, store, plan, duplicates, near].some((own) => own !== undefined);
  if (address === undefined) {
    if (!asked) return undefined;
    const wanted = 'left out for files: they are of sharded tables, which tammes shard writes';
    throw new OptionError('measure', given(flags), wanted, files.join(' '));
  }
  if (near !== undefined && !duplicates)
    throw new OptionError('measure', 'near', 'given with --duplicates', near);
  const opened = openStore(address);
  const found = await newestManifest(opened);
  if (!found)
    throw new InputError(opened.name, 'the store holds no table; tammes shard writes one.');
  const { manifest } = found;
  const isSmall =
    manifest.rows * manifest.cols <= READ_WHOLE &&
    memoryOfMeasure(manifest) <= (flags.maxMemory ?? Infinity);
  if (sample !== undefined || (!asked && isSmall)) return undefined;
  requireMemory(manifest, flags);
  return { store: opened, manifest };
}

/** Refuses a table for which less memory is allowed than the work in shards holds. */
function requireMemory(manifest: Manifest, { maxMemory, workers, queue }: Flags): void {
  const needed = memoryOfMeasureStore(manifest, queue === undefined ? workers : 1);
  if (maxMemory === undefined || needed <= maxMemory) return;
  const { rows, cols } = manifest;
  const wanted = `at least ${bytesInWords(needed)} for ${rows} × ${cols} in shards (or fewer rows: --sample)`;
  throw new OptionError('measure', 'max-memory', wanted, bytesInWords(maxMemory));
}

/** Which flag asks for work that is spread. */
function given(flags: Flags): string {
  const names = ['workers', 'queue', 'store', 'plan', 'duplicates', 'near'] as const;
  return names.find((name) => flags[name] !== undefined) ?? 'workers';
}

/** `tammes measure` of a sharded table. */
export async function measureStored(
  stored: WorkTable,
  file: string,
  flags: Flags,
  conditions: readonly Condition[],
  signal: AbortSignal,
): Promise<void> {
  refuseUnfit(flags);
  const began = performance.now();
  const facts = await factsOfStore(stored, flags);
  const options = { ...optionsOf(flags, facts), skipInvalid: needsDoctor(flags, conditions) };
  const found = await withRunner(
    flags,
    stored,
    (manifest, engine) => measurePlans(manifest, engine, flags),
    async (work) => {
      const table: TableWork = { ...work, name: stored.store.name, manifest: stored.manifest };
      const { near, seed } = flags;
      if (flags.duplicates) return { duplicates: await storeDuplicates(table, { near, seed }) };
      const measured = await measureStore(table, options, work.controls);
      return { duplicates: flags.doctor ? await storeDuplicates(table) : undefined, measured };
    },
    signal,
  );
  if (!found) return;
  const { duplicates, measured } = found;
  if (!measured) return printDuplicates(file, duplicates, flags);
  const { inspection, raw, invalid } = measured;
  const lost = invalid.length > 0 ? [invalidRows(invalid, undefined, nameOf)] : [];
  const copied = duplicates?.findings ?? [];
  const findings = [...lost, ...copied, ...findingsIn(raw, inspection, file)];
  const saved = await saveRows(inspection, {}, flags);
  const seconds = (performance.now() - began) / 1000;
  const diagnosis = { inspection, findings };
  await output(file, { points: raw }, flags, diagnosis, conditions, { seconds, saved });
  if (!flags.quiet) tellSampled(measured);
}

const nameOf = (row: number) => `row ${row}`;

function tellSampled({ inspection: { measurement }, bySums }: MeasuredStore): void {
  const { sampled, n } = measurement;
  if (bySums.length > 0)
    say(`Exact, by the sums of classes over all ${grouped(n)} rows: ${bySums.join(', ')}.`);
  if (!sampled || sampled.metrics.length === 0) return;
  const names = sampled.metrics.join(', ');
  say(`Of ${grouped(sampled.rows)} of the ${grouped(n)} rows, drawn by the seed: ${names}.`);
}

async function printDuplicates(
  file: string,
  { groups, near, findings }: StoreDuplicates,
  flags: Flags,
): Promise<void> {
  if (flags.json) {
    const { length } = groups;
    const close = near && { ...near, groups: near.groups.length, near: listed(near.groups) };
    return print(
      JSON.stringify({ file, groups: length, findings, equal: listed(groups), near: close }),
    );
  }
  if (findings.length === 0) return print(`No row ${near ? 'is near' : 'equals'} another.`);
  await print(findingsText(findings));
  await printGroups('equal', groups);
  if (near) await printGroups('near', near.groups);
}

const listed = (groups: EqualRows) => groups.slice(0, MOST_GROUPS).map((rows) => [...rows]);

async function printGroups(what: string, groups: EqualRows): Promise<void> {
  if (groups.length === 0) return;
  const largest = groups.toSorted((a, b) => b.length - a.length || a[0] - b[0]);
  await print(`\n${counted(groups.length, 'group', 'groups')} of ${what} rows; the largest:`);
  for (const rows of largest.slice(0, SHOWN)) {
    const some = [...rows.subarray(0, SHOWN)].join(', ');
    await print(
      `  ${counted(rows.length, 'row', 'rows')}: ${some}${rows.length > SHOWN ? ', …' : ''}`,
    );
  }
}

/** Groups that are printed, as text and as JSON. */
const [SHOWN, MOST_GROUPS] = [10, 10_000];

function refuseUnfit(flags: Flags): void {
  const unfit = [
    'queries',
    'relevance',
    'neighbors',
    'saveNeighbors',
    'correct',
    'datastore',
    'metadata',
  ] as const;
  const odd = unfit.find((name) => flags[name] !== undefined);
  if (odd === undefined) return;
  const wanted = 'left out for a sharded table that is not read whole';
  const option = odd === 'saveNeighbors' ? 'save-neighbors' : odd;
  throw new OptionError('measure', option, wanted, flags[odd]);
}

function optionsOf({ metrics, null: model, exact, seed }: Flags, facts: RowFacts) {
  return { metrics: termsOf(metrics ?? 'all'), null: model, exact, seed, ...facts };
}

/** The columns that flags name, of all rows. */
async function factsOfStore(
  { store, manifest }: WorkTable,
  { classes, frequencies, scores }: Flags,
): Promise<RowFacts> {
  if ([classes, frequencies, scores].every((name) => name === undefined)) return {};
  const asked = [classes, frequencies, scores].filter((name) =>
    manifest.columns.includes(`${name}`),
  );
  const found = await readColumns({ table: store, manifest }, asked as readonly string[]);
  // A name that is none is refused beside all that are.
  const others = manifest.columns.map((name): [string, Column] => [name, []]);
  const columns = { ...Object.fromEntries(others), ...found.columns };
  const named = namedColumns('measure', { labels: found.labels, columns });
  return {
    classes: named.words('classes', classes),
    frequencies: named.numbers('frequencies', frequencies),
    scores: named.numbers('scores', scores),
  };
}
