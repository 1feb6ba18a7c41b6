import { AbortedError } from '../../core/errors.ts';
import type { Matrix } from '../../core/matrix.ts';
import { counted } from '../../core/text.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as papers from '../../method/bibliography/papers.ts';
import * as sources from '../../method/bibliography/sources.ts';
import { choice, integer } from '../../method/options.ts';
import { fourSumDot, fourSumGap } from '../../numerics/rows/dot.ts';
import type { WordRows } from '../../structures/retrieval/hamming.ts';
import { signWords } from '../../structures/retrieval/sign-words.ts';
import { defineIndex } from './define.ts';
import { exact } from './exact.ts';
import { bestOf, noneFound } from './support/best.ts';
import { candidateRows } from './support/candidate-rows.ts';
import { type Similarity, similarityOption } from './support/common-options.ts';
import { hashPlanes } from './support/hash-planes.ts';
import { nearCodes } from './support/near-codes.ts';
import { onPlanes, planesOf } from './support/planes.ts';
import { asCompared } from './support/similarity.ts';
import type { CheckedCorpus, OpenIndex, SearchContext, SearchRequest } from './types.ts';

/** Candidates of queries that are held at once. */
const BLOCK = 2 ** 20;

const usualEffort = (k: number) => Math.max(200, 20 * k);

/**
 * Binary codes: candidates are the rows whose codes differ from the query's in the fewest bits, and are scored again by
 * their vectors.
 *
 *     bit_k(x) = [⟨w_k, x⟩ > t_k],   near(q, x) = Σ_k |bit_k(q) − bit_k(x)|
 *
 * with X n × d and b bits a row, in words of 32 bits beside the vectors; a query compares n·b/32 words, and then scores
 * `effort` rows. Under `lsh` the w_k are random and lie about the mean: the chance that a bit differs is the angle over π.
 * `itq` takes the leading principal axes, turned so that rows lie nearest to corners of a cube. `supervised` reads classes
 * from the column `class`: half of them have each bit, and w_k is the ridge regression of it on the rows. `signs` takes the
 * sign of each column, for rows that are outputs of a trained hash.
 *
 * @remarks Use it where the codes are to stay in memory and the vectors on disk: of a file the codes are read, and the
 * rows of the candidates. Where all is in memory try `graph` first. `itq` is the better one of
 * few bits, `lsh` where bits exceed columns. Of 31,636 words of GloVe 200 candidates hold 93 % of the ten nearest (`itq`, 100
 * bits). They lie within a third of the bits, where a table of 32 of them would be looked up in a hundred million places:
 * multi-index hashing does not pay here.
 * @example
 * import { matrix } from 'tammes';
 * import { hash } from 'tammes/search';
 *
 * const { index } = await hash({ points: matrix(new Float32Array([1, 0, 0, 1, 1, 1]), 3, 2) });
 * const { rows } = await hash.search(index, { points: [[2, 1]] }, { k: 2 });
 * console.log([...rows].join(' ')); // 2 0
 * @function
 */
export const hash = /* @__PURE__ */ defineIndex({
  id: 'hash',
  title: 'Binary codes',
  summary: 'Codes of bits choose candidates by Hamming distance, which are scored again.',
  references: [
    cite(sources.roundingAlgorithms, 'section 3: random hyperplanes'),
    cite(sources.iterativeQuantization, 'section 3: principal axes and the rotation'),
    cite(sources.supervisedDiscreteHashing, 'codes of classes regressed on the rows'),
    cite(papers.deepMultiViewEnhancementHashing, 'the index that serves its codes'),
  ],
  deviations: [
    '`supervised` takes the codes of the classes from random planes and regresses once; the paper goes by turns.',
  ],
  takes: 'points',
  options: {
    similarity: similarityOption,
    method: choice(
      ['itq', 'lsh', 'supervised', 'signs'],
      'itq',
      'Where the bits turn: rotated principal axes, random planes, planes that tell classes apart, or 0 of each column.',
    ),
    bits: integer(
      0,
      'Bits of a code; 0: as many as columns, at most 256, or 256 without that limit.',
      {
        min: 0,
        max: 8192,
      },
    ),
  },
  effort: {
    unit: 'candidates scored again',
    usual: (_, k) => usualEffort(k),
    most: ({ n }) => n,
  },
  async build(corpus, { similarity, method, bits }, context) {
    const points = asCompared(corpus.points as Matrix<Float32Array>, similarity);
    const { planes, thresholds } = await hashPlanes(method, points, bits, corpus, context);
    const codes = signWords(await onPlanes(planes, points, context), thresholds);
    const same = sameBits(codes, thresholds.length);
    return {
      settings: { similarity, method, bits: thresholds.length },
      arrays: {
        points: { shape: [points.rows, points.cols], data: points.data },
        codes: { shape: [codes.rows, codes.width], data: codes.words },
        thresholds: { shape: [thresholds.length], data: thresholds },
        ...(planes ? { planes: { shape: [planes.rows, planes.cols], data: planes.data } } : {}),
      },
      facts: { bits: thresholds.length, bytesPerCode: 4 * codes.width, sameBits: same },
      warnings:
        same > 0 && points.rows > 1
          ? [
              `${counted(same, 'bit is', 'bits are')} the same in all rows and tell nothing; take fewer bits, or another method.`,
            ]
          : [],
    };
  },
  search: searchCodes,
  exactly: scored,
});

