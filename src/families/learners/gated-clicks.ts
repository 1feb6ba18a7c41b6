import { OptionError } from '../../core/errors.ts';
import type { Floats } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import {
  add,
  binaryCrossEntropy,
  concat,
  constant,
  embeddingTable,
  mean,
  multiply,
  numbers,
  scale,
  sigmoid,
  sliceColumns,
  square,
  subtract,
  type Tensor,
  type Workspace,
} from '../../learning/index.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as papers from '../../method/bibliography/papers.ts';
import { integer, number } from '../../method/options.ts';
import { defineLearner } from './define.ts';
import { clickModel } from './support/clicks/click-model.ts';
import { findGroups, groupOf } from './support/clicks/gate-groups.ts';
import { drawnGates, instanceGates } from './support/clicks/instance-gates.ts';
import { clickOptions } from './support/clicks/options.ts';
import { clickScores } from './support/clicks/scores.ts';
import { clicksOf, idsOf, vocabulariesOf } from './support/clicks/vocabulary.ts';
import { given } from './support/given.ts';
import { split } from './support/held-out.ts';
import { rangeOf } from './support/inputs.ts';

const ID = 'gated-clicks';

/**
 * Click models of groups of examples, each with the columns that its examples need (iHAS).
 *
 *     search    p = σ(W·a + b), a the gates' own vectors of the ids;   g drawn from Bernoulli(p), straight through
 *               minimise loss of z(g ∘ x) + λ·mean p + μ·mean 4p(1 − p),   x the vectors of all fields, n × F·dim
 *     groups    k-means of p over training examples; a group keeps the columns with the largest mean p
 *     train     z = z_G(mask_G ∘ x), G the group whose mean p is nearest
 *
 * One training: `search` is the first share of the steps; then the gates stay, each group's model begins as the one of the
 * search, and the vectors, one table for all groups, go on from their values. The model is that of `clicks`, for each
 * group. `tammes embed MODEL FILE --fields …` gives p of examples, n × F·dim.
 *
 * @remarks Where examples differ in which fields they turn on, and one mask for all costs too much. In the study, half of
 * the columns by group do better than one mask of as many on one of two sets, and no better than vectors of half the
 * columns: try `clicks` with a smaller `dim` first. The gates have `gateDim` numbers an id; no table gets smaller.
 * @example
 * import { gatedClicks } from 'tammes/learners';
 *
 * // Even users want even items.
 * const users = Array.from({ length: 400 }, (_, i) => `u${i % 20}`);
 * const items = Array.from({ length: 400 }, (_, i) => `i${Math.floor(i / 20)}`);
 * const classes = users.map((user, i) => ((Number(user.slice(1)) + Math.floor(i / 20)) % 2 ? 'no' : 'yes'));
 * const fields = [{ name: 'user', values: users }, { name: 'item', values: items }];
 * const { report } = await gatedClicks({ fields, classes }, { dim: 4, heldOut: 0.25, steps: 600 });
 * console.log(report.kept, report.auc > 0.9); // 0.5 true
 * @function
 */
