import { type Command, InvalidArgumentError, Option } from 'commander';
import { parseCondition } from '../../apps/doctor/index.ts';
import { type Diagnosis, diagnose } from '../../apps/verbs/doctor.ts';
import { type MeasureOptions, measureInDetail } from '../../apps/verbs/measure.ts';
import { allMetrics } from '../../apps/verbs/metric-rows.ts';
import { OptionError } from '../../core/errors.ts';
import { readNeighbors, writeFormat } from '../../io/index.ts';
import { seedOption } from '../../method/options.ts';
import { termsOf } from '../../method/terms.ts';
import { NULL_MODELS } from '../../structures/space/null-models.ts';
import { addEngineFlags, withEngine } from '../engine.ts';
import { claimOutputs } from '../files.ts';
import { addInputFlags, INPUTS, nameOfInput, readInputOrSample, sampleFlag } from '../input.ts';
import { interruptible } from '../interrupt.ts';
import { configureCurate } from '../measure/curate.ts';
import { factsOf } from '../measure/facts.ts';
import type { Flags } from '../measure/flags.ts';
import { configureFlow } from '../measure/flow.ts';
import { corrections, needsDoctor, output, saveNeighbors } from '../measure/outputs.ts';
import { saveRows } from '../measure/rows.ts';
import { measureStored, tableOfJobs } from '../measure/stored.ts';
import { memoryFlag, optionFlag } from '../options.ts';
import { formatIdOf, toFlag } from '../tables.ts';
import { ProgressBar } from '../terminal.ts';
import { addWorkFlags } from '../workers/flags.ts';

const help = `${INPUTS}
Examples:
  $ tammes measure vectors.npy
  $ tammes measure glove.6B.100d.txt --doctor --report glove.html
  $ tammes measure vectors.parquet --classes topic --metrics labels
  $ tammes measure vectors.npy --metrics 'gride(scale=16),two-nn(rows=raw)'
  $ tammes measure vectors.npy --metrics gride,codensity --json --series
  $ tammes measure documents.npy --queries queries.npy --relevance qrels.tsv --metrics labels
  $ tammes measure vectors.parquet --metrics hubness,local-two-nn --save-rows rows.csv
  $ tammes measure shards/ --workers 8 --doctor
  $ tammes measure vectors.npy --max-memory 1GB
  $ tammes measure shards/ --duplicates --json
  $ tammes measure curate documents.parquet --losses loss --sources source --share 0.2 -o chosen.csv
  $ tammes measure flow sentences.parquet --parts chapter
  $ tammes measure vectors.npy --fail-on 'hubnessSkewness>2' --fail-on warning --sarif out.sarif

Exit code 1 where a --fail-on condition holds. A condition is METRIC>NUMBER (also >=, <, <=; METRIC.low and
METRIC.high are the ends of its interval), or error, warning, note: a finding at least as bad as that.
`;

export function configure(command: Command, argv: readonly string[]): void {
  command.addHelpText('after', help);
  const curating = command
    .command('curate')
    .description('Say whether near rows have near losses and one source, and select some evenly.');
  const flowing = command
    .command('flow')
    .description('Follow rows in their order: where a text turns to something else.');
  // A command with arguments of its own would take the flags of its parts for its own.
  const word = argv[argv.indexOf('measure') + 1];
  if (word === 'curate') configureCurate(curating);
  else if (word === 'flow') configureFlow(flowing);
  else configureMeasure(command);
}

