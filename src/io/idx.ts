import { openSource } from '#files';
import { type ByteSource, refuse, type Source } from './contract.ts';

/** Unsigned bytes with their shape, row-major: images are count × height × width, labels count. */
export interface IdxArray {
  readonly shape: readonly number[];
  readonly data: Uint8Array;
}

const TYPES: Readonly<Record<number, string>> = {
  8: 'unsigned bytes',
  9: 'signed bytes',
  11: 'int16',
  12: 'int32',
  13: 'float32',
  14: 'float64',
};

/**
 * Reads an IDX file of unsigned bytes, the form of MNIST and its kin (`train-images-idx3-ubyte`), packed or not.
 *
 * @example
 * const { shape: [n, height, width], data } = await readIdx('train-images-idx3-ubyte.gz');
 *
 * @throws InputError where the file is no IDX file, holds another type, or is longer or shorter than its shape says
 */
export async function readIdx(from: Source): Promise<IdxArray> {
  const source = await openSource(from);
  try {
    const shape = await shapeOf(source);
    const at = 4 + 4 * shape.length;
    const size = shape.reduce((product, length) => product * length, 1);
    if (source.size - at !== size) {
      const said = `${shape.join(' × ')} unsigned bytes`;
      refuse(source, `expected ${said} behind the header; got ${source.size - at}.`);
    }
    return { shape, data: (await source.read(at, size)).slice() };
  } finally {
    await source.close();
  }
}

async function shapeOf(source: ByteSource): Promise<readonly number[]> {
  const head = await source.read(0, Math.min(4, source.size));
  const [first, second, type, axes] = head;
  if (head.length < 4 || first !== 0 || second !== 0 || TYPES[type] === undefined || axes === 0)
    refuse(
      source,
      'expected an IDX file, which begins with two zero bytes, its type and its axes.',
    );
  if (type !== 8) refuse(source, `expected an IDX file of unsigned bytes; got ${TYPES[type]}.`);
  if (source.size < 4 + 4 * axes)
    refuse(
      source,
      `the header is cut off: ${axes} axes take ${4 + 4 * axes} bytes of ${source.size}.`,
    );
  const { buffer, byteOffset, byteLength } = await source.read(4, 4 * axes);
  const view = new DataView(buffer, byteOffset, byteLength);
  return Array.from({ length: axes }, (_, a) => view.getUint32(4 * a));
}
