import type { Matrix } from '../core/matrix.ts';
import { clicks as clickLearner, type Learned } from '../families/learners/index.ts';
import { effectiveRank } from '../families/metrics/index.ts';
import { full, hash, quotientRemainder, type Table } from '../families/tables/index.ts';
import * as papers from '../method/bibliography/papers.ts';
import {
  aboveBaseline,
  atLeast,
  atMostTimesBaseline,
  defineStudy,
  notBelowBaseline,
  type StudyContext,
} from './define.ts';
import { clicks } from './support/clicks.ts';
import { firstClicks, type TableOf, trainedClicks } from './support/trained-clicks.ts';

/** Shares of the bytes of the full table; the quick form has too few ids for less. */
const BUDGETS = [1 / 4, 1 / 8, 1 / 16] as const;
const QUICK_BUDGETS = [3 / 5, 1 / 2, 2 / 5] as const;

export default defineStudy({
  paper: papers.compositionalEmbeddingsQr,
  methods: ['tables/quotient-remainder', 'tables/hash', 'tables/full', 'learners/clicks'],
  quickSeeds: 2,
  claim:
    'Rows by remainder and by quotient give every id a vector of its own, and a click model over them loses less than over hashed ids for the same bytes; multiplied rows lose least.',
  data: [
    {
      name: 'Dependencies of Debian packages as clicks: the first 67,500 examples, five fields',
      source: 'study-data/package-dependencies',
      licence: 'free to use and share',
    },
  ],
  lines: {
    distinct: {
      claim: 'Every id of an item has a vector of its own, in a sixteenth of the bytes',
      unit: '%',
      holds: atLeast(1),
    },
    quarter: {
      claim: 'In a quarter of the bytes the area under ROC is above that of the hashing trick',
      baseline: 'hashing by remainder',
      holds: aboveBaseline(),
    },
    eighth: {
      claim: 'In an eighth of the bytes the area under ROC is above that of the hashing trick',
      baseline: 'hashing by remainder',
      holds: aboveBaseline(),
    },
    sixteenth: {
      claim: 'In a sixteenth of the bytes the area under ROC is above that of the hashing trick',
      baseline: 'hashing by remainder',
      holds: aboveBaseline(),
    },
    random: {
      claim: 'In a quarter of the bytes the area is above that of ids hashed by chance',
      baseline: 'hashing by chance',
      holds: aboveBaseline(),
    },
    halved: {
      claim: 'In a quarter of the bytes the area falls by half as much as by the hashing trick',
      baseline: 'what hashing by remainder loses',
      holds: atMostTimesBaseline(0.5),
    },
    concat: {
      claim:
        'Rows beside one another are at most 0.005 below the full table in a quarter of its bytes',
      baseline: 'the full table',
      holds: notBelowBaseline(0.005),
    },
    add: {
      claim: 'Multiplied rows do better than added ones in a quarter of the bytes',
      baseline: 'added rows',
      holds: aboveBaseline(),
    },
    beside: {
      claim: 'Multiplied rows do better than rows beside one another in a quarter of the bytes',
      baseline: 'rows beside one another',
      holds: aboveBaseline(),
    },
  },
  readings: {
    alone: {
      title:
        'Items that share their vector with no other, hashed by chance in a quarter of the bytes',
      unit: '%',
    },
    byQuotient: {
      title:
        'Area with added rows where items next to one another in frequency share the long table’s rows, as in the code of DLRM',
    },
    fullRank: { title: 'Effective rank of the vectors of items, full table' },
    rank: { title: 'Effective rank, quotient and remainder in a quarter of the bytes' },
    hashRank: { title: 'Effective rank, hashing by chance in a quarter of the bytes' },
  },
  curves: {
    title: 'Area under ROC by the share of the bytes',
    x: 'share of the bytes of the full table',
    y: 'area under ROC',
    logX: true,
  },
  deviations: [
    'Packages and what they depend on in place of Criteo Kaggle, which cannot be had here; negatives are drawn.',
    'A factorisation machine with a small network (DeepFM), 16 columns, three epochs and one learning rate, chosen on the full and the hashed table alone; the paper has DLRM and Deep & Cross Networks.',
    'Ids go from the most frequent on, and remainders have the long table; the code of DLRM gives it to quotients. In this order hashing by remainder is a stronger baseline than by chance: frequent items share rows with rare ones alone.',
    'Fields of at most 200 ids keep a row for each, within the bytes.',
    'Multiplied rows begin normal: remainders of deviation 0.05, quotients of 1.',
    'The path-based variant, a small network for each class of quotients, is not built.',
  ],
  async run(study) {
    const { quick, data, tick } = study;
    const all = await clicks('package-dependencies', { data, quick });
    const examples = firstClicks(all, quick ? 4000 : 67_500);
    const budgets = quick ? QUICK_BUDGETS : BUDGETS;
    let done = 0;
    const train = async (table: TableOf, budget = 1): Promise<Learned> => {
      await tick(done++ / 15);
      const training = { table, budget, dim: quick ? 8 : 16, heldOut: 0.2 } as const;
      return trainedClicks(examples, study, { ...training, interactions: 'deep-fm' });
    };
    const along = async (table: TableOf) => {
      const trained: Learned[] = [];
      for (const budget of budgets) trained.push(await train(table, budget));
      return trained;
    };
    const whole = await train(full);
    const hashed = await along(hash);
    const byRemainder = await along(remaindersAlone);
    const multiplied = await along(combinedBy('multiply'));
    const beside = await along(combinedBy('concat'));
    const added = await train(combinedBy('add'), budgets[0]);
    const byQuotient = await train(quotientsFirst, budgets[0]);
    const curveOf = (trained: readonly Learned[]) => ({ x: budgets, y: trained.map(areaOf) });
    return {
      distinct: aloneShare(await itemVectors(multiplied[2])),
      quarter: compared(multiplied[0], byRemainder[0]),
      eighth: compared(multiplied[1], byRemainder[1]),
      sixteenth: compared(multiplied[2], byRemainder[2]),
      random: compared(multiplied[0], hashed[0]),
      halved: {
        value: areaOf(whole) - areaOf(multiplied[0]),
        baseline: areaOf(whole) - areaOf(byRemainder[0]),
      },
      concat: compared(beside[0], whole),
      add: compared(multiplied[0], added),
      beside: compared(multiplied[0], beside[0]),
      alone: aloneShare(await itemVectors(hashed[0])),
      byQuotient: areaOf(byQuotient),
      fullRank: await rankOf(whole, study),
      rank: await rankOf(multiplied[0], study),
      hashRank: await rankOf(hashed[0], study),
      curves: {
        'full table': { x: budgets, y: budgets.map(() => areaOf(whole)) },
        multiplied: curveOf(multiplied),
        'beside one another': curveOf(beside),
        'hashed by remainder': curveOf(byRemainder),
        'hashed by chance': curveOf(hashed),
      },
    };
  },
});

