// usearch.mjs ROWS TRUTH n d queries k FOLDER exact|graph; prints one JSON object.
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EFFORTS, given, recallOf, seconds } from './common.mjs';

const { n, d, k, points, queries, truth, own } = given();
const [folder, what] = own;
const { Index, exactSearch } = createRequire(join(folder, 'package.json'))('usearch');

if (what === 'exact') {
  // Copies: it reads the whole buffers.
  const [rows, asked] = [points.slice(), queries.slice()];
  const found = await seconds(() => exactSearch(rows, asked, d, k, 'ip', 1), 2);
  const recall = recallOf(found.result.keys, truth, k);
  console.log(JSON.stringify({ curve: [{ effort: null, recall, seconds: found.seconds }] }));
} else {
  const keys = BigUint64Array.from({ length: n }, (_, i) => BigInt(i));
  const settings = { dimensions: d, metric: 'ip', quantization: 'f32' };
  const index = new Index(settings);
  const built = await seconds(() => index.add(keys, points, 1));
  const scratch = mkdtempSync(join(tmpdir(), 'usearch-'));
  const file = join(scratch, 'index');
  index.save(file);
  const curve = [];
  for (const effort of EFFORTS) {
    // Its effort is fixed when an index is made.
    const opened = new Index({ ...settings, expansion_search: effort });
    opened.load(file);
    const found = await seconds(() => opened.search(queries, k, 1), 3);
    const recall = recallOf(found.result.keys, truth, k);
    curve.push({ effort, recall, seconds: found.seconds });
    if (recall > 0.9995) break;
  }
  console.log(JSON.stringify({ build: built.seconds, bytes: statSync(file).size, curve }));
  rmSync(scratch, { recursive: true });
}
