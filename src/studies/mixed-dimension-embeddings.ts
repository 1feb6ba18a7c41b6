import type { Learned } from '../families/learners/index.ts';
import { full, mixedDimension } from '../families/tables/index.ts';
import * as papers from '../method/bibliography/papers.ts';
import { areaUnderRoc } from '../numerics/statistics/area-under-roc.ts';
import { aboveBaseline, defineStudy, notBelowBaseline } from './define.ts';
import { type Clicks, clicks, splitClicks } from './support/clicks.ts';
import { factorisation } from './support/factorisation.ts';
import { firstClicks, type TableOf, trainedClicks } from './support/trained-clicks.ts';

const DIM = 16;
const ALPHAS = [0.15, 0.3, 0.45, 0.6, 1] as const;

export default defineStudy({
  paper: papers.mixedDimensionEmbeddings,
  methods: ['tables/mixed-dimension', 'tables/full', 'learners/clicks'],
  quickSeeds: 2,
  claim:
    'Rows whose width follows the frequency of their ids by a power do better than rows of one width for the same bytes, and keep what the full table does in a fraction of its bytes.',
  data: [
    {
      name: 'Dependencies of Debian packages as clicks: the first 67,500 examples, five fields',
      source: 'study-data/package-dependencies',
      licence: 'free to use and share',
    },
  ],
  lines: {
    half: {
      claim: 'In half of the bytes the area under ROC is above that of rows of one width',
      baseline: 'rows of 8 columns',
      holds: aboveBaseline(),
    },
    quarter: {
      claim: 'In a quarter of the bytes the area under ROC is above that of rows of one width',
      baseline: 'rows of 4 columns',
      holds: aboveBaseline(),
    },
    eighth: {
      claim: 'In an eighth of the bytes the area under ROC is above that of rows of one width',
      baseline: 'rows of 2 columns',
      holds: aboveBaseline(),
    },
    projected: {
      claim:
        'So it is above that of rows of 2 columns behind a projection, which have a tenth more bytes',
      baseline: 'α = 0',
      holds: aboveBaseline(),
    },
    kept: {
      claim: 'In a quarter of the bytes the area is at most 0.005 below that of the full table',
      baseline: 'the full table, 16 columns',
      holds: notBelowBaseline(0.005),
    },
    keptByEighth: {
      claim: 'In an eighth of the bytes the area is at most 0.005 below that of the full table',
      baseline: 'the full table, 16 columns',
      holds: notBelowBaseline(0.005),
    },
    steep: {
      claim: 'In an eighth of the bytes α = 0.3 does better than α = 0.6: widths may fall too fast',
      baseline: 'α = 0.6',
      holds: aboveBaseline(),
    },
    head: {
      claim:
        'In an eighth of the bytes the gain is there on the half of examples with frequent items',
      baseline: 'rows of 2 columns',
      holds: aboveBaseline(),
    },
    tail: {
      claim:
        'In an eighth of the bytes the half of examples with rare items loses no more than 0.005',
      baseline: 'rows of 2 columns',
      holds: notBelowBaseline(0.005),
    },
  },
  readings: {
    fullHead: { title: 'Area under ROC of the full table on the half with frequent items' },
    fullTail: { title: 'Area under ROC of the full table on the half with rare items' },
    share: { title: 'Bytes of the table of an eighth over those of the full one', unit: '%' },
    projectedShare: {
      title: 'Bytes of the table with α = 0 over those of the full one',
      unit: '%',
    },
  },
  curves: {
    title: 'Area under ROC in an eighth of the bytes, by how fast widths fall',
    x: 'α',
    y: 'area under ROC',
  },
  deviations: [
    'Packages and what they depend on in place of MovieLens and Criteo Kaggle, which cannot be had here; negatives are drawn, and the area under ROC stands in place of accuracy and squared error.',
    'A factorisation machine over five fields, three epochs and one learning rate, chosen on the full table and the hashing trick alone.',
    'Rows of one width are trained as such, without projections; those of mixed width pay for their projections and for fields of at most 200 ids, which keep 16 columns.',
    'Eight blocks a field, each with the same share of the examples; neighbours of one width are one block.',
  ],
  async run(study) {
    const { quick, data, random, tick } = study;
    const all = await clicks('package-dependencies', { data, quick });
    const { train, val, test } = splitClicks(firstClicks(all, quick ? 4000 : 67_500), random);
    const dim = quick ? 8 : DIM;
    let done = 0;
    const areas = async (table: TableOf, own: { dim?: number; budget?: number } = {}) => {
      await tick(done++ / 12);
      const training = { table, dim, interactions: 'fm', heldOut: 0, ...own } as const;
      const learned = await trainedClicks(train, study, training);
      return areasOf(learned, train, [val, test]);
    };
    const whole = await areas(full);
    const shares = quick ? [1 / 2, 3 / 8, 3 / 8] : [1 / 2, 1 / 4, 1 / 8];
    const uniform: Areas[] = [];
    for (const share of shares) uniform.push(await areas(full, { dim: share * dim }));
    const mixed: Areas[] = [];
    for (const budget of shares) mixed.push(await areas(widthsBy(0.3), { budget }));
    const [, , smallest] = mixed;
    const swept: Areas[] = [];
    for (const alpha of ALPHAS)
      swept.push(alpha === 0.3 ? smallest : await areas(widthsBy(alpha), { budget: shares[2] }));
    // Two columns and what projects them need more than an eighth.
    const projected = await areas(widthsBy(0), { budget: quick ? shares[2] : 0.15 });
    const [half, quarter, eighth] = shares.map((_, i) => compared(mixed[i].all, uniform[i].all));
    return {
      ...{ half, quarter, eighth },
      projected: compared(smallest.all, projected.all),
      kept: compared(mixed[1].all, whole.all),
      keptByEighth: compared(smallest.all, whole.all),
      steep: compared(smallest.all, swept[3].all),
      head: compared(smallest.head, uniform[2].head),
      tail: compared(smallest.tail, uniform[2].tail),
      fullHead: whole.head,
      fullTail: whole.tail,
      share: smallest.share,
      projectedShare: projected.share,
      curves: {
        'mixed widths': { x: ALPHAS, y: swept.map((own) => own.all) },
        'one width': { x: ALPHAS, y: ALPHAS.map(() => uniform[2].all) },
        'full table': { x: ALPHAS, y: ALPHAS.map(() => whole.all) },
      },
    };
  },
});

