import { type Command, Option } from 'commander';
import {
  camMethodById,
  camMethodIds,
  type ExplainedClass,
  explainCam,
} from '../../apps/explain/cam.ts';
import { InputError, OptionError } from '../../core/errors.ts';
import { counted } from '../../core/text.ts';
import { addEngineFlags, type EngineFlags, withEngine } from '../engine.ts';
import { addInputFlags, INPUTS, type InputFlags, readInput } from '../input.ts';
import { interruptible } from '../interrupt.ts';
import { addOptionFlags, givenOptions, wholeFrom, wordAfter } from '../options.ts';
import { aligned, print, say } from '../terminal.ts';
import { readNumbers } from './head.ts';
import { deletionLine, signed } from './lines.ts';

const WHERE = 'explain cam';

interface Flags extends InputFlags, EngineFlags {
  readonly class?: string;
  readonly bias?: string;
  readonly attention?: string;
  readonly affinity?: string;
  readonly features?: string;
  readonly grid?: string;
  readonly method: string;
  readonly top: number;
  readonly seed: number;
  readonly json?: true;
}

const help = `${INPUTS}
TOKENS are the vectors before average pooling, WEIGHTS the rows of the linear layer behind it, one a class. The map of
class-activation and the bias sum to the score of the class. That of doei is made to fit things better, and does not.

Examples:
  $ tammes explain cam tokens.npy weights.npy --class 3 --grid 7x7
  $ tammes explain cam tokens.npy weights.csv --class cat --method doei --attention attention.npy --json
`;

/** `tammes explain cam`. */
export function configure(command: Command, argv: readonly string[]): void {
  const ids = camMethodIds();
  const named = camMethodById(wordAfter(argv, '--method', ids) ?? 'class-activation');
  command
    .argument('<tokens>', 'vectors of the tokens or places of one thing')
    .argument('<weights>', 'weights of the classes: a row each')
    .option('--class <name>', 'label or number of the class; else that of the highest score')
    .option('--bias <file>', 'a number for each class')
    .option('--attention <file>', 'how much each class looks at each token, tokens × classes')
    .option('--affinity <file>', 'how much tokens look at one another, tokens × tokens')
    .option('--features <file>', 'colour, place and the like of each token')
    .option('--grid <rows>x<columns>', 'how the tokens lie, to print a map')
    .addOption(
      new Option('--method <id>', 'how; its own options: --method ID --help')
        .choices(ids)
        .default('class-activation'),
    );
  addOptionFlags(command, named.spec.options, new Set());
  command
    .addOption(new Option('--top <count>', 'tokens to print').argParser(wholeFrom(0)).default(10))
    .addOption(
      new Option('--seed <integer>', 'of the tokens drawn at random')
        .argParser(wholeFrom(0))
        .default(0),
    )
    .option('--json', 'print one JSON object and nothing else on standard output')
    .option('--quiet', 'no remarks')
    .addHelpText('after', help);
  addEngineFlags(addInputFlags(command)).action((tokens: string, weights: string, flags: Flags) =>
    interruptible((signal) => cam([tokens, weights], flags, signal)),
  );
}

async function cam(
  [tokensFile, weightsFile]: readonly string[],
  flags: Flags,
  signal: AbortSignal,
): Promise<void> {
  const { method, seed, top, bias } = flags;
  const tokens = await readInput(tokensFile, flags);
  const weights = await readInput(weightsFile, {});
  const grid = gridOf(flags.grid, tokens.points.rows);
  const cues = await cuesOf(flags);
  const options = givenOptions(
    flags as unknown as Record<string, unknown>,
    camMethodById(method).spec.options,
  );
  const input = {
    tokens: tokens.points,
    weights: weights.points,
    bias: await readNumbers(WHERE, 'bias', bias, weights.points.rows),
    cues,
  };
  const classRow = classOf(flags.class, weights.labels, weights.points.rows, weightsFile);
  const found = await withEngine(flags, (engine) =>
    explainCam(input, { classRow, method, options, seed }, { engine, signal }),
  );
  const name = weights.labels?.[found.class] ?? `${found.class}`;
  if (flags.json) return print(JSON.stringify({ ...found, name }));
  if (!flags.quiet) for (const warning of found.warnings) say(warning);
  const names = tokens.labels ?? Array.from(found.contributions, (_, i) => `token ${i}`);
  await print(linesOf(found, { name, names, top, grid }).join('\n'));
}

async function cuesOf(flags: Flags) {
  const cues: Record<string, Awaited<ReturnType<typeof readInput>>['points']> = {};
  for (const cue of ['attention', 'affinity', 'features'] as const) {
    const file = flags[cue];
    if (file !== undefined) cues[cue] = (await readInput(file, {})).points;
  }
  if (Object.keys(cues).length === 0) return undefined;
  if (flags.method === 'doei') return cues;
  throw new OptionError(WHERE, Object.keys(cues)[0], 'given with --method doei', flags.method);
}

function classOf(
  given: string | undefined,
  labels: readonly string[] | undefined,
  count: number,
  file: string,
): number | undefined {
  if (given === undefined) return undefined;
  const place = labels ? labels.indexOf(given) : -1;
  if (place >= 0) return place;
  const number = Number(given);
  if (given.trim() !== '' && Number.isSafeInteger(number) && number >= 0 && number < count)
    return number;
  const more = count > 5 ? ', …' : '';
  const known = labels ? `${labels.slice(0, 5).join(', ')}${more}` : `0 to ${count - 1}`;
  throw new InputError(file, `there is no class ${JSON.stringify(given)}; there are ${known}.`);
}

function gridOf(given: string | undefined, tokens: number): number | undefined {
  if (given === undefined) return undefined;
  const [, rows, cols] = /^(\d+)\s*[x×]\s*(\d+)$/i.exec(given.trim()) ?? [];
  if (Number(rows) * Number(cols) === tokens) return Number(cols);
  throw new OptionError(
    WHERE,
    'grid',
    `rows x columns of the ${tokens} tokens, such as 7x7`,
    given,
  );
}

interface Shown {
  readonly name: string;
  readonly names: readonly string[];
  readonly top: number;
  /** Columns of the grid. */
  readonly grid: number | undefined;
}

function linesOf(found: ExplainedClass, { name, names, top, grid }: Shown): string[] {
  const { method, score, constant, exact, contributions, faithfulness } = found;
  const best = [...contributions].sort((p, q) => q.value - p.value || p.a - q.a).slice(0, top);
  const sum = exact
    ? `the sum over ${counted(contributions.length, 'token')} and the bias ${constant.toFixed(4)}`
    : 'of which the map is no sum';
  return [
    `${method}: class ${name} has ${score.toFixed(4)}, ${sum}`,
    '',
    ...aligned(best.map(({ a, value }) => [names[a], signed(value)])).map((line) => `  ${line}`),
    ...(grid === undefined
      ? []
      : [
          '',
          ...mapLines(
            contributions.map(({ value }) => value),
            grid,
          ),
        ]),
    '',
    deletionLine(faithfulness, 'token'),
  ];
}

const SHADES = ' ·░▒▓█';

/** A map in shades, what is below 0 left blank. */
function mapLines(values: readonly number[], columns: number): string[] {
  const most = Math.max(...values, 0) || 1;
  const shade = (value: number) =>
    SHADES[Math.max(0, Math.ceil((value / most) * (SHADES.length - 1)))].repeat(2);
  return Array.from(
    { length: values.length / columns },
    (_, row) =>
      `  ${values
        .slice(row * columns, (row + 1) * columns)
        .map(shade)
        .join('')}`,
  );
}
