import { zipSync } from 'fflate';
import type { Choice } from './choice.ts';
import {
  joinedBytes,
  numberBytes,
  type StructuredCase,
  type Table,
  table,
  textBytes,
} from './table.ts';

/** An npy file by hand. */
export function npyBytes(
  descr: string,
  shape: readonly number[],
  data: Uint8Array,
  { fortran = false, version = 1 } = {},
): Uint8Array {
  const sizes = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
  const type = descr.startsWith('[') ? descr : `'${descr}'`;
  const order = fortran ? 'True' : 'False';
  const text = `{'descr': ${type}, 'fortran_order': ${order}, 'shape': (${sizes}), }`;
  const before = version === 1 ? 10 : 12;
  const total = Math.ceil((before + text.length + 1) / 64) * 64;
  const head = textBytes(`${text.padEnd(total - before - 1)}\n`);
  const size = new DataView(new ArrayBuffer(4));
  size.setUint32(0, head.length, true);
  const length = new Uint8Array(size.buffer).subarray(0, before - 8);
  return joinedBytes([
    Uint8Array.of(0x93),
    textBytes('NUMPY'),
    Uint8Array.of(version, 0),
    length,
    head,
    data,
  ]);
}

type Type = 'f4' | 'f8' | 'bf16';
const DESCR: Readonly<Record<Type, readonly [little: string, big: string]>> = {
  f4: ['<f4', '>f4'],
  f8: ['<f8', '>f8'],
  bf16: ['|V2', '|V2'],
};

const columnwise = (points: readonly (readonly number[])[]): number[] =>
  points[0].flatMap((_, c) => points.map((row) => row[c]));

function plainNpy(choice: Choice, points: readonly (readonly number[])[]): StructuredCase {
  const [rows, cols] = [points.length, points[0].length];
  const type = choice.of(['f4', 'f8', 'bf16'] as const);
  const little = type === 'bf16' || choice.once(2);
  const fortran = choice.once(3);
  const version = choice.of([1, 2, 3]);
  const tail = choice.of(['nothing', 'nothing', 'zeros', 'blanks', 'words', 'too many zeros']);
  const shape = choice.of([
    [rows, cols],
    [rows, cols],
    [rows, 1, cols],
    [1, rows, cols],
    [rows, cols, 1],
  ]);
  const tails = {
    nothing: new Uint8Array(0),
    zeros: new Uint8Array(choice.whole(1, 63)),
    blanks: textBytes('\n'),
    words: textBytes('abcd'),
    'too many zeros': new Uint8Array(choice.whole(64, 200)),
  };
  const values = fortran ? columnwise(points) : points.flat();
  const file = npyBytes(DESCR[type][little ? 0 : 1], shape, numberBytes(values, type, little), {
    fortran,
    version,
  });
  const isWhole = tail !== 'words' && tail !== 'too many zeros';
  return {
    what: `npy ${type} ${little ? '<' : '>'} ${fortran ? 'F' : 'C'} ${shape.join(' × ')}, ${tail} behind`,
    bytes: joinedBytes([file, tails[tail as keyof typeof tails]]),
    options: {},
    expected: isWhole ? { points } : null,
    isRead: true,
  };
}

function appendedNpy(choice: Choice, points: readonly (readonly number[])[]): StructuredCase {
  const cut = choice.whole(1, points.length - 1);
  const isOther = choice.once(3);
  const part = (rows: readonly (readonly number[])[], type: 'f4' | 'f8'): Uint8Array =>
    npyBytes(`<${type}`, [rows.length, rows[0].length], numberBytes(rows.flat(), type));
  const second = isOther ? points.slice(cut).map((row) => [...row, 1]) : points.slice(cut);
  return {
    what: `npy, ${isOther ? 'an array of other columns' : 'the rest'} appended`,
    bytes: joinedBytes([part(points.slice(0, cut), 'f4'), part(second, choice.of(['f4', 'f8']))]),
    options: {},
    expected: isOther ? null : { points },
    isRead: true,
  };
}

/** Text as NumPy stores it: `length` code points of 4 bytes, or bytes. */
function textField(text: string, length: number, isWide: boolean): Uint8Array {
  const bytes = new Uint8Array(length * (isWide ? 4 : 1));
  const view = new DataView(bytes.buffer);
  for (const [i, character] of Array.from(text).entries()) {
    if (isWide) view.setUint32(4 * i, character.codePointAt(0) ?? 0, true);
    else view.setUint8(i, character.charCodeAt(0));
  }
  return bytes;
}

function recordNpy(choice: Choice, { points, ids, categories }: Table): StructuredCase {
  const cols = points[0].length;
  const isWord = typeof ids[0] === 'string';
  const isWide = choice.once(2);
  const gap = choice.once(2) ? choice.whole(1, 5) : 0;
  const little = choice.once(2);
  const order = little ? '<' : '>';
  const idType = isWord ? (isWide ? '<U8' : '|S8') : '<i8';
  const shape = choice.of([`(${cols},)`, `(1, ${cols})`]);
  const fields = [
    `('lang', '<U2')`,
    `('id', '${idType}')`,
    ...(gap > 0 ? [`('', '|V${gap}')`] : []),
    `('emb', '${order}f4', ${shape})`,
  ];
  const rows = points.map((row, i) =>
    joinedBytes([
      textField(categories[i], 2, true),
      isWord ? textField(String(ids[i]), 8, isWide) : numberBytes([ids[i] as bigint], 'i8'),
      new Uint8Array(gap),
      numberBytes(row, 'f4', little),
    ]),
  );
  const isCut = choice.once(8);
  const data = joinedBytes(rows);
  return {
    what: `npy records, id ${idType}, gap ${gap}, ${isCut ? 'cut' : 'whole'}`,
    bytes: npyBytes(`[${fields.join(', ')}]`, [rows.length], isCut ? data.subarray(3) : data),
    options: {},
    expected: isCut ? null : { points, labels: ids.map(String) },
    isRead: true,
  };
}

