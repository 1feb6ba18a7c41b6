/** The measured numbers, in the order in which tables print them. */
export const MEASURE_FIELDS = [
  'minAngleDeg',
  'medianNearestAngleDeg',
  'meanNearestAngleDeg',
  'circularVariance',
  'meanCosine',
  'mmd',
  'uniformity',
  'effectiveRank',
  'hubnessSkewness',
] as const;

export type MeasureField = (typeof MEASURE_FIELDS)[number];

/** The metric of each. */
export const FIELD_METRICS: Readonly<Record<MeasureField, string>> = {
  minAngleDeg: 'min-angle',
  medianNearestAngleDeg: 'median-nearest-angle',
  meanNearestAngleDeg: 'mean-nearest-angle',
  circularVariance: 'circular-variance',
  meanCosine: 'mean-cosine',
  mmd: 'mmd',
  uniformity: 'uniformity',
  effectiveRank: 'effective-rank',
  hubnessSkewness: 'hubness-skewness',
};
