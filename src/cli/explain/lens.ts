import type { Command } from 'commander';
import { NONE, significant } from '../../apps/report/format.ts';
import { colorWanted, type TextColumn, textTable } from '../../apps/report/terminal.ts';
import {
  type LensNumber,
  type LensOptions,
  type LensResult,
  lens,
  lensOptions,
  type TokenSet,
} from '../../apps/verbs/lens.ts';
import { InputError } from '../../core/errors.ts';
import { type Layer, readLayers } from '../../io/index.ts';
import { addEngineFlags, type EngineFlags, withEngine } from '../engine.ts';
import { readJson } from '../files.ts';
import { addInputFlags, eachFile, type InputFlags, isDataset, readInput } from '../input.ts';
import { interruptible } from '../interrupt.ts';
import { optionFlag } from '../options.ts';
import { ProgressBar, print, say } from '../terminal.ts';

interface Flags extends InputFlags, EngineFlags {
  readonly unembed: string;
  readonly sets?: string;
  readonly norm?: LensOptions['norm'];
  readonly epsilon?: number;
  readonly gain?: string;
  readonly shift?: string;
  readonly top?: number;
  readonly json?: true;
}

const help = `
STATES are what \`tammes layers\` reads: one file layers × rows × columns, or a file for each layer; row i is the same place
of a text in every layer. The unembedding has a row for each token, in any format; flags of reading are about it.
--sets FILE is JSON: {"english": [17, 4], "german": ["eins"]}: tokens by their row or label; or a list for each row of the
states: {"english": [[17], [4]], "german": [[312], [95, 96]]}.
--norm, --gain and --shift are the model's last normalization. Where the last layer has passed it already, as in hidden
states of Hugging Face models, look at that layer alone with --norm none.

Examples:
  $ tammes explain lens states.npy --unembed unembed.npy --gain gain.npy --sets sets.json
  $ tammes explain lens states.npy --unembed model.safetensors --vector lm_head.weight --norm layer
  $ tammes explain lens layer-0.npy layer-1.npy --unembed tokens.csv --label token --json
`;

/** `tammes explain lens`. */
export function configure(command: Command): void {
  command
    .argument('<states...>', 'hidden states of one layer or several, in order')
    .requiredOption('--unembed <file>', 'the vectors of all tokens, a row for each')
    .option('--sets <file>', 'JSON: sets of tokens whose probability is followed')
    .addOption(optionFlag('norm', lensOptions.norm))
    .addOption(optionFlag('epsilon', lensOptions.epsilon))
    .option('--gain <file>', 'a number for each column, that normalized states are multiplied by')
    .option('--shift <file>', 'a number for each column, that is added behind')
    .addOption(optionFlag('top', lensOptions.top))
    .option('--json', 'print one JSON object and nothing else on standard output')
    .option('--quiet', 'no progress and no remarks')
    .addHelpText('after', help);
  addEngineFlags(addInputFlags(command)).action((files: string[], flags: Flags) =>
    interruptible((signal) => run(files, flags, signal)),
  );
}

async function run(files: readonly string[], flags: Flags, signal: AbortSignal): Promise<void> {
  const bar = new ProgressBar(flags.quiet === true);
  try {
    const sets = flags.sets === undefined ? {} : await setsOf(flags.sets);
    const unembed = await readInput(flags.unembed, flags);
    const [gain, shift] = [await numbersOf(flags.gain), await numbersOf(flags.shift)];
    const stack = await stackOf(files);
    const { norm, epsilon, top } = flags;
    const result = await withEngine(flags, (engine) =>
      lens(
        stack,
        unembed,
        { sets, norm, epsilon, gain, shift, top, engine },
        { signal, onProgress: bar.update },
      ),
    );
    bar.clear();
    await output(result, flags);
  } finally {
    bar.clear();
  }
}

async function stackOf(files: readonly string[]): Promise<Layer[]> {
  const stack: Layer[] = [];
  for (const name of await eachFile(files)) {
    if (isDataset(name)) stack.push({ name, points: (await readInput(name, {})).points });
    else stack.push(...(await readLayers(name)));
  }
  return stack;
}

async function setsOf(path: string): Promise<Readonly<Record<string, TokenSet>>> {
  const sets = await readJson(path);
  if (typeof sets === 'object' && sets !== null && !Array.isArray(sets))
    return sets as Readonly<Record<string, TokenSet>>;
  throw new InputError(path, 'an object with a list of tokens for each name is expected.');
}

/** The numbers of a file of one row or one column. */
async function numbersOf(path: string | undefined): Promise<ArrayLike<number> | undefined> {
  if (path === undefined) return undefined;
  const { points } = await readInput(path, {});
  if (points.rows === 1 || points.cols === 1) return points.data;
  throw new InputError(path, `one row of numbers is expected; it has ${points.rows}.`);
}

async function output(result: LensResult, { json, quiet }: Flags): Promise<void> {
  if (json) return print(JSON.stringify(result));
  const { columns, isTTY } = process.stdout;
  const style = { width: columns ?? 160, color: colorWanted(process.env, isTTY === true) };
  await print(`${textTable(tableOf(result), style)}\n`);
  const { states, tokens, chance, warnings } = result;
  const sets = Object.entries(chance.sets).map(([name, share]) => `${name} ${shareOf(share)}`);
  await print(
    `${states} states, ${tokens} tokens. Were all equally probable: ${[`entropy ${significant(chance.entropy)} bits`, ...sets].join(', ')}; energy 1: as near to the tokens as they are to one another.`,
  );
  if (!quiet) for (const warning of warnings) say(warning);
}

function tableOf({ layers }: LensResult): TextColumn[] {
  const column = (head: string, of: (layer: number) => LensNumber, shown: Shown): TextColumn[] => [
    { head, cells: layers.map(({ layer }) => shown(of(layer).value)), bold: true },
    {
      head: '95 %',
      cells: layers.map(({ layer }) => interval(of(layer), shown)),
      left: true,
      optional: 2,
    },
  ];
  const names = Object.keys(layers[0].sets);
  const top = layers.map(({ top }) =>
    top.map(({ token, label, value }) => `${label ?? token} ${shareOf(value)}`).join(', '),
  );
  return [
    { head: 'layer', cells: layers.map(({ layer }) => String(layer)) },
    ...names.flatMap((name) => column(name, (layer) => layers[layer].sets[name], shareOf)),
    ...column('entropy, bits', (layer) => layers[layer].entropy, significant),
    ...column('energy', (layer) => layers[layer].energy, significant),
    ...(layers[0].top.length > 0
      ? [{ head: 'most probable', cells: top, left: true, optional: 1 }]
      : []),
  ];
}

type Shown = (value: number) => string;

const shareOf: Shown = (share) => `${significant(100 * share, 2)} %`;

const interval = ({ low, high }: LensNumber, shown: Shown): string =>
  low === null || high === null ? NONE : `${shown(low)} to ${shown(high)}`;