const widthsBy =
  (alpha: number): TableOf =>
  (input, shared, run) =>
    mixedDimension(input, { ...shared, alpha }, run);

const compared = (value: number, baseline: number) => ({ value, baseline });

interface Areas {
  readonly all: number;
  /** On the half of the examples with the more frequent items. */
  readonly head: number;
  readonly tail: number;
  /** Bytes over those of the full table. */
  readonly share: number;
}

/** Areas under ROC on parts that were not trained on. */
async function areasOf(learned: Learned, train: Clicks, parts: readonly Clicks[]): Promise<Areas> {
  const counts = new Map<number, number>();
  for (const id of itemsOf(train)) counts.set(id, (counts.get(id) ?? 0) + 1);
  const logitsOf = await factorisation(learned);
  const scored = parts.flatMap((part) => {
    const logits = logitsOf(part);
    const items = itemsOf(part);
    return Array.from(logits, (z, i) => ({
      z,
      yes: part.labels[i] === 1,
      count: counts.get(items[i]) ?? 0,
    }));
  });
  const byCount = scored.toSorted((a, b) => b.count - a.count);
  const middle = Math.floor(byCount.length / 2);
  const area = (some: typeof scored) =>
    areaUnderRoc(
      some.filter(({ yes }) => !yes).map(({ z }) => z),
      some.filter(({ yes }) => yes).map(({ z }) => z),
    );
  return {
    all: area(scored),
    head: area(byCount.slice(0, middle)),
    tail: area(byCount.slice(middle)),
    share: learned.report['tableShare'],
  };
}

function itemsOf({ fields }: Clicks): Int32Array {
  return fields[fields.findIndex(({ name }) => name === 'item')].ids;
}
