import { sha256 } from '../../../core/sha256.ts';
import type { Answer } from '../contract.ts';

/** SHA-256 of the arrays of an answer, by their names in order; undefined where it has none. */
export async function digestOf({
  arrays = {},
}: Pick<Answer, 'arrays'>): Promise<string | undefined> {
  const names = Object.keys(arrays).toSorted();
  if (names.length === 0) return undefined;
  const pieces = names.map((name) => {
    const { buffer, byteOffset, byteLength } = arrays[name].data;
    return new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength);
  });
  return sha256(...pieces);
}
