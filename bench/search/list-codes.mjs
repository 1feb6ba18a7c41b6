// Inverted lists of vectors and of codes: bytes that a query reads, recall, time of processors.
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  buildIndex,
  indexById,
  openIndex,
  queryIndex,
  writeIndex,
} from '../../dist/apps/verbs/search.js';
import { rows } from '../../dist/core/matrix.js';
import { loadGlove } from '../../dist/io/datasets/index.js';

const [ASKED, K] = [500, 10];
const WAYS = [{}, { codec: 'int8' }, { codec: 'int4' }];

const { points } = await loadGlove();
const corpus = { points: rows(points, 0, points.rows - ASKED) };
const queries = { points: rows(points, points.rows - ASKED, points.rows) };
const folder = mkdtempSync(join(tmpdir(), 'tammes-list-codes-'));
const path = join(folder, 'a.index');
const since = (before) => {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
};
let truth;
for (const way of WAYS) {
  const building = process.cpuUsage();
  const { index, facts } = await buildIndex(corpus, 'ivf', way);
  const build = since(building);
  await writeIndex(path, 'ivf', index);
  const file = await openIndex(path);
  truth ??= (await indexById('ivf').search(file, queries, { k: K, exactly: true })).rows;
  const asking = process.cpuUsage();
  const answers = await queryIndex(file, queries, { k: K });
  const each = (1000 * since(asking)) / ASKED;
  const mean = (of) => answers.reduce((sum, own, q) => sum + of(own, q), 0) / ASKED;
  const found = (own, q) =>
    own.rows.filter((row) => truth.subarray(q * K, (q + 1) * K).includes(row));
  const numbers = {
    ...way,
    megabytes: statSync(path).size / 1e6,
    build,
    keptByCodes: facts.keptByCodes ?? 1,
    recall: mean((own, q) => found(own, q).length / K),
    expected: mean((own) => own.estimatedRecall),
    kibibytesRead: mean((own) => own.bytesRead) / 1024,
    milliseconds: each,
  };
  console.log(JSON.stringify(numbers));
  await file.close();
}
rmSync(folder, { recursive: true });
