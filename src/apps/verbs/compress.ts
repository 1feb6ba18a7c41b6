import type { Matrix } from '../../core/matrix.ts';
import type { Encoded } from '../../families/compression/types.ts';
import type { RunOptions } from '../../method/method.ts';
import { codecById } from '../store/codecs.ts';

export { type Between, codeRecall, HELD_OUT_SEED } from '../store/code-recall.ts';
export { codecById, codecIds } from '../store/codecs.ts';
export {
  decodedStore,
  encodeStore,
  type OpenStore,
  openStore,
  type StoreOptions,
  writeStore,
} from '../store/store-file.ts';

/**
 * Fits a codec of the catalogue to points and codes them.
 *
 * @example
 * const { points, labels } = await read('vectors.npy');
 * await writeStore('small.tammes', await compress(points, 'int8'), { labels });
 */
export function compress(
  points: Matrix,
  codec: string,
  options: Readonly<Record<string, unknown>> = {},
  run: RunOptions = {},
): Promise<Encoded> {
  return codecById(codec)(points, options as never, run);
}
