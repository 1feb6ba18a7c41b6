import { listing } from '#files';
import { refuse } from './contract.ts';
import { type Judgement, type NamedRows, readJudgements } from './judgements.ts';
import { readMetadata } from './metadata.ts';
import type { Column } from './table.ts';

/** Texts that have names. */
export interface NamedTexts {
  readonly ids: readonly string[];
  readonly texts: readonly string[];
}

/** A retrieval task: documents, queries, and which answer which. */
export interface RetrievalTask {
  readonly name: string;
  /** The title, where there is one, a blank and the text, as BEIR's own retrievers read them. */
  readonly documents: NamedTexts;
  readonly queries: NamedTexts;
  /** By rows of both. */
  readonly judgements: readonly Judgement[];
}

export interface RetrievalTaskOptions {
  /** Which judgements: `qrels/SPLIT.tsv`. Default: `test`. */
  readonly split?: string | undefined;
}

/**
 * Reads a folder in the form of BEIR: `corpus.jsonl` (`_id`, `title`, `text`), `queries.jsonl` (`_id`, `text`) and
 * `qrels/SPLIT.tsv` (query-id, corpus-id, score) or, as MTEB has it, `qrels.jsonl`; each may be packed by gzip. Names
 * that are there twice and judgements of unknown ones are refused.
 */
export async function readRetrievalTask(
  folder: string | URL,
  { split = 'test' }: RetrievalTaskOptions = {},
): Promise<RetrievalTask> {
  const documents = await readDocuments(folder);
  const queries = await namedTexts(await fileOf(folder, 'queries.jsonl'));
  const judgements = await readJudgements(
    await judgementsFile(folder, split),
    rowsNamed(queries),
    rowsNamed(documents),
  );
  return { name: nameOf(folder), documents, queries, judgements };
}

/** The files of a task in that form, by their paths in its folder. */
export function retrievalTaskFiles({
  documents,
  queries,
  judgements,
}: RetrievalTask): Readonly<Record<string, string>> {
  const linesOf = ({ ids, texts }: NamedTexts, title: object) =>
    ids.map((_id, i) => `${JSON.stringify({ _id, ...title, text: texts[i] })}\n`).join('');
  const qrels = judgements.map(
    ({ query, document, relevance = 1 }) =>
      `${queries.ids[query]}\t${documents.ids[document]}\t${relevance}\n`,
  );
  return {
    'corpus.jsonl': linesOf(documents, { title: '' }),
    'queries.jsonl': linesOf(queries, {}),
    'qrels/test.tsv': `query-id\tcorpus-id\tscore\n${qrels.join('')}`,
  };
}

/** Whether a folder has BEIR's documents. */
export async function isRetrievalTask(folder: string | URL): Promise<boolean> {
  return found(await listing(folder), 'corpus.jsonl') !== undefined;
}

/** The documents of such a folder alone. */
export async function readDocuments(folder: string | URL): Promise<NamedTexts> {
  return namedTexts(await fileOf(folder, 'corpus.jsonl'));
}

const nameOf = (folder: string | URL): string =>
  (typeof folder === 'string' ? folder : folder.pathname).replace(/[/\\]+$/, '');

/** A file or folder in a folder. */
const inside = (folder: string | URL, name: string): string | URL =>
  typeof folder === 'string'
    ? `${nameOf(folder)}/${name}`
    : new URL(name, `${folder.href.replace(/\/+$/, '')}/`);

const rowsNamed = ({ ids }: NamedTexts): NamedRows => ({
  points: { rows: ids.length },
  labels: ids,
});

type Content = Awaited<ReturnType<typeof listing>>;

/** The name of a file in a folder, packed or not. */
function found(content: Content, name: string): string | undefined {
  return [name, `${name}.gz`].find((own) => content?.files.includes(own));
}

async function fileOf(folder: string | URL, name: string): Promise<string | URL> {
  const content = await listing(folder);
  const file = found(content, name);
  if (file) return inside(folder, file);
  const there = content ? `it has ${content.files.join(', ') || 'no files'}` : 'it is no folder';
  return refuse(
    { name: nameOf(folder) },
    `a folder with corpus.jsonl, queries.jsonl and qrels is expected; there is no ${name}: ${there}.`,
  );
}

async function judgementsFile(folder: string | URL, split: string): Promise<string | URL> {
  const qrels = inside(folder, 'qrels');
  const content = await listing(qrels);
  const own = found(content, `${split}.tsv`) ?? found(content, `${split}.jsonl`);
  if (own) return inside(qrels, own);
  if (!content) return fileOf(folder, 'qrels.jsonl');
  const there = content.files.join(', ') || 'nothing';
  return refuse(
    { name: nameOf(qrels) },
    `there are no judgements ${split}.tsv, but ${there} (--split NAME).`,
  );
}

async function namedTexts(file: string | URL): Promise<NamedTexts> {
  const { name, columns } = await readMetadata(file);
  const ids = textsOf(name, columns, '_id');
  const texts = textsOf(name, columns, 'text');
  const titles = columns?.has('title') ? textsOf(name, columns, 'title') : [];
  const rows = new Map<string, number>();
  for (const [row, id] of ids.entries()) {
    const earlier = rows.get(id);
    if (id === '') refuse({ name }, `row ${row} has no _id.`);
    if (earlier !== undefined)
      refuse({ name }, `row ${row} has the _id ${JSON.stringify(id)} of row ${earlier}.`);
    rows.set(id, row);
  }
  return { ids, texts: texts.map((text, row) => `${titles[row] ?? ''} ${text}`.trim()) };
}

function textsOf(
  name: string,
  columns: ReadonlyMap<string, Column> | undefined,
  key: string,
): readonly string[] {
  const column = columns?.get(key);
  if (column instanceof Float64Array)
    return Array.from(column, (value) => (Number.isNaN(value) ? '' : String(value)));
  if (column) return column;
  const names = [...(columns?.keys() ?? [])].join(', ') || 'none';
  return refuse(
    { name },
    `JSON lines with the field ${key} are expected; the fields are ${names}.`,
  );
}
