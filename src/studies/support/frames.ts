import type { Random } from '../../core/random.ts';
import { constant, multiply, parameter, riemannianAdam, sum, train } from '../../learning/index.ts';
import { grassmann } from '../../manifolds/index.ts';
import type { StudyContext } from '../define.ts';

const K = 8;
const D = 128;
const manifold = grassmann(K);

/** Two frames of 8 in 128 dimensions along 1,000 steps down random slopes, in float32: the largest |S·Sᵀ − I|. */
export async function orthonormalityError({
  quick,
  random,
  seed,
  engine,
  signal,
}: StudyContext): Promise<number> {
  const start = random.fork('frames');
  const data = Float32Array.from([...frame(start), ...frame(start)]);
  const frames = parameter('frames', data, [2, K, D], { manifold });
  await train({
    steps: quick ? 20 : 1000,
    seed,
    engine,
    signal,
    update: riemannianAdam({ learningRate: 0.01 }),
    loss({ random: own }) {
      const slope = Float32Array.from(data, () => own.normal());
      return sum(multiply(frames, constant(slope, frames.shape)));
    },
  });
  let worst = 0;
  for (const from of [0, K * D]) {
    for (let i = 0; i < K; i++) {
      for (let j = 0; j <= i; j++) {
        let inner = 0;
        for (let c = 0; c < D; c++)
          inner += frames.data[from + i * D + c] * frames.data[from + j * D + c];
        worst = Math.max(worst, Math.abs(inner - (i === j ? 1 : 0)));
      }
    }
  }
  return worst;
}

/** The largest difference between the length of a step, 0.1 to 1, and the distance it leads to, in float64. */
export function geodesicError({ random }: StudyContext): number {
  const stream = random.fork('geodesic');
  let worst = 0;
  for (let trial = 1; trial <= 10; trial++) {
    const [x, u, y] = [frame(stream), new Float64Array(K * D), new Float64Array(K * D)];
    const slope = Float64Array.from(x, () => stream.normal());
    manifold.projectTangent(x, slope, u);
    const length = trial / 10 / Math.sqrt(manifold.inner(x, u, u));
    manifold.exp(
      x,
      u.map((value) => length * value),
      y,
    );
    worst = Math.max(worst, Math.abs(manifold.distance(x, y) - trial / 10));
  }
  return worst;
}

function frame(random: Random): Float64Array {
  const out = new Float64Array(K * D);
  manifold.randomPoint(random, out);
  return out;
}
