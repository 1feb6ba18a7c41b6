/** The fields that every measurement has at the top level of its JSON. */
export const FIELDS = [
  'n',
  'd',
  'engine',
  'seconds',
  'minAngleDeg',
  'medianNearestAngleDeg',
  'meanNearestAngleDeg',
  'circularVariance',
  'meanCosine',
  'mmd',
  'uniformity',
  'effectiveRank',
  'hubnessSkewness',
];
