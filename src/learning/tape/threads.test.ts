import { expect, test } from 'vitest';
import { Random } from '../../core/random.ts';
import { engineFamilies, onEachKind } from '../../testing/engines.ts';
import { normals } from '../../testing/gradient-check.ts';
import {
  add,
  addRows,
  attention,
  crossEntropy,
  embedding,
  gru,
  linear,
  normalizeRows,
  rankEntropy,
  relu,
  reshape,
  scale,
} from '../operations/index.ts';
import { checkpointed } from './checkpointed.ts';
import { gradientsOf } from './evaluate.ts';
import { parameter } from './parameter.ts';
import type { Shape, Tensor } from './tensor.ts';
import { Workspace } from './workspace.ts';

/** Wide enough that every product with a weight is shared: engines keep less than 4e6 operations on one thread. */
const [batch, time, d, words] = [16, 32, 64, 100];
const random = Random.fromSeed(7);
const draw = (name: string, ...shape: Shape) =>
  parameter(
    name,
    Float32Array.from(normals(random, shape), (x) => x / 6),
    shape,
  );

const table = draw('table', words, d);
const places = draw('places', time, d);
const [query, key, value, mix] = ['query', 'key', 'value', 'mix'].map((name) => draw(name, d, d));
const [up, down] = [draw('up', 4 * d, d), draw('down', d, 4 * d)];
const [input, state, bias] = [
  draw('input', 3 * d, d),
  draw('state', 3 * d, d),
  draw('bias', 3 * d),
];
const ids = Int32Array.from({ length: batch * time }, () => random.integer(words));
const lengths = Int32Array.from({ length: batch }, () => 1 + random.integer(time));

/** Attention and an MLP, each beside what it gets. */
function transformerBlock(x: Tensor): Tensor {
  const h = normalizeRows(x);
  const seen = attention(linear(h, query), linear(h, key), linear(h, value), {
    heads: 4,
    causal: true,
    lengths,
  });
  const y = add(x, linear(seen, mix));
  return add(y, linear(relu(linear(normalizeRows(y), up)), down));
}

function languageModel(block: (x: Tensor) => Tensor): Tensor {
  const x = addRows(embedding(table, ids, [batch, time]), places);
  const y = block(x);
  const loss = crossEntropy(linear(y, table), ids);
  return add(loss, scale(rankEntropy(reshape(y, [batch * time, d])), -0.1));
}

const families = engineFamilies();

test.each([
  ['a transformer block', transformerBlock],
  [
    'a transformer block, computed again on the way back',
    (x: Tensor) => checkpointed(transformerBlock, x),
  ],
  ['a recurrence', (x: Tensor) => gru(linear(x, input), state, bias)],
] as const)('%s has the same gradients for any number of threads', async (_, block) => {
  const results = await onEachKind(families, async (engine) => {
    const { loss, gradients } = await gradientsOf(languageModel(block), new Workspace(engine));
    return { loss, gradients: [...gradients.values()].map(({ data }) => data.slice()) };
  });
  for (const { loss, gradients } of results) {
    expect(loss).toBeCloseTo(results[0].loss, 4);
    expect(gradients.length).toBeGreaterThan(4);
    for (const gradient of gradients) expect(gradient.some((g) => g !== 0)).toBe(true);
  }
});
