import { type Command, Option } from 'commander';
import { adapterById, adapterIds, type Similarity, type Way } from '../../adapters/search/index.ts';
import { InputError, OptionError } from '../../core/errors.ts';
import type { EngineFlags } from '../engine.ts';
import { print, say } from '../terminal.ts';
import { type CorpusFlags, readCorpus } from './corpus.ts';
import { inWords } from './in-words.ts';

/** Where another engine holds the rows. */
export interface PlaceFlags {
  readonly in?: string;
  readonly table?: string;
}

export function addPlaceFlags(command: Command): Command {
  const places = adapterIds.map((id) => `${id} (${adapterById(id).places})`).join('; ');
  return command
    .addOption(
      new Option('--in <engine>', `another engine holds the rows: ${places}`).choices(adapterIds),
    )
    .option('--table <name>', 'with --in: the table there (vectors unless given)');
}

/** Refuses, without --in, what is meant for another engine. */
export function requireHere(command: string, { table }: PlaceFlags, place: string): void {
  if (table !== undefined) throw new OptionError(command, 'table', 'left out without --in', table);
  if (/^postgres(ql)?:\/\//.test(place))
    throw new InputError(command, 'this is the address of a database: pass --in pgvector with it.');
}

/** Refuses what another engine cannot be asked for. */
function requireElsewhere(
  command: string,
  engine: string,
  { engine: own, threads }: EngineFlags,
  others: Readonly<Record<string, unknown>>,
): void {
  const given = { engine: own === 'auto' ? undefined : own, threads, ...others };
  for (const [name, value] of Object.entries(given))
    if (value !== undefined)
      throw new OptionError(command, name, `left out with --in ${engine}`, value);
}

interface BuildFlags extends CorpusFlags, EngineFlags, PlaceFlags {
  readonly output: string;
  readonly json?: true;
  readonly quiet?: true;
}

/** Puts rows into another engine. `index` is undefined where none was named. */
export async function buildElsewhere(
  engine: string,
  files: readonly string[],
  { output: place, table, ...flags }: BuildFlags,
  index: string | undefined,
  { similarity, ...others }: Readonly<Record<string, unknown>>,
): Promise<void> {
  requireElsewhere('search build', engine, flags, others);
  const { corpus, labels, columns } = await readCorpus(files, flags, 'points');
  const began = performance.now();
  const rows = await adapterById(engine).build(
    { points: corpus.points ?? [], labels, columns },
    { place, table, index: index as Way, similarity: similarity as Similarity },
  );
  const { n, d, name, index: way } = rows;
  await rows.close();
  const seconds = (performance.now() - began) / 1000;
  if (flags.json)
    return print(JSON.stringify({ index: way, n, d, seconds, engine, facts: {}, warnings: [] }));
  if (!flags.quiet) say(`Put ${n} rows into ${name} (${engine}, index ${way})`);
}

interface QueryFlags extends CorpusFlags, EngineFlags, PlaceFlags {
  readonly recall?: number;
  readonly plan?: string;
  readonly count: number;
  readonly effort?: number;
  readonly where?: string;
  readonly json?: true;
}

/** Asks another engine. */
export async function askElsewhere(
  engine: string,
  place: string,
  files: readonly string[],
  { count: k, effort, where, table, recall, plan, ...flags }: QueryFlags,
): Promise<void> {
  requireElsewhere('search query', engine, flags, { recall, plan });
  const rows = await adapterById(engine).open({ place, table });
  try {
    const { corpus, labels } = await readCorpus(files, flags, 'points');
    const results = await rows.query(corpus.points ?? [], { k, effort, where });
    if (flags.json) return await print(JSON.stringify({ results }));
    for (const [q, answer] of results.entries())
      await print(`${labels?.[q] ?? q}: ${inWords(answer, answer.labels)}`);
  } finally {
    await rows.close();
  }
}
