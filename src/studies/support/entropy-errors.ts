import { matrix } from '../../core/matrix.ts';
import type { Random } from '../../core/random.ts';
import { effectiveEntropy } from '../../families/objectives/index.ts';
import type { StudyContext } from '../define.ts';
import { spacingEntropy } from './coordinates.ts';

/** How far estimates of entropy lie from what is known, on average over draws. */
export async function entropyErrors({ random, quick, engine }: StudyContext) {
  const draws = quick ? 5 : 30;
  const stream = random.fork('estimates');
  let [uniform, box, plain] = [0, 0, 0];
  for (let draw = 0; draw < draws; draw++) {
    const even = numbers(1000, () => stream.uniform());
    const logits = even.map((u) => Math.log(u / (1 - u)));
    uniform += -(await entropyLoss(logits, 'sigmoid', stream, engine));
    const normal = numbers(256, () => stream.normal());
    box += -(await entropyLoss(normal, 'normal', stream, engine));
    plain += spacingEntropy(normal, 16) - 0.5 * Math.log(2 * Math.PI * Math.E);
  }
  const error = (sum: number) => Math.abs(sum / draws);
  return { uniform: error(uniform), box: error(box), plain: error(plain) };
}

/** −H of numbers in the box, where uniform ones have 0. */
async function entropyLoss(
  values: Float64Array,
  squash: 'sigmoid' | 'normal',
  random: Random,
  engine: StudyContext['engine'],
): Promise<number> {
  const points = matrix(Float32Array.from(values), values.length, 1);
  const gradient = matrix(new Float32Array(values.length), values.length, 1);
  const bound = effectiveEntropy.bind({ squash, entropy: 1, covariance: 0 });
  return bound.lossAndGradient(points, gradient, { engine, random });
}

function numbers(count: number, draw: () => number): Float64Array {
  return Float64Array.from({ length: count }, draw);
}
