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
/** Words of lower log odds, as "my" and "in", are in many other clusters too: they name one only where nothing else does. */
const STRONG = 1.5;
/** Letters of a label that is made of rows. */
const LONGEST = 34;

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
    const frequent = words.filter(({ inside }) => inside >= SHARE * rows.length);
    const strong = frequent.filter(({ logOdds }) => logOdds.value > STRONG);
    const best = (strong.length > 0 ? strong : frequent).slice(0, IN_LABEL);
    const label =
      best.length > 0
        ? best.map(({ word }) => word).join(', ')
        : joined(typical.map((row) => shortened(row.label)));
    return { label, words, typical, meanCosine };
  });
}

function shortened(text: string): string {
  return text.length > 30 ? `${text.slice(0, 29).trimEnd()}…` : text;
}

/** As many of them as are read at a glance, one at least. */
function joined(texts: readonly string[]): string {
  return texts.reduce((all, text) =>
    all.length + text.length + 2 > LONGEST ? all : `${all}, ${text}`,
  );
}
