import { ShapeError } from '../../core/errors.ts';
import { inBoth, nGrams, type References } from './n-grams.ts';

export interface Bleu {
  /** 0 to 100. */
  readonly score: number;
  /** Of runs of 1, 2, 3 and 4 tokens, in percent, smoothed. */
  readonly precisions: readonly number[];
  readonly brevityPenalty: number;
  /** Tokens in all hypotheses. */
  readonly hypothesisLength: number;
  /** Tokens in the references of the length nearest to their hypothesis. */
  readonly referenceLength: number;
}

export interface BleuOptions {
  /** What the scores count; default: `tokens13a`. */
  readonly tokens?: (text: string) => readonly string[];
}

const ORDERS = [1, 2, 3, 4];

/**
 * The BLEU of a corpus (Papineni et al. 2002) as sacreBLEU gives it by default:
 *
 *     BLEU = 100 · min(1, exp(1 − r/c)) · exp(Σₙ ln pₙ / 4),  n = 1 … 4
 *
 * with clipped precisions pₙ over the whole corpus, c tokens in the hypotheses and r in the references. A precision of
 * no hits counts as 1/2, then 1/4, … of a hit (exponential smoothing); a corpus without any hit, or without a run of
 * four tokens, has 0.
 *
 * @throws ShapeError where there are not as many references as hypotheses
 */
export function corpusBleu(
  hypotheses: readonly string[],
  references: References,
  { tokens = tokens13a }: BleuOptions = {},
): Bleu {
  requireReferences('corpusBleu', hypotheses, references);
  const hits = ORDERS.map(() => 0);
  const runs = ORDERS.map(() => 0);
  let [hypothesisLength, referenceLength] = [0, 0];
  for (const [i, hypothesis] of hypotheses.entries()) {
    const own = tokens(hypothesis);
    const others = [references[i]].flat().map(tokens);
    hypothesisLength += own.length;
    referenceLength += nearestLength(own.length, others);
    for (const [o, n] of ORDERS.entries()) {
      hits[o] += inBoth(nGrams(own, n), most(others.map((other) => nGrams(other, n))));
      runs[o] += Math.max(0, own.length - n + 1);
    }
  }
  const short = hypothesisLength < referenceLength;
  const brevityPenalty = short ? Math.exp(1 - referenceLength / hypothesisLength) : 1;
  const precisions = smoothed(hits, runs);
  const logs = precisions.reduce((sum, p) => sum + Math.log(p), 0);
  const score = precisions.includes(0) ? 0 : brevityPenalty * Math.exp(logs / ORDERS.length);
  return { score, precisions, brevityPenalty, hypothesisLength, referenceLength };
}

export function requireReferences(
  where: string,
  hypotheses: readonly string[],
  references: References,
): void {
  if (hypotheses.length !== references.length) {
    const expected = `references for each of ${hypotheses.length} hypotheses`;
    throw new ShapeError(where, expected, `${references.length}`);
  }
  const bare = references.findIndex((own) => own.length === 0 && typeof own !== 'string');
  if (bare >= 0)
    throw new ShapeError(where, 'a reference or more for each hypothesis', `none in row ${bare}`);
}

function smoothed(hits: readonly number[], runs: readonly number[]): readonly number[] {
  if (hits.every((count) => count === 0)) return hits;
  let share = 1;
  return hits.map((count, o) => {
    if (runs[o] === 0) return 0;
    if (count === 0) share /= 2;
    return (100 * (count || share)) / runs[o];
  });
}

/** Of two lengths as near the shorter. */
function nearestLength(length: number, references: readonly (readonly string[])[]): number {
  const lengths = references.map((reference) => reference.length);
  const off = Math.min(...lengths.map((own) => Math.abs(own - length)));
  return Math.min(...lengths.filter((own) => Math.abs(own - length) === off));
}

/** The largest count of each run over the references. */
function most(counts: readonly ReadonlyMap<string, number>[]): ReadonlyMap<string, number> {
  const out = new Map<string, number>();
  for (const own of counts)
    for (const [run, count] of own) out.set(run, Math.max(count, out.get(run) ?? 0));
  return out;
}

const ENTITIES = { '&quot;': '"', '&amp;': '&', '&lt;': '<', '&gt;': '>' } as const;

/**
 * The tokens of WMT's scorer mteval-v13a, for languages written with blanks: signs stand alone, full stops and commas
 * unless between digits, hyphens after a digit.
 */
export function tokens13a(text: string): readonly string[] {
  let line = text.trimEnd().replaceAll('<skipped>', '').replaceAll('-\n', '').replaceAll('\n', ' ');
  for (const [entity, sign] of Object.entries(ENTITIES)) line = line.replaceAll(entity, sign);
  return ` ${line} `
    .replace(/[{-~[-` -&(-+:-@/]/g, ' $& ')
    .replace(/([^0-9])([.,])/g, '$1 $2 ')
    .replace(/([.,])([^0-9])/g, ' $1 $2')
    .replace(/([0-9])(-)/g, '$1 $2 ')
    .split(/\s+/)
    .filter((token) => token !== '');
}
