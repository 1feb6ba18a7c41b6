import { rowNorms } from '../../core/rows.ts';
import { meanOf } from '../../numerics/statistics/averages.ts';
import { atLeast, atMost, type Finding, type ParityInput } from './contract.ts';
import { bfloat16, cutBfloat16, float16 } from './half.ts';
import { REST, restOfSpread, spreadEnergy } from './likeness.ts';
import { cosinesOf, leastOf } from './values.ts';

/** The same values, to float noise or to the rounding of half precision. */
export function sameValues({ a, b }: ParityInput): Finding {
  if (a.cols !== b.cols) return { evidence: [] };
  let [difference, size, near] = [0, 0, 0];
  for (let i = 0; i < a.data.length; i++) {
    const off = Math.abs(a.data[i] - b.data[i]);
    difference += off * off;
    size += a.data[i] * a.data[i];
    if (off <= Math.abs(a.data[i]) * 2 ** -8) near++;
  }
  const relative = ratioOf(difference, size);
  const ofSpread = ratioOf(difference, spreadEnergy(a));
  const identical = atMost('relative-difference', relative, 1e-5, '‖A − B‖/‖A‖');
  // Rows far from the origin are nearly one vector: what tells them apart must agree too.
  const told = atMost('difference-of-spread', ofSpread, 0.05, '‖A − B‖/‖A − mean row‖');
  if (relative === 0 || (identical.holds && told.holds)) {
    return {
      evidence: [identical, told],
      verdict: 'identical',
      sentence:
        relative === 0 ? 'The values are the same.' : 'The values are the same to float noise.',
      fix: 'nothing to do',
    };
  }
  const stored = storedHalf({ a, b });
  if (stored.verdict) return { ...stored, evidence: [identical, told, ...stored.evidence] };
  const small = atMost(
    'relative-difference-half',
    relative,
    4e-3,
    '‖A − B‖/‖A‖, for half precision',
  );
  const rounded = atLeast(
    'values-within-2^-8',
    near / a.data.length,
    0.99,
    'share of values off by at most 1/256 of themselves',
  );
  const evidence = [identical, told, ...stored.evidence, small, rounded];
  if (!small.holds || !rounded.holds || !told.holds) return { evidence };
  return {
    evidence,
    verdict: 'rounding',
    sentence: `The values differ by rounding, ${relative.toExponential(1)} of their size, as 16-bit floats do.`,
    fix: HALF_FIX,
  };
}

const HALF_FIX =
  'compute or store both in float32 if that matters; neighbours hardly change unless the values are far from 0';

function ratioOf(difference: number, size: number): number {
  if (difference === 0) return 0;
  return size > 0 ? Math.sqrt(difference / size) : Infinity;
}

const HALVES = [
  { name: 'float16', of: float16 },
  { name: 'bfloat16', of: bfloat16 },
  { name: 'bfloat16, cut off', of: cutBfloat16 },
] as const;

/** One side is the other, each value stored in 16 bits. */
function storedHalf({ a, b }: Pick<ParityInput, 'a' | 'b'>): Finding {
  let best = { share: 0, name: '', side: 'B' };
  for (const { name, of } of HALVES) {
    for (const [full, stored, side] of [
      [a, b, 'B'],
      [b, a, 'A'],
    ] as const) {
      let equal = 0;
      for (let i = 0; i < full.data.length; i++) if (of(full.data[i]) === stored.data[i]) equal++;
      const share = equal / full.data.length;
      if (share > best.share) best = { share, name, side };
    }
  }
  const equal = atLeast(
    'values-as-16-bit',
    best.share,
    0.999,
    'largest share of values that are the other side’s, rounded to float16 or bfloat16',
  );
  if (!equal.holds) return { evidence: [equal] };
  return {
    evidence: [equal],
    verdict: 'rounding',
    sentence: `The values of ${best.side} are those of ${best.side === 'B' ? 'A' : 'B'} stored as ${best.name}.`,
    fix: HALF_FIX,
  };
}

/** Rows with the same directions and other lengths. */
export function sameDirections({ a, b }: ParityInput): Finding {
  if (a.cols !== b.cols) return { evidence: [] };
  const cosine = atLeast(
    'least-row-cosine',
    leastOf(cosinesOf(a, b)),
    0.99999,
    'smallest cosine of a row with itself',
  );
  const rest = atMost('rest-of-spread', restOfSpread(a, b), 0.01, REST);
  if (!cosine.holds || !rest.holds) return { evidence: [cosine, rest] };
  const [la, lb] = [rowNorms(a), rowNorms(b)];
  const ratios = lb.map((length, i) => length / la[i]).filter(Number.isFinite);
  const spread = atMost(
    'length-ratio-spread',
    spreadOf(ratios),
    1e-3,
    'spread of ‖bᵢ‖/‖aᵢ‖ around its mean',
  );
  const unit = {
    a: atMost('unit-lengths-a', farthestFromOne(la), 0.02, 'largest |‖aᵢ‖ − 1|'),
    b: atMost('unit-lengths-b', farthestFromOne(lb), 0.02, 'largest |‖bᵢ‖ − 1|'),
  };
  const differ = atLeast(
    'lengths-differ',
    spreadOf(ratios),
    0.05,
    'the same spread, for lengths that differ',
  );
  const evidence = [cosine, rest, spread, differ, unit.a, unit.b];
  if (spread.holds) {
    return {
      evidence,
      verdict: 'scaled',
      sentence: `B is A times ${Number(meanOf(ratios).toPrecision(5))}.`,
      fix: 'divide by the factor, or compare by cosine, which it does not change',
    };
  }
  if (!differ.holds && unit.a.holds === unit.b.holds) return { evidence };
  const which = unit.a.holds && !unit.b.holds ? 'B' : unit.b.holds && !unit.a.holds ? 'A' : '';
  const other = which === 'A' ? 'B' : 'A';
  return {
    evidence,
    verdict: 'missing-normalization',
    sentence: which
      ? `Every row points the same way in both files, but the rows of ${which} are not of unit length and those of ${other} are: normalisation is missing in ${which}.`
      : 'Every row points the same way in both files, but their lengths differ from row to row: one side is scaled by row.',
    fix: which
      ? `scale the rows of ${which} to unit length, or turn normalisation on in that runtime`
      : 'scale the rows of both to unit length',
  };
}

function spreadOf(values: Float64Array): number {
  const mean = meanOf(values);
  return Math.sqrt(meanOf(values.map((x) => (x - mean) ** 2))) / Math.abs(mean);
}

function farthestFromOne(lengths: Float64Array): number {
  return lengths.reduce((most, length) => Math.max(most, Math.abs(length - 1)), 0);
}
