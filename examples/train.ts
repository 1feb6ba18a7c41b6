// A classifier of package descriptions, with a loss that spreads the directions of its 55 classes.
import { gathered, Random } from 'tammes/core';
import { loadPackageDescriptions } from 'tammes/datasets';
import * as l from 'tammes/learning';
import { koleo } from 'tammes/objectives';

const { points, columns: { section = [] } = {} } = await loadPackageDescriptions();
const sections = Array.from(section, String);
const names = [...new Set(sections)];
const classesOf = (rows: Int32Array) => rows.map((row) => names.indexOf(sections[row]));
const vectorsOf = (rows: Int32Array) => l.constant(gathered(points, rows).data, [rows.length, 512]);
const order = Random.fromSeed(1).sample(points.rows);
const [train, test] = [order.subarray(1000), order.subarray(0, 1000)];

const encoder = l.mlp({ name: 'encoder', sizes: [512, 64] });
const head = l.dense({ name: 'head', inputs: 64, outputs: names.length, bias: false });
const directions = l.normalizeRows(head.parameters[0]);
const cosines = (x: l.Tensor) => l.linear(l.normalizeRows(encoder(x)), directions);

const batches = l.batches({ rows: train.length, size: 128 });
const { loss } = await l.train({
  steps: 300,
  update: l.sgd({ learningRate: 0.3 }),
  loss({ step }) {
    const rows = batches.at(step).map((i) => train[i]);
    const error = l.crossEntropy(l.scale(cosines(vectorsOf(rows)), 16), classesOf(rows));
    return l.add(error, l.scale(l.objective(directions, koleo.bind()), 0.1));
  },
});

const scores = await l.evaluate(cosines(vectorsOf(test)));
const guesses = Array.from(test, (_, i) =>
  scores.subarray(i * names.length).slice(0, names.length),
);
const right = classesOf(test).filter((own, i) => guesses[i][own] === Math.max(...guesses[i]));
console.log(`loss ${loss.toFixed(2)}; ${right.length} of ${test.length} right`);
