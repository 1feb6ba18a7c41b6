import { clicks as clickLearner, type Learned } from '../../families/learners/index.ts';
import type { Clicks } from './clicks.ts';

/** z = ⟨w, x⟩ + b + Σ_{f<g} ⟨e_f, e_g⟩ of a learned factorisation machine, for examples of the fields it was trained on. */
export async function factorisation({
  model,
}: Learned): Promise<(examples: Clicks) => Float64Array> {
  const { points, labels = [] } = await clickLearner.embed(model, {});
  const places = new Map(labels.map((label, row) => [label, row]));
  const [weights, bias] = ['weight', 'bias'].map(
    (end) => model.parameters.find(({ name }) => name === `linear.${end}`)?.data ?? [],
  );
  const { data, cols: d } = points;
  return ({ fields, labels: { length } }) => {
    const rows = fields.map(({ name, values }) =>
      values.map((value) => places.get(`${name}=${value}`) ?? places.get(`${name}=(other)`) ?? 0),
    );
    return Float64Array.from({ length }, (_, i) => {
      let z = bias[0];
      for (let c = 0; c < d; c++) {
        let [sum, squares] = [0, 0];
        fields.forEach(({ ids }, f) => {
          const x = data[rows[f][ids[i]] * d + c];
          z += weights[f * d + c] * x;
          sum += x;
          squares += x * x;
        });
        z += (sum * sum - squares) / 2;
      }
      return z;
    });
  };
}
