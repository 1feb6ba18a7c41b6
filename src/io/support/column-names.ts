export const VECTOR_NAMES = [
  'vector',
  'vectors',
  'embedding',
  'embeddings',
  'emb',
  'embs',
  'embed',
  'vec',
  'dense_vector',
  'features',
  'points',
  'values',
];
const LOOSE_NAMES = ['features', 'points', 'values'];
/** `text_embedding`, `titleVector`. */
const VECTOR_ENDING = /(?:^|[^a-z])(?:embeddings?|vectors?|emb)$|[a-z0-9](?:Embeddings?|Vectors?)$/;

export const TEXT_NAMES = [
  'label',
  'labels',
  'word',
  'words',
  'token',
  'tokens',
  'name',
  'names',
  'title',
  'titles',
  'text',
  'texts',
];
/** Names of what tells one row from all others, the surest first. */
export const ID_NAMES = [
  'custom_id',
  'id',
  '_id',
  'uuid',
  'guid',
  'key',
  'ids',
  'keys',
  'doc_id',
  'docid',
  'document_id',
  'item_id',
  'chunk_id',
  'point_id',
  'row_id',
];
export const ID_ENDING = /(?:^|[^a-z])(?:id|uuid|guid)$|[a-z0-9]I[dD]$/;
/** Numbers under these names count rows or classes rather than coordinates; pandas writes ''. */
export const COUNT_NAMES = ['', 'index', 'unnamed: 0', '__index_level_0__', 'row'];
export const INDEX_NAMES = [...COUNT_NAMES, ...ID_NAMES, 'label', 'labels'];

/** The last part of a dotted path. */
export const lastPart = (name: string): string => name.slice(name.lastIndexOf('.') + 1);

export const isExactly = (name: string): boolean =>
  VECTOR_NAMES.includes(lastPart(name).toLowerCase());

/** Whether a column of this name is meant as the vector: `embedding`, `payload.vector`, `titleVector`. */
export function isVectorName(name: string): boolean {
  return isExactly(name) || VECTOR_ENDING.test(lastPart(name));
}

/** Whether names are of columns rather than of rows: `x`, `dim_3`. */
export function looksLikeColumns(names: readonly string[]): boolean {
  return names.some((name) => /^(?:[xyz]|lat|lon|lng|(?:x|d|dim|col|column)_?\d+)$/i.test(name));
}

/** Whether a column of this name tells the rows apart. */
export function isIdName(name: string): boolean {
  return ID_NAMES.includes(lastPart(name).toLowerCase());
}

/** Whether a column of this name is a label rather than a vector, whatever its text looks like. */
export function isLabelName(name: string): boolean {
  return [...TEXT_NAMES, ...ID_NAMES].includes(name.toLowerCase());
}

/** Whether the values of a column of this name may tell the rows apart. */
export function mayTellRows(name: string): boolean {
  const last = lastPart(name);
  return isIdName(name) || COUNT_NAMES.includes(last.toLowerCase()) || ID_ENDING.test(last);
}

/** Of these a column may also be a number a row and mean something else. */
export const isLoose = (name: string): boolean =>
  LOOSE_NAMES.includes(lastPart(name).toLowerCase());
