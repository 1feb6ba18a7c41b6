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
  return sha256(pieces);
}

/** SHA-256 of bytes one after another, 64 hexadecimal digits. */
export async function sha256(pieces: readonly Uint8Array[]): Promise<string> {
  const all = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', all));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
