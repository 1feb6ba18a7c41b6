import { type Command, Option } from 'commander';
import { codecById } from '../../apps/verbs/compress.ts';
import {
  corpusOf,
  type Plan,
  type PlannedCodec,
  planCompression,
  planTarget,
} from '../../apps/verbs/compress-plan.ts';
import { addEngineFlags, type EngineFlags, withEngine } from '../engine.ts';
import { claimOutputs, requireOther, writeBytes } from '../files.ts';
import { addInputFlags, INPUTS, type InputFlags, readInput, withInput } from '../input.ts';
import { interruptible } from '../interrupt.ts';
import { wholeFrom } from '../options.ts';
import { ProgressBar, print, remarksOnce, say } from '../terminal.ts';

interface Flags extends InputFlags, EngineFlags {
  readonly target?: string;
  readonly size?: string;
  readonly queries?: string;
  readonly rescore?: number;
  readonly codecs?: string;
  readonly seed?: number;
  readonly output?: string;
  readonly json?: true;
  readonly quiet?: true;
}

const help = `${INPUTS}
Examples:
  $ tammes compress plan vectors.npy --target 'recall@10>=0.95' -o plan.json
  $ tammes compress vectors.npy -o small.tammes --plan plan.json
  $ tammes compress plan vectors.npy --size 8x --queries queries.npy

Recall is the share of a query's nearest rows by cosine that a search by codes finds, for queries that did not choose.
`;

/** `tammes compress plan`. */
export function configurePlan(command: Command): void {
  command
    .argument('<files...>', 'a file of vectors, several that are one table, or dataset:NAME')
    .option('--target <recall>', "recall to reach in few bytes: 'recall@10>=0.95'")
    .option('--size <times>', 'times less than float32 to keep within: 8x')
    .option('--queries <file>', 'vectors of queries; left out, rows of the file ask for the others')
    .addOption(
      new Option(
        '--rescore <times>',
        'times k rows that a search may fetch by codes and compare with the vectors themselves',
      ).argParser(wholeFrom(1)),
    )
    .option('--codecs <ids>', 'codecs to try, by comma; left out, those fitted in seconds')
    .addOption(
      new Option('--seed <number>', 'seed of what is drawn').default(1).argParser(wholeFrom(1)),
    )
    .option('-o, --output <file>', 'JSON file for the plan, which tammes compress --plan takes')
    .option('--json', 'print one JSON object and nothing else on standard output')
    .option('--quiet', 'no progress and no remarks')
    .addHelpText('after', help);
  addEngineFlags(addInputFlags(command)).action((files: readonly string[], flags: Flags) =>
    interruptible((signal) => plan(files, flags, signal)),
  );
}

async function plan(files: readonly string[], flags: Flags, signal: AbortSignal): Promise<void> {
  const { output, json, quiet, rescore, seed } = flags;
  const given = flags.target === undefined && flags.size === undefined;
  const target = planTarget(given ? 'recall@10>=0.95' : flags.target, flags.size);
  const codecs = flags.codecs?.split(',').map((id) => codecById(id.trim()).spec.id);
  await claimOutputs('compress plan', { output }, json);
  if (output) await requireOther('compress plan', output, files);
  const bar = new ProgressBar(quiet === true);
  try {
    const queries = flags.queries ? (await readInput(flags.queries, { quiet })).points : undefined;
    const made = await withInput(files, flags, async (file) => {
      const corpus = await corpusOf(file);
      return withEngine(flags, (engine) =>
        planCompression(corpus, {
          target,
          queries,
          rescore,
          codecs,
          seed,
          engine,
          signal,
          onProgress: bar.update,
        }),
      );
    });
    bar.clear();
    if (output) await writeBytes(output, `${JSON.stringify(made, null, 2)}\n`);
    if (json) return await print(JSON.stringify(made));
    await tell(made, rescore);
    if (quiet) return;
    for (const remark of remarksOnce(made.warnings)) say(remark);
    if (output) say(`Wrote ${output}`);
  } finally {
    bar.clear();
  }
}

async function tell({ front, chosen, losses, k, d }: Plan, most = 1): Promise<void> {
  await print(`   bytes  times  dims  rescored  recall@${k}               codec`);
  for (const own of front.filter(({ rescore }) => rescore <= most)) {
    const isChosen = chosen !== null && JSON.stringify(own) === JSON.stringify(chosen);
    await print(`${isChosen ? '→' : ' '}${lineOf(own, d)}`);
  }
  if (most === 1) await print('What comparing again would bring: --rescore 10.');
  if (!losses) return;
  const parts = {
    'queries in sparse places': losses.rare,
    'queries in dense places': losses.dense,
    'queries of the worst cluster': losses.worstCluster,
    'queries of the best cluster': losses.bestCluster,
    'rows that are neighbours of many': losses.hubs,
    'rows that are the neighbour of one': losses.others,
  };
  await print('\nThe chosen one, by who pays:');
  for (const [name, part] of Object.entries(parts)) {
    if (part) await print(`  ${name.padEnd(36)} ${share(part)}`);
  }
}

function lineOf(
  { codec, options, dims, rescore, bytesPerVector, recallAt10 }: PlannedCodec,
  d: number,
): string {
  const times = ((4 * d) / bytesPerVector).toFixed(1);
  const cells = [
    `${bytesPerVector}`.padStart(7),
    times.padStart(6),
    `${dims}`.padStart(5),
    (rescore === 1 ? '–' : `${rescore}×`).padStart(9),
    ` ${share(recallAt10)}`,
  ];
  const named = Object.entries(options).map(([name, value]) => `${name} ${value}`);
  return `${cells.join(' ')}  ${codec}${named.length > 0 ? ` (${named.join(', ')})` : ''}`;
}

const share = ({ value, low, high }: { value: number; low: number; high: number }) =>
  `${value.toFixed(3)} (${low.toFixed(3)} to ${high.toFixed(3)})`;
