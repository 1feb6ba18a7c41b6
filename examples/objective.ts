// A dispersion objective as a regulariser in your own training loop: loss and gradient.
import { Random } from 'tammes';
import { uniformPoints } from 'tammes/manifolds';
import { sliced } from 'tammes/objectives';

const prototypes = uniformPoints(24, 3, Random.fromSeed(7));
const rate = 0.5;
for (let step = 0; step < 50; step++) {
  const { loss, gradient } = await sliced(prototypes, { circles: 8 }, { seed: step });
  if (step % 10 === 0) console.log(`step ${step}: ${loss.toFixed(4)}`);
  for (let i = 0; i < gradient.rows; i++) {
    const x = prototypes.data.subarray(3 * i, 3 * i + 3);
    for (let c = 0; c < 3; c++) x[c] -= rate * gradient.rows * gradient.data[3 * i + c];
    const length = Math.hypot(...x);
    for (let c = 0; c < 3; c++) x[c] /= length;
  }
}