const combinedBy =
  (combine: 'multiply' | 'add' | 'concat'): TableOf =>
  (input, shared, run) =>
    quotientRemainder(input, { ...shared, combine }, run);

/** The hashing trick of the paper, id mod m, with as many rows as remainders and quotients have together. */
const remaindersAlone: TableOf = async (input, shared, run) =>
  withRadices(await quotientRemainder(input, shared, run), (radices) => [
    radices.reduce((a, b) => a + b, 0),
  ]);

/** The long table goes by quotients. */
const quotientsFirst: TableOf = async (input, shared, run) =>
  withRadices(await quotientRemainder(input, { ...shared, combine: 'add' }, run), (radices) =>
    radices.toReversed(),
  );

interface Planned {
  readonly plan: { readonly radices: readonly (readonly number[])[] };
}

/** The table with the parts of each field changed. */
function withRadices(
  table: Table,
  change: (radices: readonly number[]) => readonly number[],
): Table {
  const { settings } = table.model;
  const { plan } = settings as unknown as Planned;
  const changed = { ...plan, radices: plan.radices.map(change) };
  return quotientRemainder.built({ ...settings, plan: changed });
}

const areaOf = ({ report }: Learned) => report['auc'];

const compared = (own: Learned, baseline: Learned) => ({
  value: areaOf(own),
  baseline: areaOf(baseline),
});

/** The vectors of all items, each an id of its own. */
async function itemVectors({ model }: Learned): Promise<Matrix> {
  const { points, labels = [] } = await clickLearner.embed(model, {});
  const items = labels.flatMap((label, row) => (label.startsWith('item=') ? [row] : []));
  const d = points.cols;
  const data = points.data.subarray(items[0] * d, (items[items.length - 1] + 1) * d);
  return { data, rows: items.length, cols: d };
}

/** The share of rows that no other row is equal to. */
function aloneShare({ data, rows: n, cols: d }: Matrix): number {
  const counts = new Map<string, number>();
  for (let i = 0; i < n; i++) {
    const row = data.subarray(i * d, (i + 1) * d).join();
    counts.set(row, (counts.get(row) ?? 0) + 1);
  }
  return [...counts.values()].filter((count) => count === 1).length / n;
}

async function rankOf(learned: Learned, { engine, signal }: StudyContext): Promise<number> {
  return (await effectiveRank(await itemVectors(learned), {}, { engine, signal })).value;
}
