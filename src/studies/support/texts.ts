import { InputError } from '../../core/errors.ts';
import { bytesOf } from '../../io/datasets/quantized.ts';
import type { StudyData } from '../define.ts';

/** The State of the Union addresses of 1945 to 2006, in the order of time: `1945-Truman` and its text. */
export async function loadAddresses(data: StudyData): Promise<ReadonlyMap<string, string>> {
  const text = await textOf(new URL('texts.json.gz', await data.folder('state-of-the-union')));
  return new Map(Object.entries(JSON.parse(text) as Readonly<Record<string, string>>));
}

/** The same sentences in two languages. */
export interface SentencePairs {
  readonly source: readonly string[];
  readonly target: readonly string[];
}

const LANGUAGES = { ntrex: ['eng', 'deu', 'fra'], 'genesis-verses': ['eng', 'fra'] } as const;

type Collection = keyof typeof LANGUAGES;

/** Line i of one file translates line i of the other. */
export async function loadSentencePairs<C extends Collection>(
  data: StudyData,
  collection: C,
  from: (typeof LANGUAGES)[C][number],
  to: (typeof LANGUAGES)[C][number],
): Promise<SentencePairs> {
  const folder = await data.folder(collection);
  const source = await linesOf(new URL(`${from}.txt.gz`, folder));
  const target = await linesOf(new URL(`${to}.txt.gz`, folder));
  if (source.length !== target.length)
    throw new InputError(
      folder.pathname,
      `expected as many lines in ${to} as in ${from}, ${source.length}; got ${target.length}.`,
    );
  return { source, target };
}

async function linesOf(url: URL): Promise<readonly string[]> {
  return (await textOf(url)).replace(/\n$/, '').split('\n');
}

async function textOf(url: URL): Promise<string> {
  return new TextDecoder('utf-8', { fatal: true }).decode(await bytesOf(url));
}
