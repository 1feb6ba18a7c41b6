/**
 * 32 bits of a text, the same on every platform: FNV-1a over its UTF-16 units, then mixed so that every bit depends on
 * every unit (the finalizer of MurmurHash3). No seal: whoever wants two texts of one hash finds them.
 */
export function textHash(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
