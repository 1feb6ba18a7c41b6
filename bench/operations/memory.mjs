// Prints by how many MiB the largest memory of the process grows with one energy and gradient of n × d,
// points and gradient not counted: node memory.mjs ENGINE N D
import { zerosLike } from '../../dist/core/index.js';
import { chooseEngine } from '../../dist/engine/index.js';
import { unitRows } from './cases.mjs';

const [name, n, d] = process.argv.slice(2);
const engine = await chooseEngine(name);
const points = unitRows(Number(n), Number(d));
const gradient = zerosLike(points);
gradient.data.fill(0);
const before = process.resourceUsage().maxRSS;
await engine.pairwiseEnergy(points, { shape: 'gaussian', distance: 'chordal', scale: 2 }, gradient);
console.log((process.resourceUsage().maxRSS - before) / 1024);
await engine.dispose();
