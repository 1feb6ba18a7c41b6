import { OptionError } from '../../core/errors.ts';
import { Random } from '../../core/random.ts';
import type { RetrievalTask } from '../../io/beir.ts';
import type { Judgement } from '../../io/judgements.ts';
import { madeWords } from './made-words.ts';

export interface LimitOptions {
  /** Default: 46, the fewest for 1,000 queries of two documents each. */
  readonly documents?: number | undefined;
  /** Default: 1,000. */
  readonly queries?: number | undefined;
  /** Documents that answer a query. Default: 2. */
  readonly relevant?: number | undefined;
  /** Things that each document likes at least. Default: 45. */
  readonly likes?: number | undefined;
  readonly seed?: number | undefined;
  /** What can be liked, each once; left out, made words. */
  readonly attributes?: readonly string[] | undefined;
}

const WHERE = 'limitDataset';
/** Made words of three syllables: enough of them are different. */
const MOST_MADE = 1_000_000;
/** Beyond what its queries need, so that what fills the documents differs among them. */
const SPARE = 850;

/**
 * A task in the manner of LIMIT (Weller et al. 2025, section 5.1): documents "A likes X, Y and Z.", queries "Who likes
 * X?", and every combination of `relevant` among the fewest documents that have enough of them is the answer of one
 * query. Other documents answer none. What fills the documents up is asked for by no query.
 *
 * @throws OptionError where there are too few documents or attributes for the queries
 */
export function limitDataset({
  documents = 46,
  queries = 1000,
  relevant = 2,
  likes = 45,
  seed = 0,
  attributes,
}: LimitOptions = {}): RetrievalTask {
  requireSizes({ documents, queries, relevant, likes });
  const random = Random.fromSeed(seed).fork('limit');
  const { asked, others } = splitAttributes(queries, likes, attributes, random.fork('attributes'));
  const answers = combinations(dense(queries, relevant, documents), relevant, queries);
  const liked = Array.from({ length: documents }, () => new Set<string>());
  for (const [q, answer] of answers.entries()) for (const i of answer) liked[i].add(asked[q]);
  const filling = random.fork('filling');
  for (const own of liked) while (own.size < likes) own.add(others[filling.integer(others.length)]);
  const ids = names(documents, random.fork('names'));
  const order = random.fork('order');
  const texts = liked.map((own, i) => `${ids[i]} likes ${listed(shuffled([...own], order))}.`);
  return {
    name: 'limit',
    documents: { ids, texts },
    queries: {
      ids: asked.map((_, q) => `query_${q}`),
      texts: asked.map((attribute) => `Who likes ${attribute}?`),
    },
    judgements: answers.flatMap((answer, query) =>
      answer.map((document): Judgement => ({ query, document, relevance: 1 })),
    ),
  };
}

type Sizes = Readonly<Record<'documents' | 'queries' | 'relevant' | 'likes', number>>;

function requireSizes(sizes: Sizes): void {
  for (const [name, value] of Object.entries(sizes)) {
    if (!Number.isSafeInteger(value) || value < 1)
      throw new OptionError(WHERE, name, 'an integer, at least 1', value);
  }
}

/** The fewest documents that have as many combinations as there are queries. */
function dense(queries: number, relevant: number, documents: number): number {
  let n = relevant;
  while (choose(n, relevant) < queries) n += 1;
  if (n <= documents) return n;
  const wanted = `at least ${n}: fewer have less than ${queries} different sets of ${relevant}`;
  throw new OptionError(WHERE, 'documents', wanted, documents);
}

function choose(n: number, k: number): number {
  let count = 1;
  for (let i = 1; i <= k; i++) count = (count * (n - k + i)) / i;
  return Math.round(count);
}

/** The first sets of k of 0 … n − 1, in the order of dictionaries. */
function combinations(n: number, k: number, count: number): number[][] {
  const found: number[][] = [];
  const own = Array.from({ length: k }, (_, i) => i);
  while (found.length < count) {
    found.push([...own]);
    let at = k - 1;
    while (at >= 0 && own[at] === n - k + at) at--;
    if (at < 0) break;
    own[at] += 1;
    for (let i = at + 1; i < k; i++) own[i] = own[i - 1] + 1;
  }
  return found;
}

function splitAttributes(
  queries: number,
  likes: number,
  given: readonly string[] | undefined,
  random: Random,
): { readonly asked: readonly string[]; readonly others: readonly string[] } {
  const needed = queries + likes;
  const all = given
    ? [...new Set(given)]
    : madeAttributes(Math.max(needed, queries + SPARE), random);
  if (all.length < needed) {
    const wanted = `at least ${needed} different ones, one a query and ${likes} besides`;
    throw new OptionError(WHERE, 'attributes', wanted, `${all.length}`);
  }
  const mixed = shuffled(all, random);
  return { asked: mixed.slice(0, queries), others: mixed.slice(queries) };
}

function madeAttributes(count: number, random: Random): string[] {
  if (count > MOST_MADE) throw new OptionError(WHERE, 'queries', `at most ${MOST_MADE}`, count);
  return Array.from({ length: count }, madeWords(random.fork('words'), 3));
}

/** Different names of two words that are no attributes. */
function names(count: number, random: Random): string[] {
  const words = Math.max(40, Math.ceil(Math.sqrt(4 * count)));
  const first = Array.from({ length: words }, madeWords(random.fork('first'), 2));
  const last = Array.from({ length: words }, madeWords(random.fork('last'), 2));
  const pairs = random.fork('pairs').sample(words * words, count);
  return Array.from(pairs, (pair) => `${first[pair % words]} ${last[Math.floor(pair / words)]}`);
}

function shuffled<T>(list: readonly T[], random: Random): T[] {
  return Array.from(random.sample(list.length), (i) => list[i]);
}

function listed(words: readonly string[]): string {
  const most = words.slice(0, -1).join(', ');
  return most === '' ? words[0] : `${most} and ${words[words.length - 1]}`;
}
