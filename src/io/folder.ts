import { openSource } from '#files';
import { counted } from '../core/text.ts';
import { endsIn, refuse, type Source } from './contract.ts';
import { formatOfName } from './formats.ts';
import { naturalOrder } from './natural-order.ts';
import { familiesOf, requireWholeFamilies } from './shard-names.ts';

/** What a name stands for. */
export interface FoundFiles {
  /** In the order of their rows. */
  readonly files: readonly Source[];
  /** A table with a row for each vector, where the folder has one. */
  readonly metadata?: string | undefined;
  /** What was left out, in sentences. */
  readonly remarks: readonly string[];
}

interface Content {
  readonly files: readonly string[];
  readonly folders: readonly string[];
}

/** Extensions that say little: such files count only where no others are there. */
const VAGUE = ['.json', '.txt', '.bin'];

/** What describes other files, whatever its extension. */
const BESIDE =
  /^(dataset_(dict|infos?)|state|tokenizer.*|.*config.*|.*\.index|special_tokens_map|modules|vocab|projector_.*)\.json$|^(readme|license|requirements)\b.*\.txt$/i;

/** The pair that TensorBoard's projector takes, under the names in its guides. */
const TENSORS = /^(tensors|vectors|vecs)\.tsv$/i;
const METADATA = /^(metadata|meta)\.tsv$/i;

/** The files of a folder that are one table: those of a saved data set, a pair with metadata, or all of one format. */
export async function filesOfFolder(path: string, content: Content): Promise<FoundFiles> {
  const at = (name: string): string => `${path.replace(/[/\\]+$/, '')}/${name}`;
  const { files } = content;
  if (files.includes('state.json') && files.some((name) => endsIn(name, ['.arrow']))) {
    return { files: (await savedShards(path, at('state.json'), files)).map(at), remarks: [] };
  }
  const [tensors, ...others] = files.filter((name) => TENSORS.test(name));
  const metadata = files.filter((name) => METADATA.test(name));
  if (tensors && others.length === 0 && metadata.length === 1) {
    return { files: [at(tensors)], metadata: at(metadata[0]), remarks: [] };
  }
  const chosen = ofOneFormat(path, content);
  const sorted = chosen.map(at).sort(naturalOrder);
  requireOneFamily(path, sorted);
  requireWholeFamilies(sorted);
  const left = files.filter((name) => !chosen.includes(name));
  return { files: sorted, remarks: left.length === 0 ? [] : [leftOut(path, left)] };
}

function leftOut(path: string, names: readonly string[]): string {
  const shown = names.slice(0, 5).join(', ') + (names.length > 5 ? ', …' : '');
  return `${path}: ${counted(names.length, 'other file')} left out (${shown}).`;
}

function ofOneFormat(path: string, { files, folders }: Content): string[] {
  const known = files.filter((name) => formatOfName(name) && !BESIDE.test(name));
  const clear = known.filter((name) => !endsIn(name, VAGUE));
  const chosen = clear.length > 0 ? clear : known;
  const byFormat = new Map<string, string[]>();
  for (const name of chosen) {
    const id = formatOfName(name)?.id ?? '';
    byFormat.set(id, [...(byFormat.get(id) ?? []), name]);
  }
  const [first, ...more] = byFormat;
  if (!first)
    return refuse({ name: path }, `the folder has no file of vectors${within(path, folders)}.`);
  if (more.length === 0) return first[1];
  const counts = [...byFormat].map(([id, names]) => `${names.length} ${id}`).join(', ');
  const extension = /\.[^.]+$/.exec(first[1][0])?.[0] ?? '';
  return refuse(
    { name: path },
    `the folder has files of several formats (${counts}); a pattern says which: '${path}/*${extension}'.`,
  );
}

function within(path: string, folders: readonly string[]): string {
  if (folders.length === 0) return '';
  const shown = [...folders].sort(naturalOrder).slice(0, 5).join(', ');
  return `; name one of its folders (${shown}) or a pattern such as '${path}/**/*.parquet'`;
}

/** Parts of different wholes (`train-…`, `test-…`) are not one table unless someone says so. */
function requireOneFamily(path: string, files: readonly string[]): void {
  const families = familiesOf(files);
  if (families.length < 2) return;
  const patterns = families.map(({ pattern }) => `'${pattern}'`).join(', ');
  refuse({ name: path }, `the folder has parts of several tables; name one: ${patterns}.`);
}

/** The files of a data set as Hugging Face's `save_to_disk` writes it, in the order of its `state.json`. */
async function savedShards(
  path: string,
  state: string,
  files: readonly string[],
): Promise<readonly string[]> {
  const json = await jsonOf(state);
  const indices = json._indices_data_files ?? json._indices_files;
  if (Array.isArray(indices) && indices.length > 0) {
    refuse(
      { name: path },
      'the data set is a selection of rows that is kept beside them; flatten_indices() before save_to_disk() writes it out.',
    );
  }
  const listed = Array.isArray(json._data_files) ? json._data_files : [];
  const names = listed.map((entry: { filename?: unknown } | null) => entry?.filename);
  if (names.length === 0 || !names.every((name) => typeof name === 'string')) {
    refuse({ name: state }, 'it does not name the files of a data set.');
  }
  const missing = names.find((name) => !files.includes(name));
  if (missing !== undefined) {
    refuse(
      { name: `${path}/${missing}` },
      'this file of the data set is missing; state.json names it.',
    );
  }
  return names;
}

/** What a data set says of itself, as far as it is read. */
interface SavedState {
  readonly _data_files?: unknown;
  /** Where the rows are a selection: which, under two names. */
  readonly _indices_data_files?: unknown;
  readonly _indices_files?: unknown;
}

async function jsonOf(path: string): Promise<SavedState> {
  const source = await openSource(path);
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(await source.read(0, source.size)));
    return typeof value === 'object' && value !== null ? (value as SavedState) : {};
  } catch (cause) {
    return refuse(source, 'it is not JSON.', cause);
  } finally {
    await source.close();
  }
}
