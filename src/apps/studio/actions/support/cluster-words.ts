import type { Matrix } from '../../../../core/matrix.ts';
import type { StudioTable } from '../../session/state.ts';
import { nameOfRow } from './lookup.ts';
import { textsIn } from './texts-in.ts';
import { typicalRows } from './typical-rows.ts';
import { type TellingWord, tellingWords, wordRows } from './words.ts';

export interface NamedCluster {
  /** Its telling words or, where there are none, its most typical rows. */
  readonly label: string;
  readonly words: readonly TellingWord[];
  readonly typical: readonly {
    readonly row: number;
    readonly label: string;
    readonly cosine: number;
  }[];
  readonly meanCosine: number;
}

const WORDS = 10;
const IN_LABEL = 3;
/** A word of fewer of its rows does not name a cluster. */
const SHARE = 0.1;

/** Names clusters by what is written of their rows. */
export function namedClusters(
  owner: StudioTable,
  units: Matrix,
  members: readonly Int32Array[],
): readonly NamedCluster[] {
  const written = wordRows(textsIn(owner));
  return members.map((rows) => {
    const words = written.of.length > 0 ? tellingWords(written, rows, WORDS) : [];
    const { rows: nearest, cosines, meanCosine } = typicalRows(units, rows, IN_LABEL);
    const typical = nearest.map((row, at) => ({
      row,
      label: nameOfRow(owner, row),
      cosine: cosines[at],
    }));
    const frequent = words.filter(({ inside }) => inside >= SHARE * rows.length).slice(0, IN_LABEL);
    const names =
      frequent.length > 0
        ? frequent.map(({ word }) => word)
        : typical.map(({ label }) => shortened(label));
    return { label: names.join(', '), words, typical, meanCosine };
  });
}

function shortened(text: string): string {
  return text.length > 30 ? `${text.slice(0, 29).trimEnd()}…` : text;
}
