import { type Floats, matrix } from '../../../core/matrix.ts';
import { operation, type Tensor } from '../../../learning/index.ts';
import { membershipRateReduction } from '../../objectives/index.ts';

/**
 * Minus the rate reduction −ΔR(Z, Π) as a node, with gradients in rows and memberships: Z n × d, Π n × k weights that are
 * not negative → one number.
 *
 *     Σⱼ (tⱼ/n)·½ ln det(I + d/(tⱼ ε²) Σᵢ Πᵢⱼ zᵢzᵢᵀ) − ½ ln det(I + d/(n ε²) ZᵀZ),   tⱼ = Σᵢ Πᵢⱼ
 */
export function rateReduction(rows: Tensor, membership: Tensor, distortion: number): Tensor {
  const [[n, d], [m, k]] = [rows.shape, membership.shape];
  let gradients: readonly Floats[] = [];
  return operation('rateReduction', [rows, membership], [], {
    async forward({ engine, inputs: [z, pi], out, room }) {
      gradients = [room(n * d), room(m * k)];
      const places = {
        points: matrix(gradients[0], n, d),
        membership: matrix(gradients[1], m, k),
      };
      const points = matrix(z, n, d);
      out[0] = await membershipRateReduction(points, matrix(pi, m, k), distortion, places, {
        engine,
      });
    },
    backward({ gradient: [g], to }) {
      to.forEach((part, i) => {
        if (part) for (let e = 0; e < part.length; e++) part[e] = g * gradients[i][e];
      });
    },
  });
}
