import { OptionError } from '../../core/errors.ts';

/** Two ids that become one: merge r makes the id 256 + r. */
export type Merge = readonly [left: number, right: number];

/** Byte pair encoding: every text of whole characters has ids, and they give it back as it was. */
export interface BytePairs {
  readonly merges: readonly Merge[];
  /** Ids are 0 … size − 1: the 256 bytes, then what the merges make. */
  readonly size: number;
  readonly encode: (text: string) => Int32Array;
  /** @throws OptionError for an id that is none */
  readonly decode: (ids: ArrayLike<number>) => string;
}

const BYTES = 256;

/** No merge crosses these: a word, a number or signs, each with the blank before it; else white space. */
const PIECES = / ?[\p{L}\p{M}]+| ?\p{N}+| ?[^\s\p{L}\p{M}\p{N}]+|\s+(?!\S)|\s+/gu;

/**
 * Learns merges from texts (Sennrich, Haddow and Birch 2016, over UTF-8 bytes): joins the pair that is most frequent
 * inside words, over and over; of two as frequent, that of the smaller ids. Stops early where no pair comes twice.
 *
 * @param size how many ids in all, 256 or more
 */
export function learnBytePairs(texts: Iterable<string>, size: number): BytePairs {
  if (!Number.isSafeInteger(size) || size < BYTES)
    throw new OptionError('learnBytePairs', 'size', `an integer of at least ${BYTES}`, size);
  const pairs = new PairCounts();
  for (const [piece, count] of pieceCounts(texts)) pairs.add({ ids: bytesOf(piece), count });
  const merges: Merge[] = [];
  for (let id = BYTES; id < size; id++) {
    const best = pairs.mostFrequent();
    if (!best) break;
    for (const piece of pairs.remove(best))
      pairs.add({ ids: merged(piece.ids, best, id), count: piece.count });
    merges.push(best);
  }
  return bytePairs(merges);
}

/** The encoding by merges that `learnBytePairs` found. */
export function bytePairs(merges: readonly Merge[]): BytePairs {
  const size = BYTES + merges.length;
  const idOf = new Map(merges.map(([left, right], r) => [keyOf(left, right), BYTES + r]));
  const known = new Map<string, readonly number[]>();
  const idsOf = (piece: string): readonly number[] => {
    const ids = known.get(piece) ?? encoded(bytesOf(piece), idOf);
    known.set(piece, ids);
    return ids;
  };
  const bytes = Array.from({ length: BYTES }, (_, byte): readonly number[] => [byte]);
  for (const [left, right] of merges) bytes.push([...bytes[left], ...bytes[right]]);
  const bytesOfId = (id: number): readonly number[] => {
    if (bytes[id]) return bytes[id];
    throw new OptionError('bytePairs', 'ids', `integers from 0 to ${size - 1}`, id);
  };
  return {
    merges,
    size,
    encode: (text) => Int32Array.from((text.match(PIECES) ?? []).flatMap(idsOf)),
    decode: (ids) =>
      new TextDecoder('utf-8', { ignoreBOM: true }).decode(
        Uint8Array.from(Array.from(ids).flatMap(bytesOfId)),
      ),
  };
}

interface Piece {
  readonly ids: readonly number[];
  /** How often it is in the texts. */
  readonly count: number;
}

/** How often each pair of neighbours is in the pieces, and in which. */
class PairCounts {
  readonly #counts = new Map<number, number>();
  readonly #pieces = new Map<number, Set<Piece>>();

  add(piece: Piece): void {
    this.#count(piece, piece.count);
    for (const key of keysOf(piece)) {
      const holders = this.#pieces.get(key);
      if (holders) holders.add(piece);
      else this.#pieces.set(key, new Set([piece]));
    }
  }

  /** Undefined where no pair comes twice. */
  mostFrequent(): Merge | undefined {
    let [best, most] = [-1, 1];
    for (const [key, count] of this.#counts)
      if (count > most || (count === most && key < best)) [best, most] = [key, count];
    return best < 0 ? undefined : [Math.floor(best / RANGE), best % RANGE];
  }

  /** Forgets the pieces that hold the pair, and returns them. */
  remove([left, right]: Merge): readonly Piece[] {
    const found = [...(this.#pieces.get(keyOf(left, right)) ?? [])];
    for (const piece of found) {
      this.#count(piece, -piece.count);
      for (const key of keysOf(piece)) this.#pieces.get(key)?.delete(piece);
    }
    return found;
  }

  #count(piece: Piece, by: number): void {
    for (const key of keysOf(piece)) {
      const count = (this.#counts.get(key) ?? 0) + by;
      if (count > 0) this.#counts.set(key, count);
      else this.#counts.delete(key);
    }
  }
}

/** Above every id. */
const RANGE = 2 ** 26;

const keyOf = (left: number, right: number) => left * RANGE + right;

const keysOf = ({ ids }: Piece) => ids.slice(1).map((id, i) => keyOf(ids[i], id));

const bytesOf = (piece: string): number[] => [...new TextEncoder().encode(piece)];

function pieceCounts(texts: Iterable<string>): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const text of texts)
    for (const piece of text.match(PIECES) ?? []) counts.set(piece, (counts.get(piece) ?? 0) + 1);
  return counts;
}

/** Every pair, from the left, replaced by the id. */
function merged(ids: readonly number[], [left, right]: Merge, id: number): number[] {
  const out: number[] = [];
  for (let i = 0; i < ids.length; i++) {
    const isPair = ids[i] === left && ids[i + 1] === right;
    out.push(isPair ? id : ids[i]);
    if (isPair) i++;
  }
  return out;
}

/** The merges applied in the order in which they were learned. */
function encoded(bytes: readonly number[], idOf: ReadonlyMap<number, number>): readonly number[] {
  let ids = bytes;
  for (;;) {
    const next = keysOf({ ids, count: 1 }).reduce(
      (first, key) => Math.min(first, idOf.get(key) ?? Number.POSITIVE_INFINITY),
      Number.POSITIVE_INFINITY,
    );
    if (next === Number.POSITIVE_INFINITY) return ids;
    const at = ids.findIndex((id, i) => idOf.get(keyOf(id, ids[i + 1])) === next);
    ids = merged(ids, [ids[at], ids[at + 1]], next);
  }
}
