// How often the recall that `tammes align fit` predicts has the truth in its interval, on three real pairs of spaces:
//   npm run build && node bench/align-coverage.mjs [repeats] [pairs]
// In each repeat a map is fitted to some pairs and judged by these alone; then all other rows, which it never saw,
// say what its recall is. Prints a table for docs/align.md.
import { alignAndJudge, alignmentById } from '../dist/apps/verbs/align.js';
import { gathered } from '../dist/core/matrix.js';
import { Random } from '../dist/core/random.js';
import { chooseEngine } from '../dist/engine/choose.js';
import { loadGlove, loadPackageDescriptions } from '../dist/io/datasets/index.js';
import { bytesOf } from '../dist/io/datasets/quantized.js';
import { hitsAt, partnerRanks } from '../dist/structures/retrieval/partner-ranks.js';
import { loadRequests } from '../dist/studies/support/requests.js';
import {
  latentSemantics,
  sentencesOf,
  smoothInverseFrequency,
  WordVectors,
} from '../dist/studies/support/text-encoders.js';
import { wordSpaces } from '../dist/studies/support/word-spaces.js';

const repeats = Number(process.argv[2] ?? 30);
const count = Number(process.argv[3] ?? 500);
const METHODS = ['procrustes', 'cca-subspace'];
const ROWS = 3000;
/** Those before it decided how recall is taken to grow with pairs. */
const FIRST_SEED = 100;

const data = {
  folder: async (name) => new URL(`../study-data/${name}/`, import.meta.url),
  full: async () => undefined,
};
const engine = await chooseEngine('auto');

const sentences = (texts) => sentencesOf({ all: texts });
const firstRows = (points, n) =>
  gathered(
    points,
    Int32Array.from({ length: n }, (_, i) => i),
  );

async function words() {
  const sizes = { words: ROWS, contexts: 1000, dim: 100 };
  const { glove, counted } = await wordSpaces(data, sizes, engine);
  return { a: counted, b: glove };
}

async function descriptions() {
  const { points } = await loadPackageDescriptions();
  const meta = await bytesOf(new URL('../data/use-debian/meta.json.gz', import.meta.url));
  const { rows } = JSON.parse(new TextDecoder().decode(meta));
  const texts = rows.slice(0, ROWS).map(([name, description]) => `${name}: ${description}`);
  const a = await latentSemantics(sentences(texts), 1024, 200, engine);
  return { a, b: firstRows(points, ROWS) };
}

async function requests() {
  const { inScope } = await loadRequests(data);
  const order = Random.fromSeed(1).sample(inScope.train.sentences.length, ROWS);
  const texts = Array.from(order, (row) => inScope.train.sentences[row]);
  const vectors = new WordVectors(await loadGlove());
  const a = await smoothInverseFrequency(vectors, sentences(texts), engine);
  return { a, b: gathered(inScope.train.vectors, order) };
}

const SPACES = {
  'words: counts of texts → GloVe': words,
  'package descriptions: latent semantics → Universal Sentence Encoder': descriptions,
  'requests: weighted means of GloVe → Universal Sentence Encoder': requests,
};

/** What was predicted from some pairs, and what became of the rows that were not in them. */
async function repeat({ a, b }, id, seed) {
  const order = Random.fromSeed(seed).fork('coverage').sample(a.rows);
  const known = order.subarray(0, count).slice().sort();
  const unseen = order.subarray(count).slice().sort();
  const input = { a, b, pairs: { a: known, b: known } };
  const { model, heldOut, reembed, verdict } = await alignAndJudge(input, id, { seed }, { engine });
  const { transform } = alignmentById(id);
  const moved = await transform(model, gathered(a, unseen), 'a', { engine });
  const among = await transform(model, b, 'b', { engine });
  const ranks = await partnerRanks(moved, among, unseen, { engine });
  const truth = (k) => hitsAt(ranks, k).reduce((sum, hit) => sum + hit, 0) / unseen.length;
  return {
    at1: { ...heldOut.recallAt1, truth: truth(1) },
    at10: { ...heldOut.recallAt10, truth: truth(10) },
    order: reembed.rankCorrelation.value,
    verdict,
  };
}

const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
const percent = (value) => (100 * value).toFixed(1);

console.log(`${repeats} repeats, ${count} pairs of ${ROWS} rows, engine ${engine.name}\n`);
console.log('| spaces | method | recall | predicted | truth | width | inside | order |');
console.log('| --- | --- | --- | --: | --: | --: | --: | --: |');
for (const [name, made] of Object.entries(SPACES)) {
  const spaces = await made();
  for (const id of METHODS) {
    const all = [];
    for (let at = 0; at < repeats; at++) all.push(await repeat(spaces, id, FIRST_SEED + at));
    for (const [title, of] of [
      ['@1', ({ at1 }) => at1],
      ['@10', ({ at10 }) => at10],
    ]) {
      const found = all.map(of);
      const inside = found.filter(({ low, high, truth }) => low <= truth && truth <= high);
      const cells = [
        name,
        id,
        title,
        percent(mean(found.map(({ value }) => value))),
        percent(mean(found.map(({ truth }) => truth))),
        percent(mean(found.map(({ low, high }) => high - low))),
        `${inside.length}/${all.length}`,
        mean(all.map(({ order }) => order)).toFixed(2),
      ];
      console.log(`| ${cells.join(' | ')} |`);
    }
  }
}
await engine.dispose?.();
