import { type Command, Option } from 'commander';
import {
  alignAndJudge,
  alignmentById,
  alignmentIds,
  type JudgedAlignment,
  moveRows,
  pairsByLabel,
  repeatedLabels,
  type Side,
} from '../../apps/verbs/align.ts';
import { loadedModel } from '../../apps/verbs/apply-store.ts';
import { toFloat32 } from '../../core/matrix.ts';
import { counted } from '../../core/text.ts';
import { fileStore } from '../../io/byte-store.ts';
import { writeFormat } from '../../io/index.ts';
import { encodeModel } from '../../learning/index.ts';
import { applyToStore } from '../apply-store.ts';
import { addEngineFlags, type EngineFlags, withEngine } from '../engine.ts';
import { claimOutputs, writeBytes } from '../files.ts';
import { addInputFlags, INPUTS, type InputFlags, readInput } from '../input.ts';
import { interruptible } from '../interrupt.ts';
import { addOptionFlags, givenOptions, wordAfter } from '../options.ts';
import { readRowPairs } from '../row-pairs.ts';
import { formatIdOf, type ToFlag, toFlag, writeWhole } from '../tables.ts';
import { ProgressBar, print, remarksOnce, say } from '../terminal.ts';
import { addWorkFlags, type WorkFlags } from '../workers/flags.ts';
import { tableToChange } from '../workers/table-to-change.ts';

interface CommonFlags extends InputFlags, EngineFlags {
  readonly output: string;
  readonly json?: true;
  readonly quiet?: true;
}

interface FitFlags extends CommonFlags {
  readonly method: string;
  readonly pairs?: string;
  readonly folds: number;
}

interface ApplyFlags extends CommonFlags, ToFlag {
  readonly side: Side;
}

const help = `${INPUTS}
Examples:
  $ tammes align fit old.npy new.npy -o map.safetensors
  $ tammes align apply map.safetensors old.npy -o old-as-new.npy
`;

export function configure(command: Command, argv: readonly string[]): void {
  const ids = alignmentIds();
  const named = alignmentById(wordAfter(argv, '--method', ids) ?? 'procrustes');
  command.addHelpText('after', help);
  const fitting = command
    .command('fit')
    .description('Fit a map from the space of A to that of B.')
    .argument('<a>', 'a file of vectors, or dataset:NAME')
    .argument('<b>', 'the same things, or some of them, as another model has them')
    .requiredOption('-o, --output <file>', 'file for the map (safetensors)')
    .addOption(
      new Option('--method <id>', 'how; its own options: --method ID --help')
        .choices(ids)
        .default('procrustes'),
    )
    .option(
      '--pairs <file>',
      'two columns, rows of A and of B that belong together, by number or label; left out: by label, else by place',
    );
  fitting.addOption(
    new Option('--folds <count>', 'parts in which pairs are held out to judge the map')
      .argParser(Number)
      .default(5),
  );
  addOptionFlags(fitting, named.spec.options, new Set());
  withCommonFlags(fitting).action((a: string, b: string, flags: FitFlags) =>
    interruptible((signal) => fitFiles(a, b, flags, signal)),
  );
  const applying = command
    .command('apply')
    .description('Move rows by a saved map.')
    .argument('<map>', 'a map that tammes align fit wrote')
    .argument('<files...>', 'a file of vectors, several that are one table, or dataset:NAME')
    .requiredOption('-o, --output <file>', 'file to write; its extension names the format')
    .addOption(toFlag())
    .addOption(
      new Option('--side <side>', 'whose rows these are').choices(['a', 'b']).default('a'),
    );
  addWorkFlags(withCommonFlags(applying)).action(
    (map: string, files: readonly string[], flags: ApplyFlags & WorkFlags) =>
      interruptible(async (signal) => {
        const table = await tableToChange(files, flags);
        if (!table) return apply(map, files, flags, signal);
        const loaded = await loadedModel(fileStore(map), 'alignment', flags.side);
        return applyToStore(loaded, table, flags, signal);
      }),
  );
}

function withCommonFlags(command: Command): Command {
  command
    .option('--json', 'print one JSON object and nothing else on standard output')
    .option('--quiet', 'no progress and no remarks');
  return addEngineFlags(addInputFlags(command));
}

