import type { Construction, Family, IntegerRows } from './contract.ts';
import { antipodal, fromIntegers, withFraction } from './realized.ts';

/** One code of a chain: 2^bits words, any two of them at least `distance` apart. */
export interface Level {
  readonly bits: number;
  readonly distance: number;
  readonly name: string;
  readonly source: string;
}

/** Nested binary codes of one length, the smallest first; the words of each come first in the next. */
export interface BinaryChain {
  readonly length: number;
  readonly levels: readonly Level[];
  /** Up to this many coordinates can be fixed to 0, each halving every level, and then left out. */
  readonly mostShortened: number;
  /** The first `count` words as signs, `length − shortened` columns. */
  readonly signs: (count: number, shortened: number) => Int8Array;
}

/** Words beyond this are never asked for, and their number would leave the whole doubles. */
export const MOST_BITS = 26;

export function shortenedName(name: string, shortened: number): string {
  return shortened === 0
    ? name
    : `${name}, shortened ${shortened === 1 ? 'once' : `${shortened} times`}`;
}

/** A level with some coordinates shortened: 2^(bits − s) points at cosine 1 − 2·distance/(length − s). */
export function binaryCode(chain: BinaryChain, level: Level, shortened: number): Construction {
  const cols = chain.length - shortened;
  return withFraction(
    {
      name: shortenedName(level.name, shortened),
      source: level.source,
      size: 2 ** (level.bits - shortened),
      dim: cols,
      build: (count, d) => {
        const rows: IntegerRows = {
          numerators: chain.signs(count, shortened),
          cols,
          squaredNorm: cols,
        };
        return fromIntegers(rows, count, cols, d);
      },
    },
    cols - 2 * level.distance,
    cols,
  );
}

/** Every level and every shortening that fits into d dimensions. */
export function binaryCodes(chains: readonly BinaryChain[]): Family {
  return (d) => {
    const out: Construction[] = [];
    for (const chain of chains) {
      for (const level of chain.levels) {
        if (level.bits > MOST_BITS) continue;
        const most = Math.min(chain.mostShortened, level.bits - 1);
        for (let s = Math.max(0, chain.length - d); s <= most; s++) {
          if (2 * level.distance > chain.length - s && s > 1) break;
          const code = binaryCode(chain, level, s);
          // Every level holds the word of ones, until a coordinate is fixed.
          out.push(s === 0 ? antipodal(code) : code);
        }
      }
    }
    return out;
  };
}
