import { type Command, Option } from 'commander';
import {
  type ConceptProbe,
  type ErasureVerdict,
  eraseAndJudge,
  eraseBy,
  erasureById,
  erasureIds,
  type Share,
} from '../../apps/explain/erase.ts';
import { InputError, OptionError } from '../../core/errors.ts';
import { type Matrix, toFloat32 } from '../../core/matrix.ts';
import { counted, grouped } from '../../core/text.ts';
import { fileStore } from '../../io/byte-store.ts';
import { type VectorTable, writeFormat } from '../../io/index.ts';
import { encodeModel, type Model } from '../../learning/index.ts';
import { loadDirections } from '../../structures/directions/index.ts';
import { addEngineFlags, type EngineFlags, withEngine } from '../engine.ts';
import { claimOutputs, requireOther, writeBytes } from '../files.ts';
import { addInputFlags, INPUTS, type InputFlags, nameOfInput, readInput } from '../input.ts';
import { interruptible } from '../interrupt.ts';
import { classesOf, readTable } from '../learn/examples.ts';
import { addOptionFlags, givenOptions, wordAfter } from '../options.ts';
import { formatIdOf, type ToFlag, toFlag, writeWhole } from '../tables.ts';
import { aligned, ProgressBar, print, remarksOnce, say } from '../terminal.ts';

const WHERE = 'explain erase';

interface Flags extends InputFlags, EngineFlags, ToFlag {
  readonly output: string;
  readonly method: string;
  readonly classes?: string;
  readonly keep?: string;
  readonly directions?: string;
  readonly partners?: string;
  readonly model?: string;
  readonly with?: string;
  readonly judgeSeed: number;
  readonly json?: true;
}

const help = `${INPUTS}
What is printed comes from rows held out: a filter is fitted to a part of the rows, probes to the same part, and the others
are asked. The filter that is used and saved is fitted to all rows. A column of classes is one of FILE or of --metadata.

Examples:
  $ tammes explain erase vectors.parquet --classes gender -o without.npy --model filter.safetensors
  $ tammes explain erase vectors.npy --metadata facts.csv --classes domain --keep topic -o without.npy
  $ tammes explain erase others.npy --with filter.safetensors -o others-without.npy
  $ tammes explain erase vectors.npy --method projection --directions axis.safetensors -o without.npy
`;

/** `tammes explain erase`. */
export function configure(command: Command, argv: readonly string[]): void {
  const ids = erasureIds();
  const named = erasureById(wordAfter(argv, '--method', ids) ?? 'leace');
  command
    .argument('<files...>', 'a file of vectors, several that are one table, or dataset:NAME')
    .requiredOption(
      '-o, --output <file>',
      'file to write (required); its extension names the format',
    )
    .addOption(toFlag())
    .addOption(
      new Option('--method <id>', 'how; its own options: --method ID --help')
        .choices(ids)
        .default('leace'),
    )
    .option('--classes <column>', 'column with the concept that is to go')
    .option('--keep <column>', 'column that is to stay: how well it is told before and after')
    .option('--directions <file>', 'directions that are to go, of tammes explain axis')
    .option('--partners <file>', 'the same rows perturbed, row by row: what that moves is to go')
    .option('--model <file>', 'file for the filter (safetensors)')
    .option('--with <filter>', 'filter by a saved filter in place of fitting one');
  addOptionFlags(command, named.spec.options, new Set());
  command
    .addOption(
      new Option('--judge-seed <integer>', 'which rows are held out to judge')
        .argParser(Number)
        .default(0),
    )
    .option('--json', 'print one JSON object and nothing else on standard output')
    .option('--quiet', 'no progress and no remarks')
    .addHelpText('after', help);
  addEngineFlags(addInputFlags(command)).action((files: readonly string[], flags: Flags) =>
    interruptible((signal) => (flags.with ? apply : fit)(files, flags, signal)),
  );
}

async function fit(files: readonly string[], flags: Flags, signal: AbortSignal): Promise<void> {
  const { method, output, model } = flags;
  const { needs, spec } = erasureById(method);
  requireSeed(flags);
  const flag = needs as keyof typeof WHAT;
  if (flags[flag] === undefined)
    throw new InputError(WHERE, `${method} needs --${flag}${WHAT[flag]}.`);
  // Classes say how well they are told before and after, whatever is taken out.
  for (const other of ['directions', 'partners'] as const)
    if (other !== flag && flags[other] !== undefined)
      throw new OptionError(
        WHERE,
        other,
        `left out with ${method}, which needs --${flag}`,
        flags[other],
      );
  await claim({ output, model }, files, flags);
  const options = givenOptions(flags as unknown as Record<string, unknown>, spec.options);
  const bar = new ProgressBar(flags.quiet === true);
  try {
    const { table, ...told } = await labeled(files, flags);
    const { directions, partners } = flags;
    const input = {
      ...told,
      points: table.points,
      directions: directions ? await loadDirections(fileStore(directions)) : undefined,
      partners: partners ? (await readInput(partners, {})).points : undefined,
    };
    const run = { signal, seed: flags.judgeSeed, onProgress: bar.update };
    const found = await withEngine(flags, (engine) =>
      eraseAndJudge(input, method, options, { ...run, engine }),
    );
    if (model) await writeBytes(model, encodeModel(found.model));
    bar.clear();
    await tell({ method, ...found }, table, flags);
  } finally {
    bar.clear();
  }
}

const WHAT = {
  classes: ' COLUMN, the concept of each row',
  directions: ' FILE, directions of these rows',
  partners: ' FILE, a partner for each row',
} as const;

