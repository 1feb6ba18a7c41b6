import { type Command, Option } from 'commander';
import {
  type ClassFeatures,
  type ExplainedDictionary,
  explainDictionary,
  explainDictionaryOptions,
} from '../../apps/explain/dictionary.ts';
import { encodeDirections } from '../../structures/directions/index.ts';
import { addEngineFlags, type EngineFlags, withEngine } from '../engine.ts';
import { claimOtherOutputs, writeBytes } from '../files.ts';
import { addInputFlags, INPUTS, type InputFlags, nameOfInput } from '../input.ts';
import { interruptible } from '../interrupt.ts';
import { readExamples } from '../learn/examples.ts';
import { addOptionFlags, givenOptions, wholeNumber } from '../options.ts';
import { aligned, ProgressBar, print, say } from '../terminal.ts';

interface Flags extends InputFlags, EngineFlags {
  readonly output?: string;
  readonly classes?: string;
  readonly top: number;
  readonly json?: true;
  readonly quiet?: true;
}

const help = `${INPUTS}
Each row becomes a sum of few features, of as many directions as are asked for; a feature is named by the labels of the rows
that have most of it. Whether features mean something is told by how alike their top rows are, beside
those of single columns, of principal axes and of random directions.

Examples:
  $ tammes explain dictionary dataset:glove -o features.safetensors
  $ tammes explain dictionary vectors.csv --features 256 --k 4 --classes topic
`;

/** `tammes explain dictionary`. */
export function configure(command: Command, _argv: readonly string[]): void {
  command
    .argument('<files...>', 'a file of vectors, several that are one table, or dataset:NAME')
    .option('-o, --output <file>', 'file for the features as directions (safetensors)')
    .option('--classes <column>', 'column of classes: which features tell them apart');
  addOptionFlags(command, explainDictionaryOptions, new Set());
  command
    .addOption(new Option('--top <count>', 'features to print').argParser(wholeNumber).default(12))
    .option('--json', 'print one JSON object and nothing else on standard output')
    .option('--quiet', 'no progress and no remarks')
    .addHelpText('after', help);
  addEngineFlags(addInputFlags(command)).action((files: readonly string[], flags: Flags) =>
    interruptible((signal) => run(files, flags, signal)),
  );
}

async function run(files: readonly string[], flags: Flags, signal: AbortSignal): Promise<void> {
  const { output, classes, top, json, quiet } = flags;
  await claimOtherOutputs('explain dictionary', { output }, [...files, flags.metadata], json);
  const options = givenOptions(
    flags as unknown as Record<string, unknown>,
    explainDictionaryOptions,
  );
  const bar = new ProgressBar(quiet === true);
  try {
    const table = await readExamples(
      'explain dictionary',
      files,
      flags,
      classes === undefined ? ['points'] : ['points', 'classes'],
    );
    const { points, labels } = table;
    if (!points) return;
    const found = await withEngine(flags, (engine) =>
      explainDictionary(
        { points, labels, classes: table.classes, source: nameOfInput(files) },
        options,
        { engine, signal, onProgress: bar.update },
      ),
    );
    bar.clear();
    if (output !== undefined) await writeBytes(output, encodeDirections(found.directions));
    const { directions: _, ...told } = found;
    if (json) return await print(JSON.stringify({ ...told, output: output ?? null }));
    if (!quiet) for (const warning of found.warnings) say(warning);
    await print(linesOf(found, top).join('\n'));
    if (output !== undefined && !quiet) say(`Wrote ${output}`);
  } finally {
    bar.clear();
  }
}

const percent = (share: number) => `${(100 * share).toFixed(1)} %`;

function linesOf(found: ExplainedDictionary, top: number): string[] {
  const { features, varianceExplained, activeFeatures, dead, baselines, coherence, list } = found;
  const shown = list.slice(0, top);
  return [
    `${features} features, ${activeFeatures.toFixed(1)} of them in a row; ${percent(dead)} in none`,
    `Variance explained   ${percent(varianceExplained)}; ${percent(baselines.random)} by as many random directions, ${percent(baselines.principal)} by as many principal axes as a row has features`,
    `Likeness of ten top rows   ${coherence.features.toFixed(3)}; of columns ${coherence.dimensions.toFixed(3)}, of principal axes ${coherence.principal.toFixed(3)}, of random directions ${coherence.random.toFixed(3)}`,
    '',
    ...aligned([
      ['top rows of a feature', 'rows', 'likeness'],
      ...shown.map(({ top: rows, rows: count, coherence: own }) => [
        rows.slice(0, 6).join(', '),
        `${count}`,
        own === null ? '' : own.toFixed(3),
      ]),
    ]),
    ...(list.length > shown.length ? [`… and ${list.length - shown.length} more (--top)`] : []),
    ...classLines(found),
  ];
}

function classLines({ classes }: ExplainedDictionary): string[] {
  if (!classes) return [];
  const mean = (of: (own: ClassFeatures) => number) =>
    classes.reduce((sum, own) => sum + of(own), 0) / classes.length;
  return [
    '',
    ...aligned([
      ['class', 'recall', 'without its features', 'without others'],
      ...classes.map((own) => [
        own.class,
        percent(own.recall),
        percent(own.without),
        percent(own.withoutRandom),
      ]),
      [
        'mean',
        percent(mean(({ recall }) => recall)),
        percent(mean(({ without }) => without)),
        percent(mean(({ withoutRandom }) => withoutRandom)),
      ],
    ]),
    ...classes.map(
      ({ class: name, features }) =>
        `${name}: ${features.map(({ name: own }) => own.replace(/^feature (\d+): /, '')).join(' | ')}`,
    ),
  ];
}
