import type { Command } from 'commander';
import { storeFormat } from '../../apps/store/store-format.ts';
import {
  joinStores,
  openStore,
  tableStore,
  type UnknownWord,
  type WordStore,
} from '../../apps/verbs/search.ts';
import { isPattern, listing, openSource } from '../../io/files.ts';
import { addInputFlags, type InputFlags, isDataset, readInput } from '../input.ts';
import { say } from '../terminal.ts';

/** The flags of what looks words up. */
export interface StoreFlags extends Omit<InputFlags, 'vector' | 'label'> {
  readonly vectorColumn?: string;
  readonly labelColumn?: string | false;
  readonly download?: true;
}

export function addStoreFlags(command: Command): Command {
  return addInputFlags(
    command.option(
      '--download',
      'load all of a store at an address whose server does not answer ranges of bytes',
    ),
    '-column',
  );
}

/** Opens what the names stand for, joined by their labels where there are several, and closes it again. */
export async function withStores<T>(
  names: readonly string[],
  flags: StoreFlags,
  use: (store: WordStore) => Promise<T>,
): Promise<T> {
  const opened: WordStore[] = [];
  try {
    for (const name of names) opened.push(await storeOf(name, flags));
    return await use(opened.length === 1 ? opened[0] : await joined(opened, flags));
  } finally {
    for (const store of opened) await store.close();
  }
}

async function joined(stores: readonly WordStore[], flags: StoreFlags): Promise<WordStore> {
  const store = await joinStores(stores);
  for (const [i, count] of store.leftOut.entries())
    if (count > 0 && !flags.quiet)
      say(`${count} labels of ${stores[i].name} are not in all of the files, and left out.`);
  return store;
}

async function storeOf(name: string, flags: StoreFlags): Promise<WordStore> {
  if (/^https?:\/\//i.test(name)) return openStore(name, { whole: flags.download });
  if (!flags.format && (await isStore(name))) return openStore(name);
  const { vectorColumn: vector, labelColumn: label } = flags;
  return tableStore(await readInput(name, { ...flags, vector, label }), name);
}

async function isStore(name: string): Promise<boolean> {
  if (name === '-' || isDataset(name) || isPattern(name) || (await listing(name))) return false;
  const source = await openSource(name);
  try {
    return storeFormat.recognizes(await source.read(0, Math.min(1000, source.size)));
  } finally {
    await source.close();
  }
}

/** Says what stands for the words that are not there. */
export function sayUnknown(unknown: readonly UnknownWord[]): void {
  for (const { word, from } of unknown) {
    const known = from.map(({ label, weight }) => `${label} (${weight.toFixed(2)})`).join(', ');
    say(
      known === ''
        ? `"${word}" is unknown: its vector comes from its spelling alone.`
        : `"${word}" is unknown: its vector comes from its spelling and from ${known}.`,
    );
  }
}
