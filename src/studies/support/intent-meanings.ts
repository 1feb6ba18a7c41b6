import { type Matrix, zeros } from '../../core/matrix.ts';
import { loadGlove } from '../../io/datasets/index.ts';
import type { RequestSet } from './requests.ts';

/** What is known of each intent without any request: a row an intent. */
export interface IntentMeanings {
  /** Mean GloVe vector of the words of its name, those of its domain where GloVe has none of them; × 100. */
  readonly words: Matrix<Float32Array>;
  /** 1 for each of its attributes: words of its name that other names have too, and words of its domain. */
  readonly attributes: Matrix<Float32Array>;
  readonly attributeNames: readonly string[];
}

const wordsOf = (name: string) => name.match(/[a-z]+/g) ?? [];

export async function intentMeanings({
  intents,
  domains,
  domainOf,
}: Pick<RequestSet, 'intents' | 'domains' | 'domainOf'>): Promise<IntentMeanings> {
  const { points, labels = [] } = await loadGlove();
  const rowOf = new Map(labels.map((word, row) => [word, row]));
  const words = zeros(intents.length, points.cols);
  intents.forEach((intent, i) => {
    const known = (name: string) => wordsOf(name).filter((word) => rowOf.has(word));
    const own = known(intent).length > 0 ? known(intent) : known(domains[domainOf[i]]);
    for (const word of own) {
      const at = (rowOf.get(word) ?? 0) * points.cols;
      for (let c = 0; c < points.cols; c++)
        words.data[i * points.cols + c] += points.data[at + c] / own.length;
    }
  });
  return { words, ...attributesOf(intents, (i) => domains[domainOf[i]]) };
}

function attributesOf(intents: readonly string[], domain: (intent: number) => string) {
  const counts = new Map<string, number>();
  for (const intent of intents)
    for (const word of new Set(wordsOf(intent))) counts.set(word, (counts.get(word) ?? 0) + 1);
  const shared = [...counts].filter(([, count]) => count > 1).map(([word]) => word);
  const ofDomains = intents.flatMap((_, i) => wordsOf(domain(i)));
  const attributeNames = [...new Set([...shared, ...ofDomains])].sort();
  const attributes = zeros(intents.length, attributeNames.length);
  intents.forEach((intent, i) => {
    const own = new Set([...wordsOf(intent), ...wordsOf(domain(i))]);
    attributeNames.forEach((word, c) => {
      if (own.has(word)) attributes.data[i * attributeNames.length + c] = 1;
    });
  });
  return { attributes, attributeNames };
}
