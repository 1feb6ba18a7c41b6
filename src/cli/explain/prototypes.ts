import type { Command } from 'commander';
import {
  type ExplainedPrototypes,
  explainPrototypes,
  type PrototypesOptions,
} from '../../apps/explain/prototypes.ts';
import { prototypes } from '../../families/classifiers/index.ts';
import { addEngineFlags, type EngineFlags, withEngine } from '../engine.ts';
import { addInputFlags, INPUTS, type InputFlags } from '../input.ts';
import { interruptible } from '../interrupt.ts';
import { readExamples } from '../learn/examples.ts';
import { addOptionFlags, givenOptions } from '../options.ts';
import { aligned, ProgressBar, print, say } from '../terminal.ts';

const WHERE = 'explain prototypes';

interface Flags extends InputFlags, EngineFlags {
  readonly classes?: string;
  readonly json?: true;
}

const help = `${INPUTS}
Prototypes are fitted to seven tenths of at most 6,000 rows, and judged by the others. Distances: straight lines (euclidean),
along the shape of each class (diffusion) or of all rows (shared-diffusion), along paths (geodesic).

Examples:
  $ tammes explain prototypes vectors.csv --classes topic
  $ tammes explain prototypes vectors.parquet --classes topic --distance diffusion --count 3 --json
`;

/** `tammes explain prototypes`. */
export function configure(command: Command): void {
  command
    .argument('<files...>', 'a file of vectors, several that are one table, or dataset:NAME')
    .option('--classes <column>', 'column of the classes')
    .option('--json', 'print one JSON object and nothing else on standard output')
    .option('--quiet', 'no progress and no remarks')
    .addHelpText('after', help);
  addOptionFlags(command, prototypes.spec.options, new Set());
  addEngineFlags(addInputFlags(command)).action((files: readonly string[], flags: Flags) =>
    interruptible((signal) => explain(files, flags, signal)),
  );
}

async function explain(files: readonly string[], flags: Flags, signal: AbortSignal): Promise<void> {
  const bar = new ProgressBar(flags.quiet === true);
  try {
    const {
      points,
      classes = [],
      labels,
    } = await readExamples(WHERE, files, flags, ['points', 'classes']);
    if (!points) return;
    const options = givenOptions(
      flags as unknown as Record<string, unknown>,
      prototypes.spec.options,
    ) as PrototypesOptions;
    const explained = await withEngine(flags, (engine) =>
      explainPrototypes({ points, classes }, options, { engine, signal, onProgress: bar.update }),
    );
    bar.clear();
    if (flags.json) return await print(JSON.stringify(explained));
    if (!flags.quiet) for (const warning of explained.warnings) say(warning);
    for (const line of linesOf(explained, labels)) await print(line);
  } finally {
    bar.clear();
  }
}

const percent = (share: number) => `${(100 * share).toFixed(1)} %`;

function linesOf(explained: ExplainedPrototypes, labels: readonly string[] | undefined): string[] {
  const { accuracy, purity, heldOut, distance } = explained;
  const named = (row: number) => labels?.[row] ?? `row ${row}`;
  const share = ({ value, low, high }: { value: number; low: number; high: number }) =>
    `${percent(value)} (${percent(low)} to ${percent(high)})`;
  return [
    ...aligned(
      explained.prototypes.map((own) => [
        own.class,
        own.rows.slice(0, 5).map(named).join(', '),
        percent(own.purity),
      ]),
    ),
    `Of the ten rows nearest to a prototype ${percent(purity)} are of its class`,
    `Accuracy on ${heldOut} held-out rows:`,
    `  prototypes (${distance})  ${share(accuracy.prototypes)}`,
    `  five nearest rows  ${share(accuracy.nearestRows)}`,
    `  logistic regression  ${share(accuracy.logistic)}`,
    `  the commonest class  ${percent(accuracy.majority)}`,
  ];
}
