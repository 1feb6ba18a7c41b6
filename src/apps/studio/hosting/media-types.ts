/** The type of a picture or sound by how its bytes begin; undefined for whatever else, SVG among it: it can hold scripts. */
export function mediaTypeOf(bytes: Uint8Array): string | undefined {
  const head = Array.from(bytes.subarray(0, 12), (byte) => byte.toString(16).padStart(2, '0'));
  const found = TYPES.find(([begin]) => begin.test(head.join('')));
  return found?.[1];
}

/** By the first twelve bytes in hexadecimal digits. */
const TYPES: readonly (readonly [RegExp, string])[] = [
  [/^89504e470d0a1a0a/, 'image/png'],
  [/^ffd8ff/, 'image/jpeg'],
  [/^474946383[79]61/, 'image/gif'],
  [/^52494646.{8}57454250/, 'image/webp'],
  [/^52494646.{8}57415645/, 'audio/wav'],
  [/^4f676753/, 'audio/ogg'],
  // MP3 begins with a tag or with a frame: eleven bits set, a known version, layer 3.
  [/^(494433|fff[23ab])/, 'audio/mpeg'],
];
