// Spread 200 crowded points on the sphere in 16 dimensions, letting them go where they like.
import { disperse, measure, Random } from 'tammes';
import { powerSpherical } from 'tammes/manifolds';

const start = powerSpherical(
  200,
  Float64Array.from({ length: 16 }, (_, c) => Number(c === 0)),
  100,
  Random.fromSeed(1),
);
const { points, objective } = await disperse(start, {
  objective: 'riesz-energy(s=2)',
  keep: 0,
  optimizer: 'riemannian-adam',
  learningRate: 0.02,
  steps: 200,
  batch: 0,
});

const before = await measure(start, { null: 'none' });
const after = await measure(points, { null: 'none' });
console.log(`${objective}: smallest angle ${before.minAngleDeg}° → ${after.minAngleDeg}°`);
