import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { fromRows } from '../../testing/points.ts';
import * as comparisons from './index.ts';
import { block } from './support/scatter.ts';

type Numbers =
  | 'procrustesDisparity'
  | 'spearmanCosine'
  | 'spearmanEuclidean'
  | 'pearsonCorrelation'
  | 'linearCka'
  | 'biasedCka'
  | 'rbfCka'
  | 'meanCca'
  | 'svcca90'
  | 'pwcca'
  | 'matched'
  | 'semiMatched'
  | 'meanCosine'
  | 'medianCosine'
  | 'mmd'
  | 'energy'
  | 'bures'
  | 'spectrum';

interface Fixture extends Readonly<Record<Numbers, number>> {
  readonly a: readonly (readonly number[])[];
  readonly b: readonly (readonly number[])[];
}
const text = readFileSync(new URL('scipy.fixture.json', import.meta.url), 'utf8');
const fixture = JSON.parse(text) as Fixture;
const a = fromRows(fixture.a);
const b = fromRows(fixture.b);
const input = { a, b };
const equalColumns = { a: block(a, 0, 0, a.rows, b.cols), b };

const DIGITS = 9;

test('linear and RBF CKA are those of NumPy, debiased and biased', async () => {
  const { linearCka, rbfCka } = comparisons;
  expect((await linearCka(input)).value).toBeCloseTo(fixture.linearCka, DIGITS);
  const biased = await linearCka(input, { estimator: 'biased' });
  expect(biased.value).toBeCloseTo(fixture.biasedCka, DIGITS);
  expect((await rbfCka(input)).value).toBeCloseTo(fixture.rbfCka, DIGITS);
});

test('canonical correlations are those of NumPy: mean, SVCCA at 90 %, PWCCA', async () => {
  const { meanCca, pwcca, svcca } = comparisons;
  expect((await meanCca(input)).value).toBeCloseTo(fixture.meanCca, DIGITS);
  expect((await svcca(input, { variance: 0.9 })).value).toBeCloseTo(fixture.svcca90, DIGITS);
  expect((await pwcca(input)).value).toBeCloseTo(fixture.pwcca, DIGITS);
});

test('sin² of the angular shape distance is SciPy’s Procrustes disparity', async () => {
  const { value } = await comparisons.angularShapeDistance(input);
  expect(Math.sin(value) ** 2).toBeCloseTo(fixture.procrustesDisparity, DIGITS);
});

test('RSA is SciPy’s spearmanr and pearsonr of pdist', async () => {
  const { rsa } = comparisons;
  expect((await rsa(input)).value).toBeCloseTo(fixture.spearmanCosine, DIGITS);
  const euclidean = await rsa(input, { dissimilarity: 'euclidean' });
  expect(euclidean.value).toBeCloseTo(fixture.spearmanEuclidean, DIGITS);
  const options = { dissimilarity: 'correlation', correlation: 'pearson' } as const;
  expect((await rsa(input, options)).value).toBeCloseTo(fixture.pearsonCorrelation, DIGITS);
});

test('matched columns are those of linear_sum_assignment', async () => {
  const { unitMatching } = comparisons;
  expect((await unitMatching(input)).value).toBeCloseTo(fixture.matched, DIGITS);
  const semi = await unitMatching(input, { match: 'semi' });
  expect(semi.value).toBeCloseTo(fixture.semiMatched, DIGITS);
});

test('row cosines, MMD, energy and Bures–Wasserstein distance are those of NumPy and SciPy', async () => {
  const { buresWasserstein, energyDistance, meanRowCosine, medianRowCosine, twoSampleMmd } =
    comparisons;
  expect((await meanRowCosine(equalColumns)).value).toBeCloseTo(fixture.meanCosine, DIGITS);
  expect((await medianRowCosine(equalColumns)).value).toBeCloseTo(fixture.medianCosine, DIGITS);
  expect((await twoSampleMmd(equalColumns)).value).toBeCloseTo(fixture.mmd, DIGITS);
  expect((await energyDistance(equalColumns)).value).toBeCloseTo(fixture.energy, DIGITS);
  expect((await buresWasserstein(equalColumns)).value).toBeCloseTo(fixture.bures, 7);
  expect((await comparisons.spectrumDistance(input)).value).toBeCloseTo(fixture.spectrum, DIGITS);
});
