import type { Floats } from '../../../../core/matrix.ts';
import { evaluate, type Workspace } from '../../../../learning/index.ts';
import { computed, type Memory } from './encoder-decoder.ts';
import type { TranslatorNetwork } from './network.ts';
import { padded } from './sentences.ts';

/** Sentences that are decoded at once. */
const BLOCK = 64;

/**
 * The translation of each text, unit by unit: always the one whose row of the decoder's table fits best, until the
 * end of the sentence or `longest` units. The unknown word, which has no text, is never chosen.
 */
export async function greedyTranslations(
  network: TranslatorNetwork,
  texts: readonly string[],
  workspace: Workspace,
): Promise<string[]> {
  const sources = texts.map(network.sourceIds);
  // Sentences of like length end together.
  const order = sources.map((_, i) => i).sort((a, b) => sources[a].length - sources[b].length);
  const translations = new Array<string>(texts.length);
  for (let a = 0; a < order.length; a += BLOCK) {
    const rows = order.slice(a, a + BLOCK);
    const source = padded(rows.map((row) => sources[row]));
    const memory = await computed(network.read(source), workspace);
    const found = await decoded(network, memory, rows.length, workspace);
    rows.forEach((row, i) => {
      translations[row] = network.textOf(found[i]);
    });
  }
  return translations;
}

async function decoded(
  network: TranslatorNetwork,
  memory: Memory,
  count: number,
  workspace: Workspace,
): Promise<readonly (readonly number[])[]> {
  const end = network.labels.length - 1;
  let sentences: readonly (readonly number[])[] = Array.from({ length: count }, () => []);
  for (let length = 0; length < network.settings.longest; length++) {
    const scores = await evaluate(network.scores(network.next(sentences, memory)), workspace);
    const best = largestOfRows(scores, count, network.unknown);
    sentences = sentences.map((ids, i) => [...ids, best[i]]);
    if (sentences.every((ids) => ids.includes(end))) break;
  }
  return sentences;
}

/** The column of the largest number of each row, the first of equal ones; `except` is left out. */
export function largestOfRows(scores: Floats, rows: number, except?: number): Int32Array {
  const cols = scores.length / rows;
  return Int32Array.from({ length: rows }, (_, i) => {
    let best = except === 0 ? 1 : 0;
    for (let c = best + 1; c < cols; c++)
      if (c !== except && scores[i * cols + c] > scores[i * cols + best]) best = c;
    return best;
  });
}
