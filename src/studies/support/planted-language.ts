import type { Random } from '../../core/random.ts';
import type { SentencePairs } from './texts.ts';

/** How many words of each kind there are, for 100 in all. */
const KINDS = { noun: 50, adjective: 25, verb: 24, and: 1 } as const;
type Kind = keyof typeof KINDS;

type Word = readonly [source: string, target: string];

/**
 * Sentences of a made-up language and their translations, n of each. Words are translated one to one; a clause is
 * subject, verb, object in the one language, and subject, object, verb in the other, where adjectives follow their nouns.
 * Half of the sentences have two clauses, half of the nouns an adjective. The r-th word of a kind is drawn 1/r as often as
 * the first.
 */
export function plantedPairs(n: number, words: number, random: Random): SentencePairs {
  const lexicon = lexiconOf(words, random.fork('words'));
  const stream = random.fork('sentences');
  const pairs = Array.from({ length: n }, () => sentence(lexicon, stream));
  return { source: pairs.map(([source]) => source), target: pairs.map(([, target]) => target) };
}

type Lexicon = Readonly<Record<Kind, () => Word>>;

function lexiconOf(words: number, random: Random): Lexicon {
  const [sources, targets] = ['source', 'target'].map((name) => spelled(words, random.fork(name)));
  let from = 0;
  const drawn = (kind: Kind) => {
    const count = Math.max(1, Math.round((KINDS[kind] * words) / 100));
    const own = sources.slice(from, from + count).map((word, i): Word => [word, targets[from + i]]);
    from += count;
    return zipfOf(own, random.fork(kind));
  };
  return {
    and: drawn('and'),
    noun: drawn('noun'),
    adjective: drawn('adjective'),
    verb: drawn('verb'),
  };
}

/** Different words of two syllables. */
function spelled(count: number, random: Random): string[] {
  const syllables = [...'bdfgklmnprstvz'].flatMap((c) => [...'aeiou'].map((v) => c + v));
  const all = syllables.length ** 2;
  return Array.from(random.sample(all).subarray(0, count + 4), (at) => {
    const first = syllables[Math.floor(at / syllables.length)];
    return first + syllables[at % syllables.length];
  });
}

function zipfOf(words: readonly Word[], random: Random): () => Word {
  const total = words.reduce((sum, _, i) => sum + 1 / (i + 1), 0);
  return () => {
    let left = total * random.uniform();
    let i = 0;
    for (; i < words.length - 1; i++) {
      left -= 1 / (i + 1);
      if (left < 0) break;
    }
    return words[i];
  };
}

function sentence(lexicon: Lexicon, random: Random): Word {
  const first = clause(lexicon, random);
  if (random.uniform() < 0.5) return first;
  const parts = [first, lexicon.and(), clause(lexicon, random)];
  return [parts.map(([source]) => source).join(' '), parts.map(([, target]) => target).join(' ')];
}

function clause(lexicon: Lexicon, random: Random): Word {
  const [subject, object] = [phrase(lexicon, random), phrase(lexicon, random)];
  const verb = lexicon.verb();
  return [`${subject[0]} ${verb[0]} ${object[0]}`, `${subject[1]} ${object[1]} ${verb[1]}`];
}

function phrase({ noun, adjective }: Lexicon, random: Random): Word {
  const thing = noun();
  if (random.uniform() < 0.5) return thing;
  const how = adjective();
  return [`${how[0]} ${thing[0]}`, `${thing[1]} ${how[1]}`];
}
