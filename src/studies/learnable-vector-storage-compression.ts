import { OptionError } from '../core/errors.ts';
import type { Learned } from '../families/learners/index.ts';
import * as tables from '../families/tables/index.ts';
import * as papers from '../method/bibliography/papers.ts';
import { methodsOf } from '../method/family.ts';
import { aboveBaseline, atLeast, defineStudy, notBelowBaseline } from './define.ts';
import { clicks } from './support/clicks.ts';
import { firstClicks, type TableOf, trainedClicks } from './support/trained-clicks.ts';

/** Shares of the bytes of the full table; the quick form has too few ids for less. */
const BUDGETS = [1 / 2, 1 / 4, 1 / 10, 1 / 20] as const;
const QUICK_BUDGETS = [4 / 5, 3 / 4, 7 / 10, 3 / 5] as const;

/** What the benchmark has of the family, the full table apart; `bench/tables.mjs` measures all others too. */
const COMPARED: readonly string[] = [
  'deep-hash',
  'hash',
  'int8-rows',
  'mixed-dimension',
  'multi-hash',
  'quotient-remainder',
  'robe',
  'tensor-train',
  'unified',
];

/** The largest share at which those are trained that take ten times as long as rows beyond it. */
const LARGEST: Readonly<Record<string, number>> = { 'deep-hash': 1 / 10, 'tensor-train': 1 / 4 };

const LEARNED_SCALES = 'int8-rows, learned scales';

/** How far below the full table still counts as equal: 0.2 points of area. */
const EQUAL = 0.002;

const aboveHash = (what: string) =>
  ({
    claim: `In a tenth of the bytes ${what} has a larger area under ROC than hashed ids`,
    baseline: 'the hashing trick',
    holds: aboveBaseline(),
  }) as const;

export default defineStudy({
  paper: papers.learnableVectorStorageCompression,
  methods: ['tables/full', ...COMPARED.map((id) => `tables/${id}`), 'learners/clicks'],
  quickSeeds: 1,
  claim:
    'Tables of ids can be trained in a tenth of the bytes at little loss, by most methods better than by hashed ids, and at eight bits a number at next to none.',
  data: [
    {
      name: 'Dependencies of Debian packages as clicks: the first 40,000 examples, five fields',
      source: 'study-data/package-dependencies',
      licence: 'free to use and share',
    },
  ],
  lines: {
    bytes: {
      claim: 'What is stored of every table fits the budget, indices and scales too',
      unit: '%',
      holds: atLeast(1),
    },
    falls: {
      claim: 'Of most methods the area under ROC falls with each smaller budget',
      unit: '%',
      holds: atLeast(0.5),
    },
    quotientRemainder: aboveHash('quotient and remainder'),
    mixedDimension: aboveHash('mixed dimension'),
    unified: aboveHash('one table for all fields'),
    tensorTrain: aboveHash('a tensor train'),
    deepHash: aboveHash('a network of hashes'),
    robe: aboveHash('one circular array'),
    two: {
      claim: 'In a tenth of the bytes two or more methods are at most 0.002 below the full table',
      holds: atLeast(2),
    },
    int8: {
      claim: 'Rows of int8 are at most 0.0005 below the full table',
      baseline: 'the full table',
      holds: notBelowBaseline(0.0005),
    },
    learnedScales: {
      claim: 'With learned scales rows of int8 are at most 0.0005 below the full table',
      baseline: 'the full table',
      holds: notBelowBaseline(0.0005),
    },
  },
  readings: {
    full: { title: 'Area under ROC, full table' },
    best: { title: 'Best area in a tenth of the bytes' },
    smallest: { title: 'Best area in a twentieth of the bytes' },
  },
  curves: {
    title: 'Area under ROC by the share of the bytes',
    x: 'share of the bytes of the full table',
    y: 'area under ROC',
    logX: true,
  },
  deviations: [
    'Packages and what they depend on in place of Avazu and Criteo, which cannot be had here; MovieLens, which the plan named, may not be passed on.',
    'A factorisation machine of 16 columns, three epochs, and one step length for all, chosen on the full and the hashed table, in place of WDL, DeepFM, DCN and DLRM with a grid of step lengths and early stopping.',
    'Nine kinds of tables; of the fourteen of the benchmark deduplication, product codes (their rows are full in training), AdaptEmb, AutoDim, OptEmbed, DeepLight, AutoSrh and PEP are not among them, and unified tables and means of rows stand beside them.',
    'A first full run summed the rows of several hashes, where a step moves a vector several times too far (0.854 in a tenth of the bytes); they are averaged now. No rule was changed.',
    'Rows get AdaGrad by rows at ten times the step length, cores and networks Adam; the paper has Adam for all.',
    'The network of hashes has 128 hashes and two layers in place of 1,024 and five, and is trained in a tenth and a twentieth of the bytes alone, a tensor train in a quarter and less: more takes ten times as long.',
    'Rows of int8 share rows by a hash where the budget has less than a row for each id.',
    'Mixed dimension, and quotient and remainder of two parts, have no table of a twentieth of the bytes beside the fields that keep their rows.',
    'Fields of at most 200 ids keep a row for each, within the bytes.',
  ],
  async run(study) {
    const { quick, data, tick } = study;
    const all = await clicks('package-dependencies', { data, quick });
    const examples = firstClicks(all, quick ? 1500 : 40_000);
    const budgets = quick ? QUICK_BUDGETS : BUDGETS;
    const train = (table: TableOf, budget: number): Promise<Learned> =>
      trainedClicks(examples, study, {
        ...{ table, budget, dim: quick ? 8 : 16 },
        ...{ interactions: 'fm', heldOut: 0.2 },
      });
    const full = areaOf(await train(tables.full, 1));
    const makers = tablesToCompare();
    const found = new Map<string, readonly (Learned | undefined)[]>();
    for (const [name, table] of makers) {
      await tick(found.size / makers.size);
      const most = quick ? 1 : (LARGEST[name] ?? 1);
      const row: (Learned | undefined)[] = [];
      for (const budget of budgets)
        row.push(budget > most ? undefined : await unlessTooFew(() => train(table, budget)));
      found.set(name, row);
    }
    const areaAt = (name: string, at: number) => {
      const learned = found.get(name)?.[at];
      return learned ? areaOf(learned) : Number.NaN;
    };
    const areasAt = (at: number) =>
      [...found.keys()].map((name) => areaAt(name, at)).filter(Number.isFinite);
    const TENTH = 2;
    const overHash = (name: string) => ({
      value: areaAt(name, TENTH),
      baseline: areaAt('hash', TENTH),
    });
    const rows = [...found.values()];
    return {
      bytes: shareOf(rows.flatMap((row) => row.map((own, at) => fits(own, budgets[at])))),
      falls: shareOf(rows.map(fallsThroughout)),
      quotientRemainder: overHash('quotient-remainder'),
      mixedDimension: overHash('mixed-dimension'),
      unified: overHash('unified'),
      tensorTrain: overHash('tensor-train'),
      deepHash: overHash('deep-hash'),
      robe: overHash('robe'),
      two: areasAt(TENTH).filter((area) => area >= full - EQUAL).length,
      int8: { value: areaAt('int8-rows', 0), baseline: full },
      learnedScales: { value: areaAt(LEARNED_SCALES, 0), baseline: full },
      full,
      best: Math.max(...areasAt(TENTH)),
      smallest: Math.max(...areasAt(TENTH + 1)),
      curves: {
        'full table': { x: budgets, y: budgets.map(() => full) },
        ...Object.fromEntries([...found].map(([name, row]) => [name, curveOf(row, budgets)])),
      },
    };
  },
});