function configureMeasure(command: Command): void {
  command
    .argument('<files...>', 'a file of vectors, several that are one table, or dataset:NAME')
    .option(
      '--duplicates',
      'of a sharded table (tammes shard): name the rows of the whole table that equal an earlier one',
    )
    .addOption(
      new Option(
        '--near <distance>',
        'with --duplicates: also rows at unit length that are this near, found list by list',
      ).argParser(nearDistance),
    )
    .option('--doctor', 'say in plain words what is wrong, with the rows concerned and what helps')
    .option(
      '--metrics <names>',
      'all, or groups and ids of metrics by commas, with options: gride(scale=16); ids and options: tammes methods',
    )
    .option('--all', 'print every number, not only those that lead and what stands out')
    .addOption(
      new Option('--null <model>', 'what the numbers are compared with')
        .choices(NULL_MODELS)
        .default('uniform'),
    )
    .option('--classes <column>', 'column with the class of each row, or labels')
    .option('--queries <file>', 'vectors of queries, to judge searches; with --relevance')
    .option(
      '--relevance <file>',
      'lines of query, row and maybe relevance (or TREC qrels): which rows answer which queries',
    )
    .option(
      '--datastore <file>',
      'vectors among which local-two-nn and local-topology look for neighbours; default: the rows',
    )
    .option('--frequencies <column>', 'column of numbers: how often each row’s item occurs')
    .option('--scores <column>', 'column of numbers by which rows can be ordered')
    .option(
      '--neighbors <file>',
      'take the nearest neighbours from this .npz instead of finding them',
    )
    .option('--save-neighbors <file>', 'write the nearest neighbours that were used as .npz')
    .option(
      '--save-rows <file>',
      'write what the metrics know of each row, a column each; the extension decides the format',
    )
    .addOption(toFlag('--save-rows'))
    .addOption(sampleFlag())
    .addOption(
      memoryFlag(
        'hold no more memory than this, 800MB, 4GB: rows are drawn where all would take more',
      ),
    )
    .addOption(
      new Option(
        '--correct <method>',
        'correct the neighbours that --save-neighbors writes against hubs',
      ).choices(corrections.map(({ spec }) => spec.id)),
    )
    .option('--exact', 'never sample, however many rows there are')
    .option('--fail-on <condition>', 'exit with 1 where it holds; may be repeated', collected)
    .option('--sarif <file>', 'write findings and failed conditions as SARIF')
    .option('--junit <file>', 'write findings and conditions as JUnit test cases')
    .option('--report <file>', 'also write the HTML report')
    .addOption(optionFlag('seed', seedOption()))
    .option('--json', 'print one JSON object and nothing else on standard output')
    .option('--series', 'with --json: curves and values of rows too, 10,000 of each at most')
    .option('--quiet', 'no progress and no remarks');
  addWorkFlags(addEngineFlags(addInputFlags(command))).action(
    (files: readonly string[], flags: Flags) =>
      interruptible((signal) => measure(files, flags, signal)),
  );
}

function collected(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

async function measure(files: readonly string[], flags: Flags, signal: AbortSignal): Promise<void> {
  const file = nameOfInput(files);
  const began = performance.now();
  const ids = allMetrics.map(({ spec }) => spec.id);
  const conditions = (flags.failOn ?? []).map((text) => parseCondition(text, ids));
  const { report, sarif, junit, saveNeighbors: neighborLists, saveRows: rows } = flags;
  const outputs = { report, sarif, junit, 'save-neighbors': neighborLists, 'save-rows': rows };
  await claimOutputs('measure', outputs, flags.json);
  if (flags.saveRows) writeFormat(flags.saveRows, { format: formatIdOf(flags) });
  if (flags.correct && !flags.saveNeighbors) {
    throw new OptionError('measure', 'correct', 'given with --save-neighbors', flags.correct);
  }
  if (flags.series && !flags.json) {
    throw new OptionError('measure', 'series', 'given with --json', 'no --json');
  }
  const stored = await tableOfJobs(files, flags);
  if (stored) return measureStored(stored, file, flags, conditions, signal);
  const bar = new ProgressBar(flags.quiet === true);
  try {
    const watch = { signal, onProgress: bar.update };
    const table = await readInputOrSample(files, flags, watch);
    const neighbors = flags.neighbors ? await readNeighbors(flags.neighbors) : undefined;
    const options = { ...(await factsOf(table, flags)), ...optionsOf(flags), neighbors };
    const examined = needsDoctor(flags, conditions);
    const found = await withEngine(flags, async (engine) => {
      const diagnosis: Diagnosis = examined
        ? await diagnose(table, { ...options, engine, source: file }, watch)
        : { inspection: await measureInDetail(table, { ...options, engine }, watch), findings: [] };
      await saveNeighbors(diagnosis.inspection, flags, engine);
      return diagnosis;
    });
    const saved = await saveRows(found.inspection, table, flags);
    bar.clear();
    await output(file, table, flags, found, conditions, {
      seconds: (performance.now() - began) / 1000,
      saved,
    });
  } finally {
    bar.clear();
  }
}

function nearDistance(given: string): number {
  const value = Number(given);
  if (given.trim() !== '' && value > 0 && value <= 2) return value;
  throw new InvalidArgumentError('Expected a distance above 0, 2 at most.');
}

function optionsOf({ metrics, null: model, exact, seed }: Flags): MeasureOptions {
  return { metrics: termsOf(metrics ?? 'all'), null: model, exact, seed };
}