async function apply(files: readonly string[], flags: Flags, signal: AbortSignal): Promise<void> {
  const { output, with: filter = '', model } = flags;
  requireSeed(flags);
  if (model)
    throw new OptionError(WHERE, 'model', 'left out with --with: the filter is saved', model);
  await claim({ output }, [...files, filter], flags);
  const { table, ...told } = await labeled(files, flags);
  const found = await withEngine(flags, (engine) =>
    eraseBy(
      fileStore(filter),
      { ...told, points: table.points },
      {
        engine,
        signal,
        seed: flags.judgeSeed,
      },
    ),
  );
  await tell({ ...found, facts: {}, warnings: [] }, table, flags);
}

function requireSeed({ judgeSeed }: Flags): void {
  if (Number.isSafeInteger(judgeSeed) && judgeSeed >= 0) return;
  throw new OptionError(WHERE, 'judge-seed', 'an integer, at least 0', judgeSeed);
}

async function claim(
  outputs: Readonly<Record<string, string | undefined>>,
  inputs: readonly string[],
  flags: Flags,
): Promise<void> {
  writeFormat(flags.output, { format: formatIdOf(flags) });
  await claimOutputs(WHERE, outputs, flags.json, ['output']);
  for (const [flag, path] of Object.entries(outputs))
    if (path) await requireOther(WHERE, path, inputs, flag);
}

/** The rows, and the columns of what is to go and to stay. */
async function labeled(files: readonly string[], flags: Flags) {
  const { classes, keep } = flags;
  const table = await readTable(files, flags, classes);
  const columns = { ...(table.labels ? { labels: table.labels } : {}), ...table.columns };
  const of = (name: string | undefined) =>
    name === undefined
      ? undefined
      : classesOf(WHERE, nameOfInput(files), columns, name, ' (--metadata FILE adds some)');
  return { table, classes: of(classes), kept: of(keep) };
}

interface Found {
  readonly method: string;
  readonly rank: number;
  readonly points: Matrix;
  readonly meanCosine: number;
  readonly verdict: ErasureVerdict | null;
  readonly facts: Readonly<Record<string, number>>;
  readonly warnings: readonly string[];
  readonly model?: Model;
}

async function tell(found: Found, table: VectorTable, flags: Flags): Promise<void> {
  const { output, model, keep } = flags;
  const { points, verdict, model: _, ...told } = found;
  const paths = await writeWhole(
    output,
    { ...table, points: toFloat32(points) },
    formatIdOf(flags),
  );
  const warnings = [...found.warnings, ...remarksOn(verdict, flags)];
  if (flags.json) {
    const { kept, ...rest } = verdict ?? NOTHING;
    const own = { ...told, ...rest, keep: kept && { column: keep, ...kept }, warnings };
    return print(JSON.stringify({ ...own, filter: model ?? flags.with ?? null, output: paths }));
  }
  if (flags.quiet) return;
  for (const remark of remarksOnce(warnings)) say(remark);
  for (const line of linesOf(found, flags)) say(line);
  for (const path of model ? [...paths, model] : paths) say(`Wrote ${path}`);
}

/** Without classes nothing is probed. */
const NOTHING = { probeBefore: null, probeAfter: null, majority: null, random: null, kept: null };

function remarksOn(verdict: ErasureVerdict | null, { classes }: Flags): string[] {
  if (classes === undefined || verdict) return [];
  return ['Every class has one row: none can be held out, and nothing says what is left.'];
}

const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
const shown = ({ value, low, high }: Share) =>
  `${percent(value)} (${percent(low)} to ${percent(high)})`;

/** What a person wants to know of the filter. */
function linesOf({ method, rank, points, meanCosine, verdict }: Found, flags: Flags): string[] {
  const taken = `${method}: ${counted(rank, 'dimension')} of ${points.cols} taken out of ${grouped(points.rows)} rows; mean cosine to what they were ${meanCosine.toFixed(3)}`;
  if (!verdict) return [taken];
  const { probe, classes, heldOut, probeBefore, probeAfter, majority, random, kept } = verdict;
  const row = (title: string, of: (own: ConceptProbe) => string) => [
    title,
    of(probeBefore),
    of(probeAfter),
    random ? of(random.probe) : '',
  ];
  return [
    taken,
    `"${flags.classes}", ${classes} classes; ${grouped(heldOut)} rows held out, the most frequent class is right of ${percent(majority)}`,
    ...aligned([
      ['', 'before', 'after', random ? `${rank} random directions out` : ''],
      row(`${probe} probe, rows held out`, shown),
      row(`${probe} probe, rows fitted to`, ({ training }) => percent(training)),
      row('ten neighbors, rows held out', ({ neighbors }) => shown(neighbors)),
      ['mean cosine', '1', meanCosine.toFixed(3), random ? random.meanCosine.toFixed(3) : ''],
      ...(kept
        ? [[`"${flags.keep}", ${kept.probe} probe`, shown(kept.before), shown(kept.after), '']]
        : []),
    ]),
    ...judgements(verdict),
  ];
}

function judgements({ probeAfter, majority }: ErasureVerdict): string[] {
  const isGone = probeAfter.low <= majority;
  const isNear = probeAfter.neighbors.low > majority;
  return [
    isGone
      ? 'A linear probe does no better than the most frequent class on rows that the filter has not seen.'
      : 'A linear probe still does better than the most frequent class on rows that the filter has not seen: more rows, or --method inlp, take out more.',
    ...(isNear
      ? [
          'Neighbors still tell the classes: a filter like this takes out what is linear, and the rest stays.',
        ]
      : []),
  ];
}