/** Those that are compared, and rows of int8 with learned scales. */
function tablesToCompare(): ReadonlyMap<string, TableOf> {
  const all = methodsOf(tables) as unknown as readonly tables.TableMethod[];
  const makers = new Map<string, TableOf>();
  for (const method of all)
    if (COMPARED.includes(method.spec.id))
      makers.set(method.spec.id, (input, shared, run) => method(input, { ...shared }, run));
  return makers.set(LEARNED_SCALES, (input, shared, run) =>
    tables.int8Rows(input, { ...shared, scales: 'learned' }, run),
  );
}

const areaOf = ({ report }: Learned) => report['auc'];

/** Nothing where no table of the kind has so few bytes. */
async function unlessTooFew(train: () => Promise<Learned>): Promise<Learned | undefined> {
  try {
    return await train();
  } catch (error) {
    if (error instanceof OptionError && error.message.includes('"budget"')) return undefined;
    throw error;
  }
}

const fits = (learned: Learned | undefined, budget: number) =>
  learned === undefined || learned.report['tableShare'] <= budget;

/** Whether each smaller budget has a smaller area. */
function fallsThroughout(row: readonly (Learned | undefined)[]): boolean {
  const areas = row.filter((own) => own !== undefined).map(areaOf);
  return areas.every((area, i) => i === 0 || area < areas[i - 1]);
}

const shareOf = (facts: readonly boolean[]) => facts.filter(Boolean).length / facts.length;

function curveOf(row: readonly (Learned | undefined)[], budgets: readonly number[]) {
  const known = budgets.flatMap((x, at) => {
    const learned = row[at];
    return learned ? [{ x, y: areaOf(learned) }] : [];
  });
  return { x: known.map(({ x }) => x), y: known.map(({ y }) => y) };
}
