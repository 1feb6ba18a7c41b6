import type { Command } from 'commander';
import type { LookupOptions, WordStore } from '../../apps/verbs/search.ts';
import { OptionError } from '../../core/errors.ts';
import { INPUTS } from '../input.ts';
import { aligned, print } from '../terminal.ts';
import { addWordFlags } from './near.ts';
import { addStoreFlags, type StoreFlags, sayUnknown, withStores } from './stores.ts';

interface Flags extends StoreFlags {
  readonly contains?: readonly string[];
  readonly similarity?: readonly string[];
  readonly doesntMatch?: readonly string[];
  readonly ignoreCase?: true;
  readonly unknown: 'similar' | 'spelling' | 'refuse';
  readonly json?: true;
}

const help = `${INPUTS}
It may also be a store that tammes compress wrote, or its address (https://…). Several files are joined by their labels.

Examples:
  $ tammes search words glove.tammes
  $ tammes search words glove.tammes --contains king qeen
  $ tammes search words glove.tammes --similarity king queen
  $ tammes search words glove.tammes --doesnt-match breakfast cereal dinner lunch
`;

/** `tammes search words`. */
export function configureWords(command: Command): void {
  command
    .argument('<files...>', 'a file of vectors, a store or its address; several are joined')
    .option('--contains <words...>', 'whether these labels are there, and in which row')
    .option('--similarity <words...>', 'the cosine of two words')
    .option('--doesnt-match <words...>', 'which of three or more words does not match the others');
  addWordFlags(command)
    .option('--json', 'print one JSON object and nothing else on standard output')
    .option('--quiet', 'no remarks')
    .addHelpText('after', help);
  addStoreFlags(command).action((files: readonly string[], flags: Flags) =>
    withStores(files, flags, (store) => answer(store, flags)),
  );
}

async function answer(store: WordStore, flags: Flags): Promise<void> {
  const { ignoreCase, unknown } = flags;
  const options: LookupOptions = { ignoreCase, unknown };
  const contains = flags.contains && (await rowsOf(store, flags.contains, options));
  const similarity = flags.similarity && (await similarityOf(store, flags.similarity, options));
  if (flags.doesntMatch && flags.doesntMatch.length < 3)
    throw new OptionError(
      'search words',
      'doesnt-match',
      'three words or more, with spaces between and no quotation marks around them',
      flags.doesntMatch,
    );
  const doesntMatch = flags.doesntMatch && (await store.doesNotMatch(flags.doesntMatch, options));
  const { rows: n, cols: d, labelArrays } = store;
  const labels = labelArrays !== undefined;
  if (flags.json) return print(JSON.stringify({ n, d, labels, contains, similarity, doesntMatch }));
  await print(`${n} × ${d}`);
  for (const { word, row } of contains ?? [])
    await print(row === null ? `${word} is not there` : `${word} is row ${row}`);
  if (similarity) await print(`${similarity.words.join(' and ')} ${similarity.cosine.toFixed(3)}`);
  if (doesntMatch) {
    await print(`${doesntMatch.word} does not match`);
    const rows = doesntMatch.cosines.map(({ word, cosine }) => [word, cosine.toFixed(3)]);
    await print(aligned(rows).join('\n'));
  }
  if (!flags.quiet) sayUnknown([...(similarity?.unknown ?? []), ...(doesntMatch?.unknown ?? [])]);
}

function rowsOf(store: WordStore, words: readonly string[], options: LookupOptions) {
  return Promise.all(
    words.map(async (word) => ({ word, row: (await store.rowOf(word, options)) ?? null })),
  );
}

async function similarityOf(store: WordStore, words: readonly string[], options: LookupOptions) {
  const [a, b] = words;
  if (words.length !== 2) throw new OptionError('search words', 'similarity', 'two words', words);
  return { words, ...(await store.similarity(a, b, options)) };
}
