import { type Command, InvalidArgumentError, Option } from 'commander';
import { type ImageDistances, imageDistances, imageEmbeddings } from '../../apps/verbs/images.ts';
import { OptionError } from '../../core/errors.ts';
import { counted } from '../../core/text.ts';
import { lasi } from '../../families/comparisons/index.ts';
import { seedOption } from '../../method/options.ts';
import { claimOutputs, requireOther } from '../files.ts';
import { addInputFlags, INPUTS, type InputFlags, readInput } from '../input.ts';
import { interruptible } from '../interrupt.ts';
import { addOptionFlags, givenOptions, optionFlag } from '../options.ts';
import { formatIdOf, type ToFlag, toFlag, writeWhole } from '../tables.ts';
import { aligned, ProgressBar, print, say } from '../terminal.ts';

interface Flags extends InputFlags, ToFlag {
  readonly image?: Readonly<Record<'height' | 'width' | 'channels', number>>;
  readonly output?: string;
  readonly seed?: number;
  readonly json?: true;
  readonly quiet?: true;
}

/** Rows that are printed, the farthest first. */
const SHOWN = 10;

const help = `${INPUTS}
Each row is an image: pixel by pixel from the top left, the channels of a pixel side by side, values of 0 to 255.

With two files: how far apart the images of each row look (LASI, which sees noise, blur and blocks and forgives light and
contrast), 0 to 2, beside images of different rows; -o writes where they differ, a number for each pixel.
With one file: -o writes what the images are compared by, ${lasi.spec.options.neighbors.default} numbers (or --neighbors) for each value.

Examples:
  $ tammes explain images original.npy decoded.npy --image 28x28
  $ tammes explain images original.npy decoded.npy --image 32x32x3 -o where.npy --json
  $ tammes explain images photos.npy --image 64x64 --neighbors 8 -o embedded.npy
`;

/** `tammes explain images`. */
export function configure(command: Command): void {
  command
    .argument('<a>', 'a file of images, one a row')
    .argument('[b]', 'as many others')
    .addOption(
      new Option(
        '--image <size>',
        'height x width, or height x width x channels; left out: square',
      ).argParser(sizeOf),
    )
    .option('-o, --output <file>', 'where the images differ; of one file: the embedding')
    .addOption(toFlag());
  const shown = new Set(['height', 'width', 'channels']);
  addOptionFlags(command, lasi.spec.options, shown);
  command
    .addOption(optionFlag('seed', seedOption()))
    .option('--json', 'print one JSON object and nothing else on standard output')
    .option('--quiet', 'no progress and no remarks')
    .addHelpText('after', help);
  addInputFlags(command).action((a: string, b: string | undefined, flags: Flags) =>
    interruptible((signal) => explain(a, b, flags, signal)),
  );
}

function sizeOf(given: string) {
  const [height, width, channels = 1, ...rest] = given.split(/[x×]/).map(Number);
  const sizes = [height, width, channels];
  if (rest.length === 0 && sizes.every((size) => Number.isSafeInteger(size) && size >= 1))
    return { height, width, channels };
  throw new InvalidArgumentError('Expected two or three sizes like 28x28 or 32x32x3.');
}

async function explain(
  fileA: string,
  fileB: string | undefined,
  flags: Flags,
  signal: AbortSignal,
): Promise<void> {
  const { output, json, quiet, seed } = flags;
  await claimOutputs('explain images', { output }, json, ['output']);
  if (output) await requireOther('explain images', output, fileB ? [fileA, fileB] : [fileA]);
  if (!fileB && !output)
    throw new OptionError('explain images', 'output', 'given where there is one file', 'nothing');
  const options = { ...givenOptions({ ...flags }, lasi.spec.options), ...flags.image };
  const bar = new ProgressBar(quiet === true);
  try {
    const a = await readInput(fileA, flags);
    const watch = { signal, onProgress: bar.update };
    if (!fileB) {
      const { points, shape, neighbors } = await imageEmbeddings(a, options, watch);
      const paths = await writeWhole(output as string, { ...a, points }, formatIdOf(flags));
      bar.clear();
      const found = { n: points.rows, d: points.cols, shape, neighbors, output: paths };
      if (json) return await print(JSON.stringify(found));
      return say(`Wrote ${points.rows} × ${points.cols} to ${paths.join(' and ')}`);
    }
    const b = await readInput(fileB, { ...flags, quiet: true });
    const found = await imageDistances(a, b, { ...options, seed }, watch);
    const paths = output
      ? await writeWhole(output, { ...a, points: found.map }, formatIdOf(flags))
      : [];
    bar.clear();
    if (!quiet && isUpToOne(a.points.data) && isUpToOne(b.points.data))
      say('All values are from 0 to 1; of 0 to 255 are expected, and noise counts for less here.');
    await tell(found, a.labels, paths, flags);
  } finally {
    bar.clear();
  }
}

const isUpToOne = (values: ArrayLike<number>) =>
  Array.from(values).every((value) => value >= 0 && value <= 1);

async function tell(
  found: ImageDistances,
  labels: readonly string[] | undefined,
  paths: readonly string[],
  { json, quiet }: Flags,
): Promise<void> {
  const { distances, map: _, value, low, high, null: law, ...rest } = found;
  if (json) {
    const numbers = { value, low: low ?? null, high: high ?? null, null: law ?? null };
    return print(JSON.stringify({ ...rest, ...numbers, distances: [...distances], output: paths }));
  }
  const interval =
    low === undefined || high === undefined ? '' : ` [${fixed(low)}, ${fixed(high)}]`;
  const chance = law ? `; ${fixed(law.value)} for images of different rows` : '';
  const { height, width, channels } = found.shape;
  await print(
    `LASI distance of ${counted(found.n, 'pair')} of ${height} × ${width} × ${channels}: ${fixed(value)}${interval}${chance}\n`,
  );
  const order = Array.from(distances.keys()).sort((i, j) => distances[j] - distances[i] || i - j);
  const lines = order.slice(0, SHOWN).map((i) => [labels?.[i] ?? `row ${i}`, fixed(distances[i])]);
  await print(aligned([['farthest', 'distance'], ...lines]).join('\n'));
  if (!quiet) for (const path of paths) say(`Wrote ${path}`);
}

const fixed = (x: number) => x.toFixed(4);
