// ours.mjs ROWS TRUTH n d queries k INDEX ENGINE [OPTIONS as JSON]; prints one JSON object.

import { indexById } from '../../dist/apps/verbs/search.js';
import { matrix } from '../../dist/core/matrix.js';
import { chooseEngine } from '../../dist/engine/index.js';
import { EFFORTS, given, recallOf, seconds } from './common.mjs';

const { n, d, count, k, points, queries, truth, own } = given();
const [id, name, options = '{}'] = own;
const engine = await chooseEngine(name, { threads: 1 });
const search = indexById(id);
const built = await seconds(() =>
  search({ points: matrix(points, n, d) }, JSON.parse(options), { engine }),
);
const { index } = built.result;
let bytes = 0;
for (const array of index.arrays.names) bytes += (await index.arrays.whole(array)).byteLength;
const asked = { points: matrix(queries, count, d) };
const curve = [];
for (const effort of search.effort ? EFFORTS : [undefined]) {
  const found = await seconds(() => search.search(index, asked, { k, effort }, { engine }), 3);
  const recall = recallOf(found.result.rows, truth, k);
  curve.push({ effort: effort ?? null, recall, seconds: found.seconds });
  if (recall > 0.9995) break;
}
await engine.dispose();
console.log(JSON.stringify({ build: built.seconds, bytes, curve }));
