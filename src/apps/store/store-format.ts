import type { OtherFormat } from '../../io/contract.ts';

/** How the header of a store begins, behind its length. */
const START = '{"__metadata__":{"tammes":"{\\"format\\":\\"tammes-store\\"';

/** Stores, for whatever reads files of vectors: `read(path, { also: [storeFormat] })`. */
export const storeFormat: OtherFormat = {
  recognizes: (head) => new TextDecoder().decode(head.subarray(8, 8 + START.length)) === START,
  // Codecs are loaded where there is a store.
  open: async (source, options) => (await import('./store-reader.ts')).storeReader(source, options),
};
