// What the default recipe does to real data: `npm run build && node bench/recipe.mjs [--keep C] [--seeds N]`.
//
// GloVe is judged by word similarity, package descriptions by whether neighbours share tags. Neither
// judgement is seen by the recipe.
import { parseArgs } from 'node:util';
import { movedBetween } from '../dist/apps/verbs/report.js';
import { disperse, measureInDetail } from '../dist/index.js';
import {
  loadGlove,
  loadPackageDescriptions,
  loadWordSets,
  wordSimilarity,
} from '../dist/io/datasets/index.js';

const { values } = parseArgs({
  options: {
    keep: { type: 'string', default: '0.94' },
    seeds: { type: 'string', default: '1' },
    data: { type: 'string', default: 'glove,package-descriptions' },
  },
});
const keep = Number(values.keep);
const sets = await loadWordSets();

/** Mean over rows and their 10 nearest of |shared tags| / |tags of either|. */
function tagAgreement({ indices, n, k }, table) {
  const tags = table.columns.tags.map((list) => new Set(list.split(' ').filter(Boolean)));
  let sum = 0;
  for (let i = 0; i < n; i++) {
    for (const j of indices.subarray(i * k, (i + 1) * k)) {
      const shared = [...tags[i]].filter((tag) => tags[j].has(tag)).length;
      sum += shared / (tags[i].size + tags[j].size - shared || 1);
    }
  }
  return sum / (n * k);
}

function wordMean(points, table) {
  const scores = sets.map((set) => wordSimilarity(points, table.labels, set).spearman);
  return scores.reduce((a, b) => a + b, 0) / scores.length;
}

const judged = {
  glove: {
    load: loadGlove,
    name: 'word similarity',
    judge: (d, table) => wordMean(d.points, table),
  },
  'package-descriptions': {
    load: loadPackageDescriptions,
    name: 'tag agreement',
    judge: (d, table) => tagAgreement(d.neighbors, table),
  },
};

for (const id of values.data.split(',')) {
  const { load, name, judge } = judged[id];
  const table = await load();
  const line = (what, { measurement: m, details }, cosine, seconds) =>
    console.log(
      `${id} ${what}: ${name} ${judge(details, table).toFixed(4)}, hubness ${m.hubnessSkewness.toFixed(2)}, ` +
        `median nearest ${m.medianNearestAngleDeg.toFixed(1)}°, mean cosine to start ${cosine.toFixed(3)}, ${seconds.toFixed(1)} s`,
    );
  line('as it is', await measureInDetail(table, { null: 'none' }), 1, 0);
  for (let seed = 0; seed < Number(values.seeds); seed++) {
    const result = await disperse(table, { keep, seed });
    const after = await measureInDetail(result.points, { null: 'none' });
    const { meanCosine } = movedBetween(result.start, result.points);
    line(`keep ${keep}, seed ${seed}: ${result.objective}`, after, meanCosine, result.seconds);
  }
}
