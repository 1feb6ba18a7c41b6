import { type Command, Option } from 'commander';
import {
  type Alarm,
  type CheckedRows,
  checkMonitor,
  type FittedMonitor,
  fitMonitor,
  type Monitor,
} from '../../apps/explain/monitor.ts';
import { encodeMonitor, loadMonitor } from '../../apps/explain/monitor-file.ts';
import { InputError, OptionError } from '../../core/errors.ts';
import { counted, grouped } from '../../core/text.ts';
import { fileStore } from '../../io/byte-store.ts';
import { addEngineFlags, type EngineFlags, withEngine } from '../engine.ts';
import { claimOutputs, requireOther, writeBytes } from '../files.ts';
import { addInputFlags, eachFile, INPUTS, type InputFlags, readInput } from '../input.ts';
import { interruptible } from '../interrupt.ts';
import { classesOf, readTable } from '../learn/examples.ts';
import { wholeFrom, wholeNumber } from '../options.ts';
import { aligned, ProgressBar, print, say } from '../terminal.ts';

const WHERE = 'explain monitor';

interface Flags extends InputFlags, EngineFlags {
  readonly json?: true;
}

interface FitFlags extends Flags {
  readonly classes: string;
  readonly output: string;
  readonly level: number;
  readonly neighbors: number;
  readonly seed: number;
}

interface CheckFlags extends Flags {
  readonly anySpace?: true;
  readonly count: number;
}

const help = `${INPUTS}
Each FILE is a layer, the first one first: what a network makes of the same inputs, row by row. One is enough.

Half of the rows fit a linear probe for each layer; the others, which no probe has seen, set the alarm: of rows like these a
share of --level raises one. An alarm says why: the row lies near the crossing (margin), its margin jumps from a layer to the
next (jump), or its nearest rows in the first layer are of the other class (neighbors).

An alarm says that a row is unlike the others, not that the answer is wrong: of rows that noise flipped, the confidence of the
network itself told more than the alarm did (study subspace-crossing-monitor).

Examples:
  $ tammes explain monitor fit layer1.npy layer2.npy --metadata answers.csv --classes answer -o monitor.safetensors
  $ tammes explain monitor check monitor.safetensors new1.npy new2.npy
`;

/** `tammes explain monitor`. */
export function configure(command: Command): void {
  command.addHelpText('after', help);
  configureFit(
    command.command('fit').description('Fit probes to layers, and set the alarm on rows held out.'),
  );
  configureCheck(
    command.command('check').description('Which rows are odd to a monitor, and what is odd.'),
  );
}

function configureFit(command: Command): void {
  command
    .argument('<files...>', 'a file of vectors for each layer')
    .requiredOption(
      '--classes <column>',
      'column of the first FILE, or of --metadata, with two classes',
    )
    .requiredOption('-o, --output <file>', 'file for the monitor (safetensors)')
    .addOption(
      new Option('--level <share>', 'share of ordinary rows that raise an alarm')
        .argParser(Number)
        .default(0.01),
    )
    .addOption(
      new Option('--neighbors <count>', 'nearest rows of the first layer that are asked')
        .argParser(wholeNumber)
        .default(10),
    )
    .addOption(
      new Option('--seed <integer>', 'which rows are held out').argParser(wholeFrom(0)).default(0),
    );
  ended(command).action((files: readonly string[], flags: FitFlags) =>
    interruptible((signal) => fitLayers(files, flags, signal)),
  );
}

function configureCheck(command: Command): void {
  command
    .argument('<monitor>', 'a monitor that tammes explain monitor fit wrote')
    .argument('<files...>', 'a file of vectors for each layer')
    .addOption(
      new Option('-k, --count <rows>', 'alarms printed, the oddest first')
        .argParser(wholeNumber)
        .default(20),
    )
    .option('--any-space', 'take the rows even if they seem to be of another model');
  ended(command).action((monitor: string, files: readonly string[], flags: CheckFlags) =>
    interruptible((signal) => checkLayers(monitor, files, flags, signal)),
  );
}

function ended(command: Command): Command {
  command
    .option('--json', 'print one JSON object and nothing else on standard output')
    .option('--quiet', 'no progress and no remarks')
    .addHelpText('after', help);
  return addEngineFlags(addInputFlags(command));
}

async function fitLayers(
  given: readonly string[],
  flags: FitFlags,
  signal: AbortSignal,
): Promise<void> {
  const { output, level, neighbors, seed } = flags;
  requireLevel(level);
  const files = await eachFile(given);
  await claimOutputs(WHERE, { output }, flags.json);
  await requireOther(WHERE, output, files);
  const [first] = files;
  const table = await readTable([first], flags, flags.classes);
  const columns = { ...(table.labels ? { labels: table.labels } : {}), ...table.columns };
  const classes = classesOf(WHERE, first, columns, flags.classes, ' (--metadata FILE adds some)');
  const layers = [
    { name: first, points: table.points },
    ...(await layersOf(files.slice(1), flags)),
  ];
  const bar = new ProgressBar(flags.quiet === true);
  try {
    const run = { level, neighbors, seed, signal, onProgress: bar.update };
    const found = await withEngine(flags, (engine) =>
      fitMonitor({ layers, classes }, { ...run, engine }),
    );
    await writeBytes(output, encodeMonitor(found.monitor));
    bar.clear();
    if (flags.json) return await print(JSON.stringify(jsonOf(found, output)));
    if (!flags.quiet) for (const line of [...linesOf(found), `Wrote ${output}`]) say(line);
  } finally {
    bar.clear();
  }
}

