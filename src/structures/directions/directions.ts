import { InputError, ShapeError } from '../../core/errors.ts';
import { type Matrix, matrix, zeros64 } from '../../core/matrix.ts';
import type { ByteStore } from '../../io/byte-store.ts';
import { decodeDescribed, encodeDescribed, type FileKind, isRecord } from '../../io/described.ts';
import type { NamedTensor } from '../../io/tensors.ts';
import { dot } from '../../numerics/rows/dot.ts';
import { fourRows, productsInto } from '../../numerics/rows/four-rows.ts';
import type { SpaceMark } from './space-mark.ts';

/** Where directions come from. */
export interface Provenance {
  /** Id of the method that fitted them. */
  readonly method: string;
  readonly options: Readonly<Record<string, string | number | boolean>>;
  /** Rows they were fitted to. */
  readonly rows: number;
  /** The file of these rows, where there is one. */
  readonly source?: string | undefined;
  /** Numbers about the fit: held-out correlation, its value for random directions. */
  readonly facts: Readonly<Record<string, number>>;
}

/**
 * Named directions of an embedding space, with where they come from and how well they are known.
 *
 * The projection of a row x (d numbers) on direction k is ⟨basisₖ, x − origin⟩, in the units of the rows.
 */
export interface Directions {
  /** k × d, each row of length 1; rows need not be orthogonal to one another. */
  readonly basis: Matrix<Float64Array>;
  /** One for each direction. */
  readonly names: readonly string[];
  /** d numbers: where every projection is 0. */
  readonly origin: Float64Array;
  /**
   * b × k × d, draw after draw: each the same directions fitted to rows drawn anew with replacement, each row of length 1.
   * No draws where the directions are given, not estimated.
   */
  readonly draws: Matrix<Float64Array>;
  /** Of the space they are directions of. */
  readonly space: SpaceMark;
  readonly provenance: Provenance;
}

const KIND: FileKind = {
  format: 'tammes-directions',
  version: 1,
  title: 'file of directions (tammes explain axis -o)',
};

/** The bytes of a safetensors file: tensors `basis`, `origin`, `draws`, `mean`, `deviations`, and a description in JSON. */
export function encodeDirections(directions: Directions): Uint8Array {
  const { basis, names, origin, draws, space, provenance } = directions;
  const { cols: d } = basis;
  return encodeDescribed(KIND, { names, provenance }, [
    { name: 'basis', shape: [basis.rows, d], data: basis.data },
    { name: 'origin', shape: [d], data: origin },
    { name: 'draws', shape: [draws.rows, d], data: draws.data },
    { name: 'mean', shape: [d], data: space.mean },
    { name: 'deviations', shape: [d], data: space.deviations },
  ]);
}

/** Reads the bytes of directions; refuses others, damaged ones included, in a sentence. */
export async function decodeDirections(bytes: Uint8Array, name = 'bytes'): Promise<Directions> {
  const { fields, tensors } = await decodeDescribed(bytes, name, KIND);
  const { names, provenance } = fields;
  const of = (tensor: string) => float64s(name, tensors, tensor);
  const [basis, origin, draws] = [of('basis'), of('origin'), of('draws')];
  const [k, d] = basis.shape;
  const isWhole =
    Array.isArray(names) &&
    names.length === k &&
    isRecord(provenance) &&
    origin.data.length === d &&
    draws.shape[1] === d &&
    draws.shape[0] % k === 0 &&
    of('mean').data.length === d &&
    of('deviations').data.length === d;
  if (!isWhole) throw new InputError(name, 'the description of the directions is damaged.');
  return {
    basis: matrix(basis.data, k, d),
    names: names.map(String),
    origin: origin.data,
    draws: matrix(draws.data, draws.shape[0], d),
    space: { mean: of('mean').data, deviations: of('deviations').data },
    provenance: provenance as unknown as Provenance,
  };
}

function float64s(file: string, tensors: ReadonlyMap<string, NamedTensor>, name: string) {
  const tensor = tensors.get(name);
  if (tensor?.data instanceof Float64Array && tensor.data.every(Number.isFinite))
    return { data: tensor.data, shape: tensor.shape as [number, number] };
  throw new InputError(file, `the array ${name} of the directions is missing or damaged.`);
}

export async function saveDirections(store: ByteStore, directions: Directions): Promise<void> {
  await store.save(encodeDirections(directions));
}

export async function loadDirections(store: ByteStore): Promise<Directions> {
  const bytes = await store.load();
  if (!bytes) throw new InputError(store.name, 'there is no file of directions.');
  return decodeDirections(bytes, store.name);
}

/** n × k projections of rows on directions: ⟨basisₖ, x − origin⟩. */
export function projected(
  { basis, origin }: Pick<Directions, 'basis' | 'origin'>,
  rows: Matrix,
): Matrix<Float64Array> {
  const { rows: k, cols: d } = basis;
  if (rows.cols !== d) throw new ShapeError('directions', `rows of ${d} numbers`, `${rows.cols}`);
  const out = zeros64(rows.rows, k);
  const offsets = Float64Array.from({ length: k }, (_, j) =>
    dot(basis.data.subarray(j * d, (j + 1) * d), origin),
  );
  productsWithAll(basis, rows, out);
  for (let e = 0, j = 0; e < out.data.length; e++, j = j + 1 < k ? j + 1 : 0)
    out.data[e] -= offsets[j];
  return out;
}

/** XBᵀ, four rows and two directions at a time: each sum waits for its last addition, and others go on meanwhile. */
function productsWithAll(basis: Matrix, { data, rows: n, cols: d }: Matrix, out: Matrix): void {
  const { rows: k } = basis;
  const even = k + (k % 2);
  const vectors = new Float64Array(even * d);
  vectors.set(basis.data);
  const [block, products] = [fourRows(d), fourRows(even)];
  for (let i = 0; i < n; i += 4) {
    const there = Math.min(4, n - i);
    for (let r = 0; r < there; r++) block[r].set(data.subarray((i + r) * d, (i + r + 1) * d));
    for (let j = 0; j < k; j += 2) productsInto(products, j, block, vectors, d);
    for (let r = 0; r < there; r++)
      for (let j = 0; j < k; j++) out.data[(i + r) * k + j] = products[r][j];
  }
}

/** One of several directions, alone. */
export function directionAt(directions: Directions, index: number): Directions {
  const { basis, names, draws } = directions;
  const { rows: k, cols: d } = basis;
  const drawn = zeros64(draws.rows / k, d);
  for (let b = 0; b < drawn.rows; b++)
    drawn.data.set(draws.data.subarray((b * k + index) * d, (b * k + index + 1) * d), b * d);
  const own = basis.data.slice(index * d, (index + 1) * d);
  return { ...directions, basis: matrix(own, 1, d), names: [names[index]], draws: drawn };
}