export const gatedClicks = /* @__PURE__ */ defineLearner({
  id: ID,
  title: 'Click models of groups with columns of their own (iHAS)',
  summary: 'Gates by example say which columns count; examples with like gates share a model.',
  references: [cite(papers.ihasInstanceWiseHierarchicalArchitectureSearch, 'section 3')],
  options: {
    ...clickOptions,
    groups: integer(2, 'Groups of examples, each with a mask and a model.', { min: 1 }),
    kept: number(
      0.5,
      'Share of the columns that a group keeps; 0: those open more often than not.',
      {
        min: 0,
        max: 1,
      },
    ),
    search: number(0.5, 'Share of the steps that trains the gates.', { min: 0, max: 1 }),
    sparse: number(0.02, 'Weight λ of open gates in the loss.', { min: 0 }),
    polar: number(0.1, 'Weight μ of gates between open and closed in the loss.', { min: 0 }),
    temperature: number(0.5, 'Of the gates that are drawn.', { min: 1e-3 }),
    gateDim: integer(4, 'Columns of the vectors that the gates have of the ids.', { min: 1 }),
  },
  needs: ['fields', 'classes'],
  encodes: 'fields',
  takesSpread: false,
  settle(examples, options) {
    const [fields, classes] = given(ID, examples, ['fields', 'classes']);
    clicksOf(ID, classes);
    const { dim, interactions, hidden, groups, gateDim, minCount, seed } = options;
    const { train } = split(classes.length, options.heldOut, options.seed);
    if (groups > train.length)
      throw new OptionError(
        ID,
        'groups',
        `at most the ${train.length} examples trained on`,
        groups,
      );
    const known = vocabulariesOf(ID, fields, train, minCount);
    return {
      vocabularies: known.vocabularies.map(({ name, values }) => ({ name, values })),
      model: { interactions, fields: fields.length, dim, hidden, seed },
      gateDim,
      groups,
    };
  },
  build({ vocabularies, model: settings, gateDim, groups }, { like }) {
    const float64 = like instanceof Float64Array;
    const { dim, seed } = settings;
    const columns = vocabularies.length * dim;
    const names = vocabularies.map(({ name }) => name);
    const sizes = vocabularies.map(({ values }) => values.length + 1);
    const tables = sizes.map((rows, field) => {
      const name = `vectors.${names[field]}`;
      return embeddingTable({
        name,
        rows,
        cols: dim,
        deviation: 0.05,
        byRows: true,
        seed,
        float64,
      });
    });
    const gates = instanceGates({ names, sizes, dim, gateDim, seed }, float64);
    const models = Array.from(rangeOf(0, groups)).map((group) =>
      clickModel({ ...settings, prefix: `group ${group}.` }, float64),
    );
    const found = {
      centers: numbers(groups * columns, float64),
      masks: numbers(groups * columns, float64).fill(1),
      // 1 from the end of the search on.
      done: numbers(1, float64),
    };
    return {
      ...{ vocabularies, tables, gates, models, found, columns, dim, float64 },
      parameters: [
        ...tables.flatMap(({ parameters }) => parameters),
        ...gates.parameters,
        ...models.flatMap(({ parameters }) => parameters),
      ],
      also: { found },
    };
  },
  task(network, examples, options) {
    const [fields, classes] = given(ID, examples, ['fields', 'classes']);
    const { vocabularies, tables, gates, models, found, columns, dim, float64 } = network;
    const { groups, kept, search, sparse, polar, temperature } = options;
    const ids = idsOf(ID, vocabularies, fields);
    const clicked = clicksOf(ID, classes);
    const { train, heldOut } = split(classes.length, options.heldOut, options.seed);
    const opennessOf = (row: number) => gates.openness(ids.map((own) => own[row]));
    const idsAt = (rows: Int32Array) => ids.map((own) => rows.map((row) => own[row]));
    const vectorsOf = (rows: Int32Array) =>
      concat(...idsAt(rows).map((own, field) => tables[field](own)));
    const byField = (x: Tensor) =>
      tables.map((_, field) => sliceColumns(x, field * dim, (field + 1) * dim));

    /** Of each example by the model of its group, from the columns that the group keeps. */
    const logits = (rows: Int32Array): Tensor => {
      const open = Array.from(rows, opennessOf);
      const of = open.map((gate) => (found.done[0] ? groupOf(found, gate) : 0));
      const mask = numbers(rows.length * columns, float64);
      open.forEach((gate, i) => {
        const own = found.done[0]
          ? found.masks.subarray(of[i] * columns, (of[i] + 1) * columns)
          : gate.map((p) => (p > 0.5 ? 1 : 0));
        mask.set(own, i * columns);
      });
      const x = byField(multiply(vectorsOf(rows), constant(mask, [rows.length, columns])));
      const parts = models.flatMap((model, group) => {
        if (!of.includes(group)) return [];
        const members = numbers(rows.length, float64);
        of.forEach((own, i) => {
          members[i] = own === group ? 1 : 0;
        });
        return [multiply(model.logits(x), constant(members, [rows.length, 1]))];
      });
      return parts.reduce((a, b) => add(a, b));
    };
    const drawn = (rows: Int32Array, random: Random) => {
      const a = gates.logits(idsAt(rows));
      const x = multiply(vectorsOf(rows), drawnGates(a, { temperature, random, float64 }));
      const p = sigmoid(a);
      const price = add(scale(mean(p), sparse), scale(mean(subtract(p, square(p))), 4 * polar));
      return { z: models[0].logits(byField(x)), price };
    };
    const lossOf = (z: Tensor, rows: Int32Array) =>
      binaryCrossEntropy(
        z,
        rows.map((row) => clicked[row]),
      );
    const scoresOf = (rows: Int32Array, workspace: Workspace) =>
      clickScores(logits, rows, clicked, workspace);
    const last = (steps: number) => Math.max(1, Math.round(search * steps));
    return {
      rows: train.length,
      loss({ rows: places, step, steps, random }) {
        const rows = places.map((place) => train[place]);
        if (step > last(steps)) return { loss: lossOf(logits(rows), rows) };
        const { z, price } = drawn(rows, random.fork('gates'));
        return { loss: add(lossOf(z, rows), price) };
      },
      onStep({ step }, { steps }) {
        if (step !== last(steps)) return;
        const random = Random.fromSeed(options.seed).fork('groups');
        findGroups(found, train, opennessOf, { groups, kept, random });
        found.done[0] = 1;
        for (const model of models)
          model.parameters.forEach(({ data }, p) => {
            data.set(models[0].parameters[p].data);
          });
      },
      async report(workspace) {
        const all = Array.from(train, opennessOf);
        const share = (is: (p: number) => boolean) =>
          all.reduce((sum, gate) => sum + gate.filter(is).length, 0) / (all.length * columns);
        const open = share((p) => p > 0.5);
        const told = {
          kept: found.done[0] ? meanOf(found.masks) : open,
          open,
          polar: share((p) => p < 0.1 || p > 0.9),
          trainAuc: (await scoresOf(train, workspace)).auc,
        };
        if (heldOut.length === 0) return told;
        const { auc, logLoss } = await scoresOf(heldOut, workspace);
        return { auc, logLoss, heldOut: heldOut.length, ...told };
      },
    };
  },
  encode({ vocabularies, gates, columns }, examples) {
    const [fields] = given(ID, examples, ['fields']);
    const ids = idsOf(ID, vocabularies, fields);
    return {
      rows: ids[0].length,
      cols: columns,
      block: (a, b) => sigmoid(gates.logits(ids.map((own) => own.subarray(a, b)))),
    };
  },
});

function meanOf(values: Floats): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}
