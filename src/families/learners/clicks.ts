import { Random } from '../../core/random.ts';
import {
  add,
  binaryCrossEntropy,
  normalizeRows,
  type Tensor,
  type Workspace,
} from '../../learning/index.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as papers from '../../method/bibliography/papers.ts';
import * as sources from '../../method/bibliography/sources.ts';
import { choice, integer, number } from '../../method/options.ts';
import type { Table, TrainingPass } from '../tables/index.ts';
import { defineLearner } from './define.ts';
import { encodedExamples, encodedIds } from './support/clicks/encodings.ts';
import { type ClicksSettings, clicksNetwork } from './support/clicks/network.ts';
import { clickOptions } from './support/clicks/options.ts';
import { clickScores } from './support/clicks/scores.ts';
import { tableIds, tableMaker } from './support/clicks/table-methods.ts';
import { clicksOf, idsOf, vocabulariesOf } from './support/clicks/vocabulary.ts';
import { given } from './support/given.ts';
import { threeParts, validationOption } from './support/held-out.ts';

const ID = 'clicks';

/**
 * Whether somebody clicks, by ids alone: users, items and what else is known of them. The vectors of the ids are learned
 * in a table of the family `tables`, full or in fewer bytes.
 *
 *     minimise −mean(t·log σ(z) + (1 − t)·log σ(−z)) + penalty of the table + w·dispersion(vectors of one field)
 *     fm        z = ⟨w, x⟩ + b + Σ_{f<g} ⟨e_f, e_g⟩,   x all e_f beside one another, n × F·dim
 *     mlp       z = W₂·relu(W₁·x + b₁) + b₂
 *     deep-fm   the sum of both
 *
 * e_f = table(f, id_f), n × dim. No other number belongs to an id, so that the bytes of the table are all that grows with the ids.
 * Ids are the values that come `minCount` times in the examples trained on, and one more for all others; their names are
 * stored beside the table, and are no part of `tableBytes`. `tammes embed` gives the vectors of all ids, called
 * `field=value`; given a table of examples, the vectors x of these and the probability σ(z) of a yes as a column.
 *
 * @remarks For recommendation and click data: columns of words or numbers that name things, and one that says yes or no.
 * To see what a smaller table costs, learn twice with the same seed and compare `auc`, held out.
 * @example
 * import { clicks } from 'tammes/learners';
 *
 * // Even users want even items.
 * const users = Array.from({ length: 400 }, (_, i) => `u${i % 20}`);
 * const items = Array.from({ length: 400 }, (_, i) => `i${Math.floor(i / 20)}`);
 * const classes = users.map((user, i) => ((Number(user.slice(1)) + Math.floor(i / 20)) % 2 ? 'no' : 'yes'));
 * const fields = [{ name: 'user', values: users }, { name: 'item', values: items }];
 * const { model, report } = await clicks({ fields, classes }, { dim: 4, heldOut: 0.25, steps: 300 });
 * console.log(report.auc > 0.95); // true
 * const pair = [{ name: 'user', values: ['u2'] }, { name: 'item', values: ['i4'] }];
 * const { columns } = await clicks.embed(model, { fields: pair });
 * console.log(columns.probability[0] > 0.5); // true
 * @function
 */
export const clicks = /* @__PURE__ */ defineLearner({
  id: ID,
  title: 'Click model over a table of ids',
  summary: 'Yes or no by ids of several fields: a factorisation machine or a network over a table.',
  references: [
    cite(sources.factorizationMachines, 'equation 1'),
    cite(sources.deepFm, 'section 2.1'),
    cite(papers.learnableVectorStorageCompression, 'section 2, tables inside click models'),
  ],
  options: {
    ...clickOptions,
    table: choice(/* @__PURE__ */ tableIds(), 'full', 'What holds the vectors.'),
    budget: number(1, 'Bytes of the table as a share of those of the full one.', {
      min: 0,
      max: 1,
    }),
    keep: integer(200, 'Fields of at most so many ids keep a row for each.', { min: 0 }),
    validation: validationOption(),
  },
  needs: ['fields', 'classes'],
  encodes: 'nothing',
  async settle(examples, options, context): Promise<ClicksSettings> {
    const [fields, classes] = given(ID, examples, ['fields', 'classes']);
    clicksOf(ID, classes);
    const { dim, interactions, hidden, table: method, budget, keep, minCount, seed } = options;
    const { train } = threeParts(classes.length, options);
    const known = vocabulariesOf(ID, fields, train, minCount);
    const common = { dim, budget, keep, seed };
    const make = context.table ?? tableMaker(method);
    const table = await make({ fields: known.fields }, common, context.run);
    return {
      vocabularies: known.vocabularies.map(({ name, values }) => ({ name, values })),
      table: { id: table.id, settings: table.model.settings },
      model: { interactions, fields: fields.length, dim, hidden, seed },
    };
  },
  build: (settings, { like }) => clicksNetwork(settings, like),
  task(own, examples, options) {
    const { table, vocabularies } = own;
    const [fields, classes] = given(ID, examples, ['fields', 'classes']);
    const ids = idsOf(ID, vocabularies, fields);
    const clicked = clicksOf(ID, classes);
    const { train, validation, heldOut } = threeParts(classes.length, options);
    const { network } = table;
    const longest = longestField(table);
    const after = Random.fromSeed(options.seed).fork('after steps');
    const logits = (rows: Int32Array, pass?: TrainingPass): Tensor =>
      own.logits(own.vectors(ids, rows, pass));
    const scoresOf = (rows: Int32Array, workspace: Workspace) =>
      clickScores(logits, rows, clicked, workspace);
    return {
      rows: train.length,
      heldOut:
        validation.length > 0
          ? {
              name: 'validationLoss',
              better: 'lower',
              value: async (workspace) =>
                network.isSearching?.()
                  ? Infinity
                  : (await scoresOf(validation, workspace)).logLoss,
            }
          : undefined,
      loss({ rows: places, step, steps, random }) {
        const rows = places.map((place) => train[place]);
        const z = logits(rows, { step, steps, random: random.fork('table') });
        const loss = binaryCrossEntropy(
          z,
          rows.map((row) => clicked[row]),
        );
        const seen = new Set(rows.map((row) => ids[longest][row]));
        return {
          loss: network.penalty ? add(loss, network.penalty()) : loss,
          spread: normalizeRows(table.lookup(longest, Int32Array.from(seen))),
        };
      },
      onStep: ({ step }, { steps, workspace }) =>
        network.afterStep?.(
          { step, steps, random: after.fork(step) },
          validation.length > 0
            ? async () => (await scoresOf(validation, workspace)).logLoss
            : undefined,
        ),
      async report(workspace) {
        const { bytes, fullBytes } = table;
        const trained = await scoresOf(train, workspace);
        const told = { tableBytes: bytes, tableShare: bytes / fullBytes, trainAuc: trained.auc };
        if (heldOut.length === 0) return told;
        const { auc, logLoss } = await scoresOf(heldOut, workspace);
        const yes = heldOut.filter((row) => clicked[row] === 1).length / heldOut.length;
        return { auc, logLoss, yes, heldOut: heldOut.length, ...told };
      },
    };
  },
  fieldsOf: ({ vocabularies }) => vocabularies.map(({ name }) => name),
  encode(network, examples) {
    if (examples.fields === undefined) return encodedIds(network);
    const [fields] = given(ID, examples, ['fields']);
    return encodedExamples(ID, network, fields);
  },
});

/** The place of the field with the most ids. */
function longestField({ fields }: Table): number {
  const sizes = fields.map(({ size }) => size);
  return sizes.indexOf(Math.max(...sizes));
}
