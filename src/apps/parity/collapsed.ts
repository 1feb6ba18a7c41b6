import { gathered } from '../../core/matrix.ts';
import { linearCka, neighborOverlap } from '../../families/comparisons/index.ts';
import { squaredNorm } from '../../numerics/rows/dot.ts';
import { atMost, type Evidence, type Finding, type ParityInput } from './contract.ts';
import { spreadShare } from './likeness.ts';

/** As far as a mean cosine of 0.9999. */
const CONSTANT = 0.01;
/** Float noise about one vector. */
const EXACT = 1e-5;

/** All rows of one side are one vector, up to noise that has nothing to do with the other side. */
export async function collapsed(input: ParityInput): Promise<Finding> {
  const { a, b } = input;
  const share = { A: spreadShare(a), B: spreadShare(b) };
  const evidence: Evidence[] = (['A', 'B'] as const).map((side) =>
    atMost(
      `spread-share-${side.toLowerCase()}`,
      share[side],
      CONSTANT,
      `distance of a row of ${side} from the mean row, over its length`,
    ),
  );
  const [of, other] = share.A <= share.B ? (['A', 'B'] as const) : (['B', 'A'] as const);
  if (!(share[of] <= CONSTANT)) return { evidence };
  const both = share[other] <= EXACT;
  if (share[of] > EXACT) {
    const ratio = atMost(
      'spread-ratio',
      share[of] / share[other],
      0.1,
      'the smaller over the larger',
    );
    const related = await relatedTo(input);
    evidence.push(ratio, ...related);
    // What little tells the rows apart may still be the other side’s: a large vector was added.
    if (!ratio.holds || related.some(({ holds }) => holds)) return { evidence };
  }
  const zero = squaredNorm((of === 'A' ? a : b).data) === 0;
  const who = both ? 'each file' : of;
  const what = zero
    ? 'is all zeros'
    : `is one and the same vector${share[of] > 0 ? ' but for noise' : ''}`;
  return {
    evidence,
    verdict: 'collapsed',
    sentence: `Every row of ${who} ${what}: that runtime gives the same output for every input.`,
    fix: `look at what ${both ? 'both models were' : `the model of ${of} was`} given: the same ids or masks for every text, an input that is not connected, weights that were not loaded`,
  };
}

/** Numbers that are small where the rows of both have something in common. */
export async function relatedTo(input: ParityInput): Promise<Evidence[]> {
  const run = { engine: input.engine, sample: 1000, mostRows: 2000, signal: input.work.signal };
  // As they came: fast engines take float32.
  const pair = { a: gathered(input.all.a, input.rows), b: gathered(input.all.b, input.rows) };
  const overlap = await neighborOverlap(pair, {}, run);
  const cka = await linearCka(pair, {}, run);
  return [
    atMost(
      'spread-overlap-p',
      overlap.null?.pValue ?? NaN,
      1e-4,
      'p-value of the neighbour overlap',
    ),
    atMost('spread-cka-p', cka.null?.pValue ?? NaN, 1e-4, 'p-value of the debiased linear CKA'),
  ];
}