function oddNpy(choice: Choice, points: readonly (readonly number[])[]): StructuredCase {
  const bytes = numberBytes(points.flat(), 'f4');
  const { what, descr, shape } = choice.of([
    { what: 'objects', descr: '|O', shape: [points.length] },
    { what: 'complex numbers', descr: '<c8', shape: [1, points.flat().length / 2] },
    { what: 'one-byte types', descr: '|V1', shape: [points.length, points[0].length] },
    { what: 'whole numbers in a line', descr: '<i4', shape: [points.flat().length] },
    { what: 'three long axes', descr: '|u1', shape: [2, 2, points.flat().length] },
  ]);
  return {
    what: `npy of ${what}`,
    bytes: npyBytes(descr, shape, bytes),
    options: {},
    expected: null,
    isRead: true,
  };
}

export function npyCase(choice: Choice): StructuredCase {
  const made = table(choice);
  const kind = choice.whole(1, 10);
  if (kind <= 4) return plainNpy(choice, made.points);
  if (kind <= 6) return appendedNpy(choice, made.points);
  if (kind <= 8) return recordNpy(choice, made);
  if (kind === 9) return oddNpy(choice, made.points);
  const [points] = made.points;
  return {
    what: 'npy of one vector',
    bytes: npyBytes('<f4', [points.length], numberBytes(points, 'f4')),
    options: {},
    expected: { points: [points] },
    isRead: true,
  };
}

const zipped = (choice: Choice, files: Record<string, Uint8Array>): Uint8Array =>
  zipSync(files, { level: choice.once(2) ? 0 : 6 });

function dictionaryNpz(choice: Choice, points: readonly (readonly number[])[]): StructuredCase {
  const isRagged = choice.once(4);
  const isTwo = choice.once(3);
  const files = points.map((row, i): [string, Uint8Array] => {
    const vector = isRagged && i === 1 ? row.slice(1) : row;
    const shape = isTwo ? [1, vector.length] : [vector.length];
    return [`doc ${i}.npy`, npyBytes('<f4', shape, numberBytes(vector, 'f4'))];
  });
  return {
    what: `npz of one array a row${isRagged ? ', one shorter' : ''}`,
    bytes: zipped(choice, Object.fromEntries(files)),
    options: {},
    expected: isRagged ? null : { points, labels: points.map((_, i) => `doc ${i}`) },
    isRead: true,
  };
}

function sparseNpz(choice: Choice, points: readonly (readonly number[])[]): StructuredCase {
  const kind = choice.of(['csr', 'csc', 'coo', 'dia', 'bsr']);
  const index = npyBytes('<i8', [2], numberBytes([0, 1], 'i8'));
  const parts: Record<string, string[]> = {
    coo: ['row.npy', 'col.npy'],
    dia: ['offsets.npy'],
  };
  const names = parts[kind] ?? ['indices.npy', 'indptr.npy'];
  const isMatrix = kind === 'dia' || kind === 'bsr';
  const shape = isMatrix ? [points.length, points[0].length] : [points.flat().length];
  return {
    what: `npz of SciPy, ${kind}`,
    bytes: zipped(choice, {
      ...Object.fromEntries(names.map((name) => [name, index])),
      'format.npy': npyBytes('|S3', [], textBytes(kind)),
      'shape.npy': npyBytes('<i8', [2], numberBytes([10, 10], 'i8')),
      'data.npy': npyBytes('<f8', shape, numberBytes(points.flat(), 'f8')),
    }),
    options: {},
    expected: null,
    isRead: true,
  };
}

export function npzCase(choice: Choice): StructuredCase {
  const { points, ids, categories } = table(choice);
  const kind = choice.whole(1, 8);
  if (kind <= 2) return dictionaryNpz(choice, points);
  if (kind === 3) return sparseNpz(choice, points);
  const isWord = typeof ids[0] === 'string';
  const idBytes = isWord
    ? npyBytes('<U8', [ids.length], joinedBytes(ids.map((id) => textField(String(id), 8, true))))
    : npyBytes('<i8', [ids.length], numberBytes(ids as bigint[], 'i8'));
  const isTwofold = kind === 4;
  const matrix = npyBytes(
    '<f4',
    [points.length, points[0].length],
    numberBytes(points.flat(), 'f4'),
  );
  const langs = joinedBytes(categories.map((word) => textField(word, 2, true)));
  return {
    what: `npz with ids${isTwofold ? ' and two matrices' : ''}`,
    bytes: zipped(choice, {
      'lang.npy': npyBytes('<U2', [points.length], langs),
      'ids.npy': idBytes,
      ...(isTwofold ? { 'left.npy': matrix, 'right.npy': matrix } : { 'X.npy': matrix }),
    }),
    options: {},
    expected: isTwofold ? null : { points, labels: ids.map(String) },
    isRead: true,
  };
}
