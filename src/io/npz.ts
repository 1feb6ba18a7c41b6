import {
  type ByteSource,
  endsIn,
  type Format,
  type Reader,
  type ReadOptions,
  refuse,
} from './contract.ts';
import { type Candidate, isUnique } from './support/candidates.ts';
import { columnOfValues, textOfValue } from './support/cells.ts';
import { denseRows } from './support/dense.ts';
import { BYTES_OF, bytesOf, encoded } from './support/dtype.ts';
import { joined } from './support/joined.ts';
import {
  matricesOf,
  npyDescr,
  npyHeaderBytes,
  readNpyHeader,
  requireVectors,
} from './support/npy-header.ts';
import { NO_TEXT, npyValue } from './support/npy-values.ts';
import { dictionaryOf, type Member, openDictionary, requireDense } from './support/npz-kinds.ts';
import { chosenArray, requireDistinct, selected } from './support/select.ts';
import { torchEntry } from './support/torch-file.ts';
import { openEntry, startsAsZip, type ZipEntry, zipEntries, zipWriter } from './support/zip.ts';
import { type Column, mapColumns, type VectorTable } from './table.ts';

export type { Member } from './support/npz-kinds.ts';

const described = ({ name, header }: Member): string =>
  `${name} (${header.shape.join(' × ') || 'one value'} ${header.descr})`;

const namesOf = (all: readonly Member[]): string =>
  all.slice(0, 6).map(described).join(', ') + (all.length > 6 ? `, … (${all.length})` : '');

export async function members(source: ByteSource): Promise<Member[]> {
  const found: Member[] = [];
  const entries = await zipEntries(source);
  for (const entry of entries) {
    if (!entry.name.endsWith('.npy')) continue;
    const content = await openEntry(source, entry);
    const header = await readNpyHeader(content);
    found.push({ name: entry.name.slice(0, -4), source: content, header });
  }
  if (found.length === 0) refuse(source, withoutArrays(entries));
  requireDistinct(
    source,
    found.map(({ name }) => name),
  );
  return found;
}

/** What an archive without arrays is instead. */
function withoutArrays(entries: readonly ZipEntry[]): string {
  if (torchEntry(entries)) return 'this is an archive of PyTorch; name the format pt.';
  const names = entries.slice(0, 3).map(({ name }) => JSON.stringify(name));
  const more = entries.length > 3 ? `, … (${entries.length})` : '';
  return `this is a ZIP archive with neither arrays of NumPy (.npy) nor a data.pkl of PyTorch in it; it has ${names.join(', ') || 'no files'}${more}: unpack it and read the file with the vectors.`;
}

async function openNpz(source: ByteSource, options: ReadOptions): Promise<Reader> {
  const all = await members(source);
  await requireDense(source, all);
  const dictionary = options.vector === undefined ? dictionaryOf(source, all) : undefined;
  if (dictionary) return openDictionary(source, dictionary, options);
  const matrices = matricesOf(all, ({ header }) => header);
  if (matrices.length === 0 && all.length > 0 && options.vector === undefined) {
    refuse(source, `the archive has no two-dimensional array of numbers; it has ${namesOf(all)}.`);
  }
  const vectors = chosenArray(source, matrices, described, options);
  const array = requireVectors(vectors.source, vectors.header);
  requireWhole(source, vectors, array.rows * array.cols * BYTES_OF[array.dtype]);
  const { rows, cols, dtype } = array;
  const lists = all.filter(({ header }) => header.shape.length === 1 && header.shape[0] === rows);
  const values = await Promise.all(lists.map((list) => valuesOf(list, rows)));
  const { label, others } = selected(
    source,
    [
      { name: vectors.name, kind: 'vector' },
      ...lists.map((list, i) => candidateOf(list, values[i])),
    ],
    { vector: vectors.name, label: options.label },
  );
  const columns = others.map((i): [string, Column] => [
    lists[i - 1].name,
    columnOfValues(values[i - 1] ?? []),
  ]);
  const labels = label > 0 ? values[label - 1]?.map(textOfValue) : undefined;
  const taken = new Set([vectors, ...[label, ...others].map((i) => lists[i - 1])]);
  return {
    info: async () => ({
      format: 'npz',
      rows,
      cols,
      dtype,
      bytes: source.size,
      vector: vectors.name,
      labels: label > 0 ? lists[label - 1].name : false,
      columns: columns.map(([name]) => name),
      order: vectors.header.fortranOrder ? 'F' : 'C',
      bigEndian: vectors.header.bigEndian && BYTES_OF[dtype] > 1,
      others: all.filter((member) => !taken.has(member)).map(described),
    }),
    async *blocks(rowsPerBlock, shared): AsyncGenerator<VectorTable> {
      for (let a = 0; a < rows; a += rowsPerBlock) {
        const b = Math.min(rows, a + rowsPerBlock);
        const data = await denseRows(vectors.source, array, a, b, shared);
        yield {
          points: { data, rows: b - a, cols },
          labels: labels?.slice(a, b),
          columns: mapColumns(Object.fromEntries(columns), (c) => c.slice(a, b) as Column),
          source: { name: source.name, format: 'npz', dtype },
        };
      }
    },
  };
}

