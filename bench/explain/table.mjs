// A table of topics, things and forms with what is known of its rows, written as people keep such tables.
import { writeFileSync } from 'node:fs';
import { matrix } from '../../dist/core/matrix.js';
import { Random } from '../../dist/core/random.js';
import { write } from '../../dist/index.js';

const TOPICS = 10;
/** Columns of lower numbers vary more, as principal components of embeddings do. */
const spread = (c) => (c + 1) ** -0.3;

/** n rows: the sum of a topic, a thing of two forms, its form and noise; the score follows one direction. */
export async function writeTable(folder, n, d) {
  const random = Random.fromSeed(1);
  const draw = (count, size) =>
    Float32Array.from({ length: count * d }, (_, e) => size * spread(e % d) * random.normal());
  const [topics, things, forms, axis] = [
    draw(TOPICS, 0.5),
    draw(Math.ceil(n / 2), 0.8),
    draw(2, 0.5),
    draw(1, 1),
  ];
  const lines = ['id,score,topic,thing,form,prompt,neutral'];
  const data = draw(n, 0.6);
  for (let i = 0; i < n; i++) {
    const [thing, form] = [i >> 1, i & 1];
    const topic = thing % TOPICS;
    let along = 0;
    for (let c = 0; c < d; c++) {
      data[i * d + c] += topics[topic * d + c] + things[thing * d + c] + forms[form * d + c];
      along += data[i * d + c] * axis[c];
    }
    const score = along + 2 * random.normal();
    lines.push(
      `r${i},${score.toFixed(4)},t${topic},x${thing},f${form},p${Math.floor(i / 20)},${topic === 3 ? '' : 1}`,
    );
  }
  const vectors = `${folder}/vectors.npy`;
  await write(vectors, { points: matrix(data, n, d) });
  const facts = `${folder}/facts.csv`;
  writeFileSync(facts, `${lines.join('\n')}\n`);
  const few = (name, count) => {
    const file = `${folder}/${name}.csv`;
    const rows = Array.from({ length: count }, (_, j) => {
      const i = Math.floor((j * n) / count);
      return [`name${j}`, ...data.subarray(i * d, (i + 1) * d)].join(',');
    });
    const head = ['label', ...Array.from({ length: d }, (_, c) => `v${c}`)].join(',');
    writeFileSync(file, `${head}\n${rows.join('\n')}\n`);
    return file;
  };
  return {
    vectors,
    facts,
    names: few('names', 200),
    phrases: few('phrases', 5),
    meanings: meaningsOf(folder, topics, d),
    probabilities: probabilitiesOf(folder, n, random),
    tree: treeOf(folder),
  };
}

const names = Array.from({ length: TOPICS }, (_, t) => `t${t}`);

/** A vector for each topic. */
function meaningsOf(folder, topics, d) {
  const file = `${folder}/meanings.csv`;
  const head = ['label', ...Array.from({ length: d }, (_, c) => `v${c}`)].join(',');
  const rows = names.map((name, t) => [name, ...topics.subarray(t * d, (t + 1) * d)].join(','));
  writeFileSync(file, `${[head, ...rows].join('\n')}\n`);
  return file;
}

/** What a model might say of n rows: most of it of their own topic. */
function probabilitiesOf(folder, n, random) {
  const file = `${folder}/probabilities.csv`;
  const lines = [[...names, 'truth'].join(',')];
  for (let i = 0; i < n; i++) {
    const own = (i >> 1) % TOPICS;
    const shares = names.map((_, t) => random.uniform() ** 4 + (t === own ? 0.5 : 0));
    const total = shares.reduce((sum, share) => sum + share, 0);
    lines.push([...shares.map((share) => (share / total).toFixed(5)), names[own]].join(','));
  }
  writeFileSync(file, `${lines.join('\n')}\n`);
  return file;
}

/** Topics under two kinds. */
function treeOf(folder) {
  const file = `${folder}/tree.tsv`;
  const leaves = names.map((name, t) => `${name}\t${t < TOPICS / 2 ? 'low' : 'high'}`);
  writeFileSync(file, `${['low\tall', 'high\tall', ...leaves].join('\n')}\n`);
  return file;
}