async function fitFiles(
  fileA: string,
  fileB: string,
  flags: FitFlags,
  signal: AbortSignal,
): Promise<void> {
  const { method, output } = flags;
  await claimOutputs('align fit', { output }, flags.json);
  const options = givenOptions(
    flags as unknown as Record<string, unknown>,
    alignmentById(method).spec.options,
  );
  const bar = new ProgressBar(flags.quiet === true);
  try {
    const [a, b] = [await readInput(fileA, flags), await readInput(fileB, flags)];
    const pairs = flags.pairs
      ? await readRowPairs(flags.pairs, a.labels, b.labels)
      : pairsByLabel(a, b);
    const aligned = await withEngine(flags, (engine) =>
      alignAndJudge({ a: a.points, b: b.points, pairs }, method, options, {
        engine,
        signal,
        folds: flags.folds,
        onProgress: bar.update,
      }),
    );
    await writeBytes(output, encodeModel(aligned.model));
    bar.clear();
    const { model: _, ...told } = aligned;
    const warnings = [...(flags.pairs ? [] : repeatedLabels(a, b)), ...told.warnings];
    if (flags.json) return await print(JSON.stringify({ method, ...told, warnings }));
    if (flags.quiet) return;
    for (const remark of remarksOnce(warnings)) say(remark);
    for (const line of linesOf(method, aligned)) say(line);
    say(`Wrote ${output}`);
  } finally {
    bar.clear();
  }
}

const VERDICTS: Readonly<Record<JudgedAlignment['verdict'], string>> = {
  use: 'use it: moved rows find their partners',
  'use-for-recall': 'use it for recall only: partners are among the first ten; rank these anew',
  'do-not-use': 'do not use it: re-embed instead',
};

/** What a person wants to know of the map. */
function linesOf(method: string, aligned: JudgedAlignment): string[] {
  const { pairs, heldOut, chance, clusters, reembed, verdict } = aligned;
  const fitted = `${method}: fitted to ${counted(pairs, 'pair')}`;
  if (!heldOut) return [fitted, `Verdict: ${VERDICTS[verdict]}`];
  const { candidates, asked, recallAt1, recallAt10 } = heldOut;
  const [weakest] = clusters;
  return [
    fitted,
    `Partner of a row not fitted to, among ${candidates === 1 ? 'the one row' : `all ${counted(candidates, 'row')}`} of B, asked of ${counted(asked, 'pair')}:`,
    `  first        ${shown(recallAt1)}; by chance ${percent(chance.recallAt1)}`,
    `  among ten    ${shown(recallAt10)}; by chance ${percent(chance.recallAt10)}`,
    ...(weakest?.recallAt1
      ? [
          `  weakest group, ${counted(weakest.rows, 'row')} near row ${weakest.row} of B: ${shown(weakest.recallAt1)}`,
        ]
      : []),
    ...(reembed && reembed.rows.length > 0
      ? [`Re-embed first: rows ${reembed.rows.slice(0, 10).join(', ')} of A`]
      : []),
    `Verdict: ${VERDICTS[verdict]}`,
  ];
}

const percent = (share: number) => `${(100 * share).toPrecision(3)} %`;
const shown = ({ value, low, high }: { value: number; low: number; high: number }) =>
  `${percent(value)} (${percent(low)} to ${percent(high)})`;

async function apply(
  map: string,
  files: readonly string[],
  flags: ApplyFlags,
  signal: AbortSignal,
): Promise<void> {
  const { output, side } = flags;
  writeFormat(output, { format: formatIdOf(flags) });
  await claimOutputs('align apply', { output }, flags.json, ['output']);
  const table = await readInput(files, flags);
  const points = await withEngine(flags, (engine) =>
    moveRows(fileStore(map), table.points, side, { engine, signal }),
  );
  const moved = { ...table, points: toFloat32(points) };
  const paths = await writeWhole(output, moved, formatIdOf(flags));
  const { rows: n, cols: dim } = points;
  if (flags.json) return print(JSON.stringify({ n, d: table.points.cols, dim, output: paths }));
  if (!flags.quiet) say(`Wrote ${n} × ${dim} to ${paths.join(', ')}`);
}
