import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Near, NearOptions, Neighbor, Question, WordStore } from '../../apps/verbs/search.ts';
import { OptionError } from '../../core/errors.ts';
import { readTexts } from '../../io/index.ts';
import type { RunOptions } from '../../method/method.ts';
import { addEngineFlags, type EngineFlags, withEngine } from '../engine.ts';
import { INPUTS } from '../input.ts';
import { interruptible } from '../interrupt.ts';
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
    .addOption(new Option('--row <number>', 'near this row, counted from 0').argParser(count))
    .addOption(
      new Option('--vector <numbers>', 'near this vector: numbers between commas').argParser(
        numbers,
      ),
    )
    .option('--formula <sum>', "near a sum of words: 'king - man + woman'")
    .option('--text <file>', 'near each text of a file: the mean of its words')
    .addOption(new Option('-k, --count <rows>', 'rows wanted').default(10).argParser(wanted))
    .option('--multiply', 'of a formula: products of cosines in place of their sum (3CosMul)');
  addWordFlags(command)
    .option('--json', 'print one JSON object and nothing else on standard output')
    .option('--quiet', 'no remarks')
    .addHelpText('after', help);
  addEngineFlags(addStoreFlags(command)).action((files: readonly string[], flags: Flags) =>
    interruptible((signal) => near(files, flags, signal)),
  );
}

function count(given: string): number {
  const row = Number(given);
  if (given.trim() !== '' && Number.isSafeInteger(row) && row >= 0) return row;
  throw new InvalidArgumentError('Expected an integer, at least 0.');
}

function wanted(given: string): number {
  const rows = count(given);
  if (rows >= 1) return rows;
  throw new InvalidArgumentError('Expected an integer, at least 1.');
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
      const ask = asker(store, { k, multiply, ignoreCase, unknown }, { engine, signal });
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

const cellsOf = ({ row, label, cosine, score }: Neighbor): string[] => [
  label ?? `row ${row}`,
  cosine.toFixed(3),
  ...(score === undefined ? [] : [score.toFixed(3)]),
];