function requireLevel(level: number): void {
  if (level > 0 && level < 1) return;
  throw new OptionError(WHERE, 'level', 'above 0 and below 1', level);
}

async function layersOf(files: readonly string[], flags: Flags) {
  const layers = [];
  // Facts about the rows are joined to the first layer alone.
  for (const name of files)
    layers.push({
      name,
      points: (await readInput(name, { ...flags, metadata: undefined })).points,
    });
  return layers;
}

const layersIn = ({ monitor: { layers }, accuracy }: FittedMonitor) =>
  layers.map(({ name, deviation }, l) => ({ layer: name, accuracy: accuracy[l], deviation }));

function jsonOf(found: FittedMonitor, output: string): object {
  const { passes, fitted, setAside, monitor } = found;
  const { classes, level } = monitor;
  return { monitor: output, classes, level, layers: layersIn(found), passes, fitted, setAside };
}

const percent = (share: number) => `${(100 * share).toFixed(1)} %`;

function linesOf(found: FittedMonitor): string[] {
  const { monitor, passes, fitted, setAside } = found;
  const rows = layersIn(found).map(({ layer, accuracy: { value, low, high }, deviation }) => [
    layer,
    percent(value),
    `${percent(low)} to ${percent(high)}`,
    deviation.toPrecision(3),
  ]);
  return [
    `${monitor.classes.join(' or ')}: probes of ${grouped(fitted)} rows, asked of ${grouped(setAside)} others; ${percent(monitor.level)} of ordinary rows raise an alarm`,
    ...aligned([['layer', 'probe is right', '', 'deviation within a class'], ...rows]),
    passes === null
      ? 'No layer tells nine of ten: what lies near the crossing there says little.'
      : `The first layer that tells nine of ten: ${found.monitor.layers[passes].name}`,
  ];
}

async function checkLayers(
  path: string,
  given: readonly string[],
  flags: CheckFlags,
  signal: AbortSignal,
): Promise<void> {
  const monitor = await loadMonitor(fileStore(path));
  const files = await eachFile(given);
  if (files.length !== monitor.layers.length)
    throw new InputError(
      WHERE,
      `${path} watches ${counted(monitor.layers.length, 'layer')}; got ${counted(files.length, 'file')}.`,
    );
  const { labels, points } = await readInput(files[0], flags);
  const layers = [{ name: files[0], points }, ...(await layersOf(files.slice(1), flags))];
  const { anySpace } = flags;
  const found = await withEngine(flags, (engine) =>
    checkMonitor(monitor, { layers }, { engine, signal, anySpace }),
  );
  const { alarms, share, p } = found;
  if (flags.json) {
    const named = alarms.map((alarm) => alarmOf(alarm, monitor, found, labels));
    const { classes, level } = monitor;
    const told = { monitor: path, classes, level, rows: p.length, share, alarms: named };
    return print(JSON.stringify(told));
  }
  await print(linesOfCheck(monitor, found, labels, flags.count).join('\n'));
}

function alarmOf(
  { row, ...alarm }: Alarm,
  { layers }: Monitor,
  { margins }: CheckedRows,
  labels: readonly string[] | undefined,
) {
  const at = row * layers.length;
  const path = Array.from(margins.data.subarray(at, at + layers.length));
  return { row, label: labels?.[row] ?? null, ...alarm, margins: path };
}

const REASONS = {
  margin: 'near the crossing',
  jump: 'its margin jumps',
  neighbors: 'neighbors of the other class',
} as const;

function linesOfCheck(
  monitor: Monitor,
  found: CheckedRows,
  labels: readonly string[] | undefined,
  most: number,
): string[] {
  const { alarms, share, p } = found;
  const rows = alarms.slice(0, most).map((alarm) => {
    const { row, label, p: own, reason, side, margins } = alarmOf(alarm, monitor, found, labels);
    const path = margins.map((margin) => margin.toFixed(1)).join(' → ');
    return [label ?? `row ${row}`, own.toPrecision(2), REASONS[reason], side, path];
  });
  const more = alarms.length - rows.length;
  return [
    `${grouped(alarms.length)} of ${counted(p.length, 'row')} raise an alarm (${percent(share)}; of ordinary rows ${percent(monitor.level)} do)`,
    ...(rows.length > 0
      ? aligned([['row', 'p', 'what is odd', 'taken for', 'margins, layer by layer'], ...rows])
      : []),
    ...(more > 0 ? [`and ${grouped(more)} more`] : []),
  ];
}
