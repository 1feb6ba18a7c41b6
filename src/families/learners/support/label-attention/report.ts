import { evaluate, type Workspace } from '../../../../learning/index.ts';
import { decoded } from '../../../../learning/sparse-autoencoder/index.ts';
import { labelScores, namedLabels } from './label-sets.ts';
import {
  featuresOfWords,
  type LabelAttention,
  type LabelAttentionSettings,
  logitsOf,
  wordsOf,
} from './network.ts';

/** Texts that are computed at once. */
const BLOCK = 512;

interface Judged {
  readonly network: LabelAttention;
  readonly settings: LabelAttentionSettings;
  readonly texts: readonly Int32Array[];
  readonly sets: readonly Int32Array[];
}

/** How well labels are named in these texts, and how sparsely their words are coded. */
export async function labelReport(
  { network, settings, texts, sets }: Judged,
  rows: Int32Array,
  workspace: Workspace,
): Promise<Readonly<Record<string, number>>> {
  const { autoencoder } = network;
  const c = settings.classes.length;
  const named: Int32Array[] = [];
  const rebuilt = { active: 0, words: 0, missed: 0, all: 0 };
  for (let a = 0; a < rows.length; a += BLOCK) {
    const seen = wordsOf(network, settings, texts, rows.subarray(a, a + BLOCK));
    const codes = autoencoder && featuresOfWords(autoencoder, seen.x, settings).codes;
    const logits = await evaluate(logitsOf(network, codes ?? seen.x, seen), workspace);
    named.push(...namedLabels(logits, c, settings.labels));
    if (!autoencoder || !codes) continue;
    const own = Float64Array.from(await evaluate(codes, workspace));
    const near = Float64Array.from(await evaluate(decoded(autoencoder, codes), workspace));
    const x = Float64Array.from(await evaluate(seen.x, workspace));
    for (const value of own) if (value > 0) rebuilt.active++;
    rebuilt.words += seen.x.shape[0];
    x.forEach((value, e) => {
      rebuilt.missed += (value - near[e]) ** 2;
      rebuilt.all += value ** 2;
    });
  }
  const there = Array.from(rows, (row) => sets[row]);
  return {
    ...labelScores(named, there, c),
    heldOut: rows.length < texts.length ? rows.length : 0,
    ...(autoencoder && {
      activeFeatures: rebuilt.active / Math.max(1, rebuilt.words),
      varianceExplained: rebuilt.all > 0 ? 1 - rebuilt.missed / rebuilt.all : 1,
    }),
  };
}
