import { InputError } from '../../core/errors.ts';
import type { Random } from '../../core/random.ts';
import type { Judgement } from '../../io/judgements.ts';

/** Paragraphs, and sentences that were cut out of some of them: each asks for its own. */
export interface CutSentences {
  readonly documents: readonly string[];
  readonly queries: readonly string[];
  readonly judgements: readonly Judgement[];
}

const WORDS = [40, 150] as const;
const LEAST_WORDS = 8;

const sentencesOf = (paragraph: string) => paragraph.split(/(?<=[.!?])\s+(?=[A-Z])/);
const wordsOf = (text: string) => text.split(/\s+/).length;

/** Whether a sentence inside can be cut out with one before and one after it. */
function canBeCut(paragraph: string): boolean {
  const words = wordsOf(paragraph);
  return words >= WORDS[0] && words <= WORDS[1] && placesOf(sentencesOf(paragraph)).length > 0;
}

/** Sentences of some length that are neither first nor last. */
function placesOf(sentences: readonly string[]): number[] {
  return [...sentences.keys()].filter(
    (at) => at > 0 && at < sentences.length - 1 && wordsOf(sentences[at]) >= LEAST_WORDS,
  );
}

/** A drawn task: which paragraph was this sentence cut out of (inverse cloze, Lee, Chang and Toutanova 2019)? */
export function cutSentences(
  texts: Iterable<string>,
  { documents: n, queries: q }: { readonly documents: number; readonly queries: number },
  random: Random,
): CutSentences {
  const paragraphs = [...texts].flatMap((text) => text.split('\n')).filter(canBeCut);
  if (paragraphs.length < n)
    throw new InputError(
      'cutSentences',
      `expected ${n} paragraphs or more with a sentence to cut; got ${paragraphs.length}.`,
    );
  const drawn = Array.from(random.fork('paragraphs').sample(paragraphs.length, n));
  const documents = drawn.map((at) => paragraphs[at]);
  const asked = Array.from(random.fork('asked').sample(n, q));
  const cuts = random.fork('cuts');
  const queries = asked.map((document) => {
    const sentences = sentencesOf(documents[document]);
    const places = placesOf(sentences);
    const [sentence] = sentences.splice(places[cuts.integer(places.length)], 1);
    documents[document] = sentences.join(' ');
    return sentence;
  });
  return {
    documents,
    queries,
    judgements: asked.map((document, query) => ({ query, document, relevance: 1 })),
  };
}