function candidateOf({ name, header }: Member, values: readonly unknown[] | undefined): Candidate {
  const kind = npyValue(header.descr)?.kind;
  if (!values || !kind) return { name, kind: 'other', fault: `has the type ${header.descr}` };
  return { name, kind, isUnique: isUnique(values) };
}

/** Refuses bytes behind the numbers of a member. */
function requireWhole(source: ByteSource, member: Member, needed: number): void {
  const left = member.source.size - member.header.dataOffset - needed;
  if (left > 0) refuse(source, `${left} bytes follow the array ${member.name}; none are expected.`);
}

/** The values of a one-dimensional member, 64-bit integers whole; undefined for types that are not read. */
async function valuesOf(
  { name, source, header }: Member,
  rows: number,
): Promise<unknown[] | undefined> {
  const value = npyValue(header.descr);
  if (!value) return undefined;
  const needed = rows * value.size;
  if (needed > source.size - header.dataOffset) {
    refuse(source, `the array ${name} claims ${needed} bytes; the archive has fewer.`);
  }
  const bytes = await source.read(header.dataOffset, needed);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from(
    { length: rows },
    (_, i) => value.at(view, i * value.size) ?? refuse(source, `the array ${name} ${NO_TEXT}`),
  );
}

/** The header and bytes of a one-dimensional npy file with these values. */
function columnBytes(name: string, column: Column): [header: Uint8Array, data: Uint8Array] {
  if (column instanceof Float64Array) {
    return [npyHeaderBytes('<f8', [column.length]), bytesOf(column)];
  }
  const texts = column.map((text) => Array.from(text, (c) => c.codePointAt(0) ?? 0));
  const padded = column.findIndex((text) => text.endsWith('\0'));
  if (padded >= 0) {
    refuse({ name }, `the text of row ${padded + 1} ends in a zero character, which npz drops.`);
  }
  const longest = texts.reduce((most, text) => Math.max(most, text.length), 1);
  const points = new Uint32Array(texts.length * longest);
  for (const [i, text] of texts.entries()) points.set(text, i * longest);
  return [npyHeaderBytes(`<U${longest}`, [texts.length]), bytesOf(points)];
}

/** NumPy archives: the vectors, the labels and each column are arrays of their own. */
export const npz: Format = {
  id: 'npz',
  title: 'NumPy archive',
  extensions: ['.npz'],
  dtypes: ['f4', 'f8', 'f2', 'i1', 'u1', 'i2', 'u2', 'i4', 'u4'],
  keeps: { labels: true, columns: true },
  streams: { read: true, write: true },
  startsWith: 'the bytes PK\\x03\\x04',
  recognizes: (head, name) =>
    startsAsZip(head) ? (endsIn(name, ['.npz']) ? 1 : 0.8) : endsIn(name, ['.npz']) ? 0.05 : 0,
  open: openNpz,
  create(output, name, { dtype = 'f4', rows: total }) {
    const zip = zipWriter(output, name);
    const tables: VectorTable[] = [];
    let rows = 0;
    return {
      async append(block) {
        const { data, cols } = block.points;
        if (rows === 0 && cols > 0) {
          await zip.entry('vectors.npy', false);
          await zip.write(npyHeaderBytes(npyDescr(dtype), [total, cols]));
        }
        if (cols > 0) await zip.write(encoded(data, dtype, name, cols, rows));
        rows += block.points.rows;
        // Labels and columns follow the vectors; only they wait in memory.
        tables.push({ ...block, points: { data: new Float32Array(0), rows: 0, cols: 0 } });
      },
      async finish() {
        const { labels, columns = {} } = joined(tables, name);
        const taken = new Set(['vectors', ...(labels ? ['labels'] : [])]);
        const lists: [string, Column][] = Object.entries(columns);
        if (labels) lists.unshift(['labels', labels]);
        for (const [key, column] of lists) {
          if (column !== labels && taken.has(key)) {
            refuse({ name }, `a column cannot be called ${JSON.stringify(key)} in an npz file.`);
          }
          await zip.entry(`${key}.npy`, true);
          for (const bytes of columnBytes(name, column)) await zip.write(bytes);
        }
        await zip.finish();
      },
    };
  },
};
