import { gathered, type Matrix, toFloat32 } from '../../core/matrix.ts';
import { type Cut, type Learned, sentenceEncoder } from '../../families/learners/index.ts';
import { loadGlove } from '../../io/datasets/index.ts';
import type { StudyContext } from '../define.ts';
import { principalComponents, unitLength } from './embeddings.ts';
import { gradeCorrelation, type IntentPairs } from './intent-pairs.ts';
import { nearestRight } from './reduced-retrieval.ts';

type Options = NonNullable<Parameters<typeof sentenceEncoder>[1]>;
type Model = Learned['model'];

/** What a part of an encoder is worth. */
export interface Found {
  /** Spearman's correlation of cosines and grades. */
  readonly order: number;
  /** Share of the asked requests whose nearest is of their intent. */
  readonly hits: number;
}

export function meanFound(found: readonly Found[]): Found {
  const mean = (of: keyof Found) => found.reduce((sum, one) => sum + one[of], 0) / found.length;
  return { order: mean('order'), hits: mean('hits') };
}

/** Size of the numbers of word vectors at first: three times that of drawn ones. */
const WORD_SIZE = 0.3;

/** The first `dim` principal components of what GloVe knows of the words of the texts, by word. */
export async function wordVectors(
  { texts, partners }: IntentPairs,
  dim: number,
  study: StudyContext,
): Promise<ReadonlyMap<string, Float64Array>> {
  const { points, labels = [] } = await loadGlove();
  const used = new Set([...texts, ...partners].flatMap((text) => text.toLowerCase().split(/\s+/)));
  const rows = [...labels.keys()].filter((row) => used.has(labels[row]));
  const own = gathered(points, rows);
  const { data } = (await principalComponents(own, dim, study))(own);
  const size = Math.sqrt(data.reduce((sum, x) => sum + x * x, 0) / data.length);
  const vectorOf = (i: number) =>
    data.slice(i * dim, (i + 1) * dim).map((x) => (WORD_SIZE * x) / size);
  return new Map(rows.map((row, i) => [labels[row], vectorOf(i)]));
}

/** An encoder that learned from the pairs, beginning with the word vectors. */
export async function learnedPairs(
  { engine, signal, seed }: StudyContext,
  { texts, partners: translations }: IntentPairs,
  words: ReadonlyMap<string, Float64Array>,
  options: Options,
): Promise<Model> {
  const learn = (changed: Options, start?: Model) =>
    sentenceEncoder(
      { texts, translations },
      { ...options, seed, ...changed },
      { engine, signal, start },
    );
  const { model: start } = await learn({ steps: 1, learningRate: 1e-9 });
  const table = start.parameters.find(({ name }) => name === 'tokens.weight');
  const dim = table?.shape[1] ?? 0;
  for (const [place, word] of (start.settings['words'] as readonly string[]).entries()) {
    const vector = words.get(word);
    if (vector) table?.data.set(vector, place * dim);
  }
  return (await learn({}, start)).model;
}

interface Sides {
  readonly known: Matrix;
  readonly asked: Matrix;
}

async function embedded(
  { engine }: StudyContext,
  { asked, known }: IntentPairs,
  model: Model,
  cut: Cut,
): Promise<Sides> {
  const of = async ({ texts }: { readonly texts: readonly string[] }) =>
    (await sentenceEncoder.embed(model, { texts }, { engine, cut })).points;
  return { asked: await of(asked), known: await of(known) };
}

async function foundBy(study: StudyContext, pairs: IntentPairs, sides: Sides): Promise<Found> {
  const classes = { knownClasses: pairs.known.intents, askedClasses: pairs.asked.intents };
  return {
    order: gradeCorrelation(sides.known, pairs.graded),
    hits: await nearestRight(sides, { ...sides, ...classes }, study),
  };
}

/** What is found by this part of the encoder. */
export async function foundAt(
  study: StudyContext,
  pairs: IntentPairs,
  model: Model,
  cut: Cut,
): Promise<Found> {
  return foundBy(study, pairs, await embedded(study, pairs, model, cut));
}

/** What is found by principal components of all that the encoder gives. */
export async function foundByComponents(
  study: StudyContext,
  pairs: IntentPairs,
  model: Model,
  widths: readonly number[],
): Promise<readonly Found[]> {
  const { known, asked } = await embedded(study, pairs, model, {});
  const found: Found[] = [];
  for (const width of widths) {
    const project = await principalComponents(known, width, study);
    const reduced = (rows: Matrix) => toFloat32(unitLength(project(rows)));
    found.push(await foundBy(study, pairs, { known: reduced(known), asked: reduced(asked) }));
  }
  return found;
}
