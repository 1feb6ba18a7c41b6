import type { Command } from 'commander';
import { significant } from '../../apps/report/format.ts';
import { layersTable } from '../../apps/report/layers-table.ts';
import { colorWanted } from '../../apps/report/terminal.ts';
import {
  LAYER_METRICS,
  type LayerRow,
  type LayersResult,
  layers,
} from '../../apps/verbs/layers.ts';
import { neighborOverlap } from '../../families/comparisons/index.ts';
import { type Layer, readLayers } from '../../io/index.ts';
import { seedOption } from '../../method/options.ts';
import { termsOf } from '../../method/terms.ts';
import { addEngineFlags, type EngineFlags, withEngine } from '../engine.ts';
import {
  addInputFlags,
  eachFile,
  INPUTS,
  type InputFlags,
  isDataset,
  readInput,
  readOptionsOf,
} from '../input.ts';
import { interruptible } from '../interrupt.ts';
import { optionFlag } from '../options.ts';
import { ProgressBar, print, say } from '../terminal.ts';

interface Flags extends InputFlags, EngineFlags {
  readonly metrics: string;
  readonly k?: number;
  readonly control?: readonly string[];
  readonly shuffle?: true;
  readonly seed?: number;
  readonly json?: true;
  readonly quiet?: true;
}

const help = `${INPUTS}
Examples:
  $ tammes layers hidden-states.npy                     # layers × tokens × columns
  $ tammes layers layer-0.npy layer-1.npy layer-2.npy
  $ tammes layers text.npy --control shuffled-text.npy  # the same model on the shuffled text
  $ tammes layers text.npz --shuffle --metrics dimension,mean-cosine --json

Row i of every layer is the same token. --control takes the layers that the model made of the text with its
tokens shuffled; --shuffle permutes the rows of each layer on its own, which only touches numbers about
places: shared neighbours fall to chance.
`;

export function configure(command: Command): void {
  command
    .argument('<files...>', 'files of one layer or several, in order, or dataset:NAME')
    .option('--metrics <names>', 'groups and ids of metrics, by commas', LAYER_METRICS.join(','))
    .addOption(optionFlag('k', neighborOverlap.spec.options.k))
    .option('--control <file>', 'layers of the shuffled text; may be repeated', collected)
    .option('--shuffle', 'compare with the same layers, rows permuted in each on its own')
    .addOption(optionFlag('seed', seedOption()))
    .option('--json', 'print one JSON object and nothing else on standard output')
    .option('--quiet', 'no progress and no remarks')
    .addHelpText('after', help);
  addEngineFlags(addInputFlags(command)).action((files: string[], flags: Flags) =>
    interruptible((signal) => run(files, flags, signal)),
  );
}

function collected(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

async function run(files: readonly string[], flags: Flags, signal: AbortSignal): Promise<void> {
  const bar = new ProgressBar(flags.quiet === true);
  try {
    const stack = await stackOf(files, flags);
    const control = flags.control && (await stackOf(flags.control, flags));
    const { k, shuffle, seed } = flags;
    const metrics = termsOf(flags.metrics);
    const result = await withEngine(flags, (engine) =>
      layers(
        stack,
        { metrics, k, control, shuffle, seed, engine },
        { signal, onProgress: bar.update },
      ),
    );
    bar.clear();
    await output(result, flags);
  } finally {
    bar.clear();
  }
}

async function stackOf(files: readonly string[], flags: InputFlags): Promise<Layer[]> {
  const stack: Layer[] = [];
  for (const name of await eachFile(files)) {
    if (isDataset(name)) stack.push({ name, points: (await readInput(name, flags)).points });
    else stack.push(...(await readLayers(name, readOptionsOf(flags))));
  }
  return stack;
}

async function output(result: LayersResult, { json, quiet }: Flags): Promise<void> {
  const { control, peaks, warnings } = result;
  if (json) {
    const beside = control && { control: { ...control, layers: control.layers.map(jsonOf) } };
    return print(JSON.stringify({ ...result, layers: result.layers.map(jsonOf), ...beside }));
  }
  const { columns, isTTY } = process.stdout;
  const style = { width: columns ?? 160, color: colorWanted(process.env, isTTY === true) };
  await print(`${layersTable(result.layers, control?.layers, style)}\n`);
  for (const { title, layer, value } of peaks)
    await print(`${title} is highest in layer ${layer}: ${significant(value, 3)}.`);
  if (control) await print(`Control: ${control.how}.`);
  if (!quiet) for (const warning of warnings) say(warning);
}

/** A layer as JSON: no curves and no rows. */
function jsonOf(row: LayerRow): object {
  return {
    ...row,
    metrics: row.metrics.map((metric) => ({ ...metric, series: undefined, rows: undefined })),
  };
}
