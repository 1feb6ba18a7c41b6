// Prints by how many MiB the memory of the process grows at most during one energy and gradient of n × d,
// points and gradient not counted: node memory.mjs ENGINE N D
import { zerosLike } from '../../dist/core/index.js';
import { chooseEngine } from '../../dist/engine/index.js';
import { unitRows } from './cases.mjs';

const [name, n, d] = process.argv.slice(2);
const engine = await chooseEngine(name);
const points = unitRows(Number(n), Number(d));
const gradient = zerosLike(points);
gradient.data.fill(0);
// Not maxRSS, which a process inherits from the one that started it.
const before = process.memoryUsage.rss();
let most = before;
const look = () => {
  most = Math.max(most, process.memoryUsage.rss());
};
const watch = setInterval(look, 1);
await engine.pairwiseEnergy(points, { shape: 'gaussian', distance: 'chordal', scale: 2 }, gradient);
look();
clearInterval(watch);
console.log((most - before) / 2 ** 20);
await engine.dispose();
