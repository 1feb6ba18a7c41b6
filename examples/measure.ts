// Measure vectors: how close are neighbours, and how does that compare with uniform points?
import { matrix, measure } from 'tammes';

const points = matrix(
  new Float32Array([1, 0, 0, 0, 1, 0, 0, 0, 1, -1, 0, 0, 0, -1, 0, 0, 0, -1]),
  6,
  3,
);
const { minAngleDeg, effectiveRank, null: uniform } = await measure(points);

console.log(
  `smallest angle ${minAngleDeg}°; uniform points: ${uniform.minAngleDeg?.value.toFixed(1)}°`,
);
console.log(`effective rank ${effectiveRank?.toFixed(2)}`);
