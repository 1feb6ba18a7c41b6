import type { Command } from 'commander';
import type { Corpus, SearchIndex } from '../../apps/verbs/search.ts';
import { InputError, OptionError } from '../../core/errors.ts';
import { requireFinite } from '../../core/finite.ts';
import { counted } from '../../core/text.ts';
import { isRetrievalTask, readDocuments } from '../../io/beir.ts';
import type { Column } from '../../io/table.ts';
import { readTexts } from '../../io/texts.ts';
import { typedColumns } from '../../structures/filters/typed-columns.ts';
import { type InputFlags, nameOfInput, readInput } from '../input.ts';
import { say } from '../terminal.ts';
import { setsOfRows } from './sets.ts';
import { readSparse } from './sparse-corpus.ts';

/** The flags of commands that read what an index is made of, or asked. */
export interface CorpusFlags extends InputFlags {
  readonly text?: string | undefined;
  readonly document?: string | undefined;
  readonly codes?: string | undefined;
}

export function addCorpusFlags(command: Command): Command {
  return command
    .option('--text <column>', 'column that holds the text, for indexes of texts')
    .option(
      '--document <column>',
      'column that says to which document a vector belongs, for indexes of sets (else the label)',
    )
    .option(
      '--codes <store>',
      'store whose codec (csr, flops) codes the vectors, for indexes of sparse rows',
    );
}

/** Documents or queries, with what their file says about each. */
export interface NamedCorpus {
  readonly corpus: Corpus;
  readonly labels?: readonly string[] | undefined;
  readonly columns?: Readonly<Record<string, Column>> | undefined;
}

type Takes = SearchIndex['takes'];

/**
 * Reads what an index takes: vectors; texts, from a column, lines, or a folder in the form of BEIR; or sets, which are
 * vectors next to one another that name the same document; or sparse rows.
 */
export async function readCorpus(
  files: readonly string[],
  flags: CorpusFlags,
  takes: Takes,
): Promise<NamedCorpus> {
  requireFitting(flags, takes);
  if (takes === 'texts') return textsOf(files, flags);
  if (takes === 'sparse') return readSparse(files, flags);
  const table = await readInput(files, flags);
  if (takes === 'sets') {
    const { left, ...sets } = setsOfRows(nameOfInput(files), table, flags.document);
    if (left.length > 0 && !flags.quiet)
      say(`Left out of the index, as the vectors of a document differ in it: ${left.join(', ')}.`);
    return sets;
  }
  const { points, labels } = table;
  requireFinite(nameOfInput(files), points);
  const columns = typedColumns(table.columns ?? {});
  return { corpus: { points, columns }, labels, columns };
}

function requireFitting({ text, document, codes }: CorpusFlags, takes: Takes): void {
  if (text !== undefined && takes !== 'texts')
    throw new OptionError('search', 'text', `left out for an index of ${takes}`, text);
  if (document !== undefined && takes !== 'sets')
    throw new OptionError('search', 'document', `left out for an index of ${takes}`, document);
  if (codes !== undefined && takes !== 'sparse')
    throw new OptionError('search', 'codes', `left out for an index of ${takes}`, codes);
}

async function textsOf(files: readonly string[], flags: CorpusFlags): Promise<NamedCorpus> {
  const [file, ...more] = files;
  if (more.length > 0)
    throw new OptionError('search', 'FILE', 'one file of texts', files.join(' '));
  if (await isRetrievalTask(file)) {
    const { ids, texts } = await readDocuments(file);
    return { corpus: { texts }, labels: ids };
  }
  const { name, texts, columns, blank = 0 } = await readTexts(file, { column: flags.text });
  if (blank > 0 && !flags.quiet)
    say(`${name}: ${counted(blank, 'blank line is', 'blank lines are')} left out and not counted.`);
  const { labels, rest } = withoutLabel(name, columns, flags.label);
  const typed = typedColumns(rest);
  return { corpus: { texts, columns: typed }, labels, columns: typed };
}

/** BEIR's name of the names. */
const ID = '_id';

function withoutLabel(
  name: string,
  columns: Readonly<Record<string, Column>>,
  label: InputFlags['label'],
): { readonly labels?: readonly string[]; readonly rest: Readonly<Record<string, Column>> } {
  const key = typeof label === 'string' ? label : ID;
  const column = label === false ? undefined : columns[key];
  if (!column && typeof label === 'string') {
    const names = Object.keys(columns).join(', ') || 'none';
    throw new InputError(name, `there is no column "${label}" beside the text, but ${names}.`);
  }
  if (!column) return { rest: columns };
  const rest = Object.fromEntries(Object.entries(columns).filter(([own]) => own !== key));
  return { labels: Array.from<string | number, string>(column, String), rest };
}
