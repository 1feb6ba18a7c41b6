import { operation, type Tensor } from '../../../learning/index.ts';

/** What holds rows to the code words that stand for them, beside 1 for the other way. */
const COMMITMENT = 0.25;

/**
 * Code words c in the place of rows q, n × d each: y = c, and the gradient goes straight on to q (Chen, Li and Sun 2020,
 * vector quantization). As if the loss had the mean over rows of ‖sg(q) − c‖²/2 + β·‖q − sg(c)‖²/2 besides, β = 1/4:
 *
 *     ∂L/∂q = g + β·(q − c)/n,   ∂L/∂c = (c − q)/n
 */
export function attached(q: Tensor, c: Tensor): Tensor {
  const [n] = q.shape;
  return operation('attached', [q, c], q.shape, {
    forward: ({ inputs: [, words], out }) => out.set(words),
    backward({ inputs: [rows, words], gradient, to: [toRows, toWords] }) {
      for (let e = 0; e < rows.length; e++) {
        const apart = (rows[e] - words[e]) / n;
        if (toRows) toRows[e] = gradient[e] + COMMITMENT * apart;
        if (toWords) toWords[e] = -apart;
      }
    },
  });
}
