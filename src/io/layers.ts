import { openSource } from '#files';
import type { Matrix } from '../core/matrix.ts';
import { counted } from '../core/text.ts';
import { type ByteSource, type ReadOptions, refuse, type Source } from './contract.ts';
import { type NpyHeader, readNpyHeader, requireVectors, startsAsNpy } from './npy.ts';
import { type Member, members } from './npz.ts';
import { openedBytes } from './open.ts';
import { denseRows } from './support/dense.ts';
import { BYTES_OF } from './support/dtype.ts';
import { torchEntry } from './support/torch-file.ts';
import { startsAsZip, zipEntries } from './support/zip.ts';

/** The vectors of one layer of a model, a row for each token. */
export interface Layer {
  /** The file, and which array or place in it where it holds several. */
  readonly name: string;
  readonly points: Matrix;
}

/**
 * Reads the layers that a file holds: those of a 3-dimensional npy array, layers × tokens × columns; of an npz archive
 * with one such array (or that named by `vector`), or with 2-dimensional ones, in the order of the archive; or, of any
 * other file, the one that it is.
 *
 * @example const layers = await readLayers('hidden-states.npy');
 */
export async function readLayers(source: Source, options: ReadOptions = {}): Promise<Layer[]> {
  const bytes = await openSource(source);
  try {
    const head = await bytes.read(0, Math.min(8, bytes.size));
    if (startsAsNpy(head)) {
      return await layersOf({
        name: bytes.name,
        source: bytes,
        header: await readNpyHeader(bytes),
      });
    }
    if (startsAsZip(head) && !torchEntry(await zipEntries(bytes))) {
      return await ofArchive(bytes, options);
    }
    const reader = await openedBytes(bytes, options);
    const { rows } = await reader.info();
    const layers: Layer[] = [];
    for await (const { points } of reader.blocks(Math.max(1, rows), true)) {
      layers.push({ name: bytes.name, points });
    }
    return layers;
  } finally {
    await bytes.close();
  }
}

async function ofArchive(bytes: ByteSource, { vector }: ReadOptions): Promise<Layer[]> {
  const numbers = (await members(bytes)).filter(({ header }) => header.dtype);
  const named = numbers.filter(({ name }) => vector === undefined || vector === name);
  const [stack, ...more] = named.filter(({ header }) => header.shape.length === 3);
  const matrices = named.filter(({ header }) => header.shape.length === 2);
  if (more.length > 0) {
    const names = [stack, ...more].map(({ name }) => name).join(', ');
    refuse(bytes, `the archive has several stacks of layers (${names}); say which by vector.`);
  }
  if (stack) return layersOf({ ...stack, name: `${bytes.name}:${stack.name}` });
  if (matrices.length === 0) {
    const names = numbers.map(({ name }) => name).join(', ');
    const what = vector === undefined ? 'with rows and columns' : `called ${String(vector)}`;
    refuse(bytes, `the archive has no array of numbers ${what}; it has ${names || 'none at all'}.`);
  }
  const layers: Layer[] = [];
  for (const member of matrices) {
    layers.push(...(await layersOf({ ...member, name: `${bytes.name}:${member.name}` })));
  }
  return layers;
}

/** The layers of one array of two or three dimensions. */
async function layersOf({ name, source, header }: Member): Promise<Layer[]> {
  const { shape, dtype, fortranOrder, dataOffset } = header;
  if (shape.length !== 3) return [await layerOf(name, source, header)];
  const [layers, rows, cols] = shape;
  if (fortranOrder) {
    refuse(
      source,
      'the layers lie column after column; numpy.ascontiguousarray puts them in rows.',
    );
  }
  if (layers === 0)
    refuse(source, `the array has the shape ${shape.join(' × ')}; it has no layer.`);
  const size = rows * cols * (dtype ? BYTES_OF[dtype] : 0);
  const there = source.size - dataOffset;
  if (size * layers > there) {
    const needed = `${layers} × ${rows} × ${cols} ${dtype}, which is ${size * layers} bytes`;
    refuse(source, `the header says ${needed}, but ${there} follow it.`);
  }
  const found: Layer[] = [];
  for (let l = 0; l < layers; l++) {
    const own = { ...header, shape: [rows, cols], dataOffset: dataOffset + l * size };
    found.push(await layerOf(`${name}[${l}]`, source, own));
  }
  return found;
}

async function layerOf(name: string, source: ByteSource, header: NpyHeader): Promise<Layer> {
  const { shape } = header;
  if (shape.length !== 2) {
    const sizes = shape.length === 0 ? 'none' : shape.join(' × ');
    refuse(
      source,
      `the array has ${counted(shape.length, 'dimension')} (${sizes}); 3 are expected, layers × rows × columns, or 2.`,
    );
  }
  const array = requireVectors(source, header);
  if (array.rows === 0) refuse(source, 'the file has no rows.');
  const data = await denseRows(source, array, 0, array.rows, true);
  return { name, points: { data, rows: array.rows, cols: array.cols } };
}
