import { type Command, InvalidArgumentError, Option } from 'commander';
import { directionOf } from '../../apps/explain/sort.ts';
import { orderedByAxis, requireStoreSpace } from '../../apps/store/order-by-axis.ts';
import type { Near, NearOptions, Neighbor, Question, WordStore } from '../../apps/verbs/search.ts';
import { OptionError } from '../../core/errors.ts';
import { fileStore } from '../../io/byte-store.ts';
import { readTexts } from '../../io/index.ts';
import type { RunOptions } from '../../method/method.ts';
import { directionAt, loadDirections } from '../../structures/directions/index.ts';
import { addEngineFlags, type EngineFlags, withEngine } from '../engine.ts';
import { INPUTS } from '../input.ts';
import { interruptible } from '../interrupt.ts';
import { wholeFrom } from '../options.ts';
import { aligned, print, say } from '../terminal.ts';
import { addStoreFlags, type StoreFlags, sayUnknown, withStores } from './stores.ts';

interface Flags extends StoreFlags, EngineFlags {
  readonly label?: string;
  readonly row?: number;
  readonly vector?: readonly number[];
  readonly formula?: string;
  readonly text?: string;
  readonly count: number;
  readonly multiply?: true;
  readonly ignoreCase?: true;
  readonly orderBy?: string;
  readonly direction?: string;
  readonly anySpace?: true;
  readonly unknown: 'similar' | 'spelling' | 'refuse';
  readonly json?: true;
}

const help = `${INPUTS}
It may also be a store that tammes compress wrote, or its address (https://…), of which only what is needed is read.
Several files are joined by their labels: the vectors of a label one after another, each at length 1.

The label, the row and the words of a formula are left out of their own answer; the words of a text are not. A word
that is not there is blended of its spelling and the known words most like it, which is said.

Examples:
  $ tammes search near dataset:glove --label king -k 10
  $ tammes search near glove.tammes --formula 'king - man + woman' --multiply
  $ tammes search near glove.tammes --formula '2 * (paris - france) + italy'
  $ tammes search near https://example.org/glove.tammes --label king --json
  $ tammes search near glove.tammes --text queries.txt
  $ tammes search near products.tammes --label lamp -k 50 --order-by price.safetensors
`;

/** The flags of what stands for words, for every command that looks them up. */
export function addWordFlags(command: Command): Command {
  return command
    .option('--ignore-case', 'a label that is not there may differ in case')
    .addOption(
      new Option(
        '--unknown <how>',
        'what stands for a word that is not there: its spelling and like words, its spelling alone, or a refusal',
      )
        .choices(['similar', 'spelling', 'refuse'])
        .default('similar'),
    );
}

/** `tammes search near`. */
export function configureNear(command: Command): void {
  command
    .argument('<files...>', 'a file of vectors, a store or its address; several are joined')
    .option('--label <word>', 'near the row of this label')
    .addOption(
      new Option('--row <number>', 'near this row, counted from 0').argParser(wholeFrom(0)),
    )
    .addOption(
      new Option('--vector <numbers>', 'near this vector: numbers between commas').argParser(
        numbers,
      ),
    )
    .option('--formula <sum>', "near a sum of words: 'king - man + woman'")
    .option('--text <file>', 'near each text of a file: the mean of its words')
    .addOption(new Option('-k, --count <rows>', 'rows wanted').default(10).argParser(wholeFrom(1)))
    .option('--multiply', 'of a formula: products of cosines in place of their sum (3CosMul)')
    .option(
      '--order-by <axis>',
      'the nearest rows, from the highest projection on an axis to the lowest (tammes explain axis)',
    )
    .option('--direction <name>', 'which direction of the axis; the first unless given')
    .option('--any-space', 'take an axis that seems to be of another model');
  addWordFlags(command)
    .option('--json', 'print one JSON object and nothing else on standard output')
    .option('--quiet', 'no remarks')
    .addHelpText('after', help);
  addEngineFlags(addStoreFlags(command)).action((files: readonly string[], flags: Flags) =>
    interruptible((signal) => near(files, flags, signal)),
  );
}

function numbers(given: string): number[] {
  const values = given.split(',').map((part) => (part.trim() === '' ? Number.NaN : Number(part)));
  if (values.every(Number.isFinite)) return values;
  throw new InvalidArgumentError('Expected numbers between commas.');
}

const KINDS = ['label', 'row', 'vector', 'formula', 'text'] as const;

async function near(files: readonly string[], flags: Flags, signal: AbortSignal): Promise<void> {
  const kinds = KINDS.filter((kind) => flags[kind] !== undefined);
  const said = kinds.map((kind) => `--${kind}`).join(' ') || 'none';
  if (kinds.length !== 1)
    throw new OptionError('search near', 'label', `one of --${KINDS.join(', --')}`, said);
  const texts = flags.text === undefined ? undefined : (await readTexts(flags.text)).texts;
  const { count: k, multiply, ignoreCase, unknown } = flags;
  await withStores(files, flags, (store) =>
    withEngine(flags, async (engine) => {
      const nearest = asker(store, { k, multiply, ignoreCase, unknown }, { engine, signal });
      const order = await orderOf(store, flags);
      const ask: Ask = async (question) => order(await nearest(question));
      if (texts) return answerTexts(texts, ask, flags);
      const [kind] = kinds;
      const answer = await ask({ [kind]: flags[kind] } as unknown as Question);
      await show(answer, flags);
    }),
  );
}

type Ask = (question: Question) => Promise<Near>;

const asker =
  (store: WordStore, options: NearOptions, run: RunOptions): Ask =>
  (question) =>
    store.near(question, options, run);

/** What puts the nearest rows in the order of an axis; without one, what leaves them. */
async function orderOf(
  store: WordStore,
  { orderBy, direction, anySpace }: Flags,
): Promise<(answer: Near) => Promise<Near>> {
  if (orderBy === undefined) {
    const flag = direction === undefined ? (anySpace ? 'any-space' : undefined) : 'direction';
    if (flag) throw new OptionError('search near', flag, 'left out without --order-by', 'given');
    return (answer) => Promise.resolve(answer);
  }
  const directions = await loadDirections(fileStore(orderBy));
  const place = directionOf(directions, direction);
  if (place === undefined)
    throw new OptionError(
      'search near',
      'direction',
      `one of ${directions.names.join(', ')}`,
      direction,
    );
  const axis = directionAt(directions, place);
  await requireStoreSpace(axis, store, anySpace);
  return (answer) => orderedByAxis(answer, axis, store);
}

async function answerTexts(texts: readonly string[], ask: Ask, flags: Flags): Promise<void> {
  const queries: (Near & { readonly text: string })[] = [];
  for (const text of texts) queries.push({ text, ...(await ask({ text })) });
  if (flags.json) return print(JSON.stringify({ queries }));
  for (const { text, ...answer } of queries) {
    await print(text);
    await show(answer, flags);
  }
}

async function show(answer: Near, flags: Flags): Promise<void> {
  if (flags.json) return print(JSON.stringify(answer));
  const { neighbors, reason, unknown } = answer;
  if (!flags.quiet) sayUnknown(unknown);
  if (reason && !flags.quiet) say(`Fewer rows than were asked for: ${reason}`);
  if (neighbors.length > 0) await print(aligned(neighbors.map(cellsOf)).join('\n'));
}

const cellsOf = ({ row, label, cosine, score, projection }: Neighbor): string[] => [
  label ?? `row ${row}`,
  cosine.toFixed(3),
  ...(score === undefined ? [] : [score.toFixed(3)]),
  ...(projection === undefined ? [] : [projection.toFixed(3)]),
];
