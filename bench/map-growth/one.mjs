// One map in a process of its own: node one.mjs METHOD ENGINE THREADS n d OPTIONS [split]
//
// With `split` neighbours and layout are timed one after the other; without, the method does all by itself, as its
// callers have it, and the peak of memory is that of the method.
import { readFileSync } from 'node:fs';
import { reductionById } from '../../dist/apps/verbs/reduce.js';
import { Random } from '../../dist/core/random.js';
import { chooseEngine } from '../../dist/engine/index.js';
import { neighborGraph } from '../../dist/structures/neighbors/neighbor-graph.js';
import { clusters } from '../clusters.mjs';

const [, , method, name, threads, n, d, given, split] = process.argv;
const options = JSON.parse(given);
const reduction = reductionById(method);
const engine = await chooseEngine(name, { threads: Number(threads) });

/** The peak of this process so far, in MiB. */
function peak() {
  const [, kilobytes] = /VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'));
  return Number(kilobytes) / 1024;
}

async function timed(work) {
  const [began, before] = [performance.now(), process.cpuUsage()];
  const result = await work();
  const { user, system } = process.cpuUsage(before);
  return { result, wall: (performance.now() - began) / 1e3, cpu: (user + system) / 1e6 };
}

/** Other rows that a map of usual settings asks for. */
const NEIGHBORS = { umap: 14, largevis: 150, tsne: 90 };

async function neighborsOf(points) {
  const random = Random.fromSeed(0).fork(method).fork('neighbors');
  const { result, ...times } = await timed(() =>
    neighborGraph(points, NEIGHBORS[method], { engine, random }),
  );
  return { graph: result.graph, recall: result.recall?.value ?? 1, ...times };
}

// A small map first: compiling is not what grows.
await reduction(clusters(300, Number(d), Random.fromSeed(1)), options, { engine });
const runtime = peak();
const points = clusters(Number(n), Number(d), Random.fromSeed(7));
const data = points.data.byteLength / 2 ** 20;
const lists = split ? await neighborsOf(points) : undefined;
const { result, wall, cpu } = await timed(() =>
  reduction(points, options, { engine, neighbors: lists?.graph }),
);
await engine.dispose();
console.log(
  JSON.stringify({
    method,
    n: Number(n),
    d: Number(d),
    engine: result.engine,
    search: lists && { wall: lists.wall, cpu: lists.cpu, recall: lists.recall },
    layout: { wall, cpu },
    facts: result.facts,
    memory: { runtime, data, peak: peak() },
  }),
);