/** Every allowed document, scored. */
function scored(
  index: OpenIndex,
  queries: CheckedCorpus,
  { k, allowed }: SearchRequest,
  { engine, work: { signal } }: SearchContext,
) {
  return exact.search(index, { points: queries.points }, { k, allowed }, { engine, signal });
}

async function searchCodes(
  index: OpenIndex,
  queries: CheckedCorpus,
  request: SearchRequest,
  context: SearchContext,
) {
  const { n, settings, arrays } = index;
  const { k, allowed, effort = usualEffort(k) } = request;
  const count = Math.max(k, Math.ceil(effort));
  const eligible = allowed ? allowed.reduce((sum, own) => sum + (own === 0 ? 0 : 1), 0) : n;
  if (count >= eligible) return scored(index, queries, request, context);
  const similarity = settings['similarity'] as Similarity;
  const asked = asCompared(queries.points as Matrix<Float32Array>, similarity);
  const [askedCodes, codes] = await codesOf(index, asked, context);
  const found = noneFound(asked.rows, k, false);
  found.scanned.fill(count);
  const distances = new Int32Array(n);
  const d = asked.cols;
  const size = Math.max(1, Math.floor(BLOCK / count));
  for (let from = 0; from < asked.rows; from += size) {
    if (context.work.signal?.aborted) throw new AbortedError('hash');
    const length = Math.min(size, asked.rows - from);
    const wanted = Array.from({ length }, (_, j) =>
      nearCodes(askedCodes, from + j, codes, count, allowed, distances),
    );
    const rows = await candidateRows({ arrays, n, settings }, wanted, d);
    for (const [j, candidates] of wanted.entries()) {
      const best = bestOf(found, from + j, k);
      const query = (from + j) * d;
      for (const i of candidates) {
        const [x, y] = [query, rows.at(i)];
        best.offer(
          i,
          similarity === 'euclidean'
            ? -Math.sqrt(fourSumGap(asked.data, x, rows.data, y, d))
            : fourSumDot(asked.data, x, rows.data, y, d),
        );
      }
    }
    context.work.onProgress?.((from + length) / asked.rows);
  }
  return found;
}

/** The codes of queries, and those of the documents. */
async function codesOf(
  { arrays, settings, n }: OpenIndex,
  asked: Matrix<Float32Array>,
  context: SearchContext,
): Promise<[WordRows, WordRows]> {
  const bits = settings['bits'] as number;
  const planes = arrays.names.includes('planes')
    ? planesOf((await arrays.whole('planes')) as Float32Array, bits)
    : undefined;
  const thresholds = (await arrays.whole('thresholds')) as Float32Array;
  const own = signWords(await onPlanes(planes, asked, context), thresholds);
  const words = (await arrays.whole('codes')) as Uint32Array;
  return [own, { words, rows: n, width: words.length / n }];
}

/** How many of the bits all rows or none have. */
function sameBits({ words, rows, width }: WordRows, bits: number): number {
  const [every, some] = [new Uint32Array(width).fill(0xffffffff), new Uint32Array(width)];
  for (let at = 0; at < rows * width; at++) {
    every[at % width] &= words[at];
    some[at % width] |= words[at];
  }
  const isSet = (row: Uint32Array, k: number) => (row[k >> 5] >>> (k & 31)) & 1;
  return Array.from({ length: bits }, (_, k) => isSet(every, k) | (1 - isSet(some, k))).reduce(
    (sum, own) => sum + own,
    0,
  );
}
