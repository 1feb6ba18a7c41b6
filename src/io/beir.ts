import { listing } from '#files';
import { refuse } from './contract.ts';
import { type Judgement, type NamedRows, readJudgements } from './judgements.ts';
import { readMetadata } from './metadata.ts';
import { textOfValue } from './support/cells.ts';
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
  folder: string,
  { split = 'test' }: RetrievalTaskOptions = {},
): Promise<RetrievalTask> {
  const name = folder.replace(/[/\\]+$/, '');
  const documents = await readDocuments(name);
  const queries = await namedTexts(await fileOf(name, 'queries.jsonl'));
  const judgements = await readJudgements(
    await judgementsFile(name, split),
    rowsNamed(queries),
    rowsNamed(documents),
  );
  return { name, documents, queries, judgements };
}

/** Whether a folder has BEIR's documents. */
export async function isRetrievalTask(folder: string): Promise<boolean> {
  return found(await listing(folder), 'corpus.jsonl') !== undefined;
}

/** The documents of such a folder alone. */
export async function readDocuments(folder: string): Promise<NamedTexts> {
  return namedTexts(await fileOf(folder, 'corpus.jsonl'));
}

const rowsNamed = ({ ids }: NamedTexts): NamedRows => ({
  points: { rows: ids.length },
  labels: ids,
});

type Content = Awaited<ReturnType<typeof listing>>;

/** The name of a file in a folder, packed or not. */
function found(content: Content, name: string): string | undefined {
  return [name, `${name}.gz`].find((own) => content?.files.includes(own));
}

async function fileOf(folder: string, name: string): Promise<string> {
  const content = await listing(folder);
  const file = found(content, name);
  if (file) return `${folder}/${file}`;
  const there = content ? `it has ${content.files.join(', ') || 'no files'}` : 'it is no folder';
  return refuse(
    { name: folder },
    `a folder with corpus.jsonl, queries.jsonl and qrels is expected; there is no ${name}: ${there}.`,
  );
}

async function judgementsFile(folder: string, split: string): Promise<string> {
  const inside = await listing(`${folder}/qrels`).catch(() => undefined);
  const own = found(inside, `${split}.tsv`) ?? found(inside, `${split}.jsonl`);
  if (own) return `${folder}/qrels/${own}`;
  if (!inside) return fileOf(folder, 'qrels.jsonl');
  const there = inside.files.join(', ') || 'nothing';
  return refuse(
    { name: `${folder}/qrels` },
    `there are no judgements ${split}.tsv, but ${there} (--split NAME).`,
  );
}

async function namedTexts(file: string): Promise<NamedTexts> {
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
  if (column) return Array.from<string | number, string>(column, textOfValue);
  const names = [...(columns?.keys() ?? [])].join(', ') || 'none';
  return refuse(
    { name },
    `JSON lines with the field ${key} are expected; the fields are ${names}.`,
  );
}
