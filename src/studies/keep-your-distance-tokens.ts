import { languageModel } from '../families/learners/index.ts';
import {
  type BoundObjective,
  gaussianEnergy,
  koleo,
  lloyd,
  sliced,
} from '../families/objectives/index.ts';
import * as papers from '../method/bibliography/papers.ts';
import {
  aboveBaseline,
  belowBaseline,
  type ComparedLine,
  defineStudy,
  type StudyContext,
} from './define.ts';
import { loadAddresses, loadSentencePairs } from './support/texts.ts';
import { type TableGeometry, tableGeometry } from './support/token-table.ts';

/** What keeps the rows apart, and its weight beside the loss. */
const DISPERSION = {
  KoLeo: { objective: koleo.bind(), weight: 1 },
  Gaussian: { objective: gaussianEnergy.bind({ gamma: 0.5 }), weight: 10 },
  Lloyd: { objective: lloyd.bind(), weight: 1 },
  Sliced: { objective: sliced.bind(), weight: 1 },
} as const;

type Name = keyof typeof DISPERSION;
const NAMES = Object.keys(DISPERSION) as readonly Name[];

/** Products with unit rows need a factor to reach the sharpness that free rows learn. */
const TABLES = {
  free: { table: 'euclidean', scale: 1 },
  sphere: { table: 'spherical', scale: 2 },
} as const;

type Table = keyof typeof TABLES;
const WORDS: Readonly<Record<Table, string>> = {
  free: 'a free table',
  sphere: 'a spherical table',
};
const IN_WORDS: Readonly<Record<Name, string>> = {
  KoLeo: 'KoLeo',
  Gaussian: 'the Gaussian energy',
  Lloyd: 'Lloyd',
  Sliced: 'the sliced loss',
};

type Compared = { readonly value: number; readonly baseline: number };
type LineKey = `${Table}${Name}${'' | 'Rare' | 'Nearest'}`;

/** For each table and each loss: perplexity, that of rare words, and how far rare words lie from others. */
const lineOf: Record<'' | 'Rare' | 'Nearest', (how: string) => ComparedLine> = {
  '': (how) => ({
    claim: `With ${how}, the perplexity of addresses that were held out falls`,
    baseline: 'without dispersion',
    holds: belowBaseline(),
  }),
  Rare: (how) => ({
    claim: `With ${how}, that of the rarest quarter of the words falls`,
    baseline: 'without dispersion',
    holds: belowBaseline(),
  }),
  Nearest: (how) => ({
    claim: `With ${how}, rare words lie farther from their nearest word (median)`,
    unit: '°',
    baseline: 'without dispersion',
    holds: aboveBaseline(),
  }),
};

const TABLE_NAMES = Object.keys(TABLES) as readonly Table[];
const PARTS = ['', 'Rare', 'Nearest'] as const;

const pairedLines = Object.fromEntries(
  PARTS.flatMap((part) =>
    TABLE_NAMES.flatMap((table) =>
      NAMES.map((name) => [
        `${table}${name}${part}`,
        lineOf[part](`${IN_WORDS[name]} on ${WORDS[table]}`),
      ]),
    ),
  ),
) as Record<LineKey, ComparedLine>;

export default defineStudy({
  paper: papers.keepYourDistance,
  part: 'tokens',
  quickSeeds: 2,
  methods: [
    'learners/language-model',
    'objectives/koleo',
    'objectives/gaussian-energy',
    'objectives/lloyd',
    'objectives/sliced',
  ],
  claim:
    'Token embeddings of a language model crowd together, rare ones most; a dispersion loss on the table keeps them apart and the model is the better for it.',
  data: [
    {
      name: 'Twelve State of the Union addresses of 1945 to 2006, others for each seed; three of them held out',
      source: 'study-data/state-of-the-union',
      licence: 'public domain',
    },
    {
      name: 'Genesis in English, 1,478 verses; a quarter held out',
      source: 'study-data/genesis-verses',
      licence: 'public domain',
    },
  ],
  lines: {
    degenerate: {
      claim:
        'In a free table without dispersion rare words point one way: their mean cosine is larger',
      baseline: 'most frequent quarter',
      holds: aboveBaseline(),
    },
    crowded: {
      claim: 'They lie nearer to their nearest word (median)',
      unit: '°',
      baseline: 'most frequent quarter',
      holds: belowBaseline(),
    },
    round: {
      claim: 'Rows on the sphere, without dispersion, have rare words of smaller mean cosine',
      baseline: 'free table',
      holds: belowBaseline(),
    },
    sphere: {
      claim: 'A spherical table without dispersion has the smaller perplexity',
      baseline: 'free table',
      holds: belowBaseline(),
    },
    ...pairedLines,
    verses: {
      claim: 'Of verses held out, the sliced loss on a spherical table lowers the perplexity',
      baseline: 'without dispersion',
      holds: belowBaseline(),
    },
    versesRare: {
      claim: 'And that of the rarest quarter of the words',
      baseline: 'without dispersion',
      holds: belowBaseline(),
    },
  },
  readings: {
    frequent: { title: 'Perplexity of the most frequent quarter, free table without dispersion' },
    frequentSphere: { title: 'The same, spherical table' },
    cosine: { title: 'Mean cosine of all tokens, free table without dispersion' },
    cosineSphere: { title: 'The same, spherical table' },
    cosineSliced: { title: 'The same, spherical table with the sliced loss' },
    hubness: { title: 'Skewness of the 10-occurrence, free table without dispersion' },
    hubnessSphere: { title: 'The same, spherical table' },
    hubnessSliced: { title: 'The same, spherical table with the sliced loss' },
    unknown: { title: 'Words that the vocabulary of 800 does not have', unit: '%' },
  },
  curves: {
    title:
      'Perplexity by quarter of the words, from frequent to rare, over that without dispersion',
    x: 'quarter of the words',
    y: 'perplexity, without dispersion = 1',
  },
  deviations: [
    'A language model of one block, 32 columns and 300 steps in place of translation by full transformers; perplexity in place of BLEU.',
    'That rare tokens degenerate is the observation of Gao et al. (2019) that motivates dispersion.',
    'The weights were chosen among two for each loss on a seed of its own, on a spherical table of 64 columns, by perplexity; free tables have the same.',
    'A line holds where a fall is sure over the seeds, however small it is: read the differences.',
    'Words are the 798 most frequent of the texts that are trained on; all others are one token, which counts in the perplexity and in no quarter.',
  ],
  async run(study) {
    const addresses = await someAddresses(study);
    const tables = {
      free: await withEach(study, addresses, 'free', 0),
      sphere: await withEach(study, addresses, 'sphere', 0.45),
    };
    const verses = await ofVerses(study);
    const { free, sphere } = { free: tables.free.none, sphere: tables.sphere.none };
    const paired = TABLE_NAMES.flatMap((table) =>
      NAMES.flatMap((name): [LineKey, Compared][] => {
        const { none, [name]: spread } = tables[table];
        return [
          [`${table}${name}`, { value: spread.perplexity, baseline: none.perplexity }],
          [`${table}${name}Rare`, { value: spread.quarters[3], baseline: none.quarters[3] }],
          [`${table}${name}Nearest`, { value: spread.rare.nearest, baseline: none.rare.nearest }],
        ];
      }),
    );
    const over = (table: Table, name: Name) =>
      tables[table][name].quarters.map((value, q) => value / tables[table].none.quarters[q]);
    const x = [1, 2, 3, 4];
    return {
      degenerate: { value: free.rare.cosine, baseline: free.frequent.cosine },
      crowded: { value: free.rare.nearest, baseline: free.frequent.nearest },
      round: { value: sphere.rare.cosine, baseline: free.rare.cosine },
      sphere: { value: sphere.perplexity, baseline: free.perplexity },
      ...(Object.fromEntries(paired) as Record<LineKey, Compared>),
      ...verses,
      frequent: free.quarters[0],
      frequentSphere: sphere.quarters[0],
      cosine: free.cosine,
      cosineSphere: sphere.cosine,
      cosineSliced: tables.sphere.Sliced.cosine,
      hubness: free.hubness,
      hubnessSphere: sphere.hubness,
      hubnessSliced: tables.sphere.Sliced.hubness,
      unknown: free.unknown,
      curves: Object.fromEntries(
        NAMES.flatMap((name) => [
          [`${name}, free`, { x, y: over('free', name) }],
          [`${name}, sphere`, { x, y: over('sphere', name) }],
        ]),
      ),
    };
  },
});

async function someAddresses({ quick, random, data }: StudyContext): Promise<readonly string[]> {
  const all = [...(await loadAddresses(data)).values()];
  const drawn = random.fork('addresses').sample(all.length, quick ? 6 : 12);
  return Array.from(drawn, (i) => (quick ? all[i].slice(0, 4000) : all[i]));
}

/** A table without dispersion, and with each loss. */
async function withEach(
  study: StudyContext,
  texts: readonly string[],
  table: Table,
  done: number,
): Promise<Record<Name | 'none', Trained>> {
  const found: [string, Trained][] = [];
  for (const name of ['none', ...NAMES] as const) {
    const spread = name === 'none' ? undefined : DISPERSION[name];
    found.push([name, await trained(study, texts, table, spread)]);
    await study.tick(done + (0.45 * found.length) / (NAMES.length + 1));
  }
  return Object.fromEntries(found) as Record<Name | 'none', Trained>;
}

/** The loss that the paper's own translation models have, on other texts. */
async function ofVerses(study: StudyContext) {
  const { source } = await loadSentencePairs(study.data, 'genesis-verses', 'eng', 'fra');
  const texts = study.quick ? source.slice(0, 200) : source;
  const sizes = study.quick ? {} : { vocabulary: 500, steps: 200 };
  const without = await trained(study, texts, 'sphere', undefined, sizes);
  const spread = await trained(study, texts, 'sphere', DISPERSION.Sliced, sizes);
  return {
    verses: { value: spread.perplexity, baseline: without.perplexity },
    versesRare: { value: spread.quarters[3], baseline: without.quarters[3] },
  };
}

/** What a model says of texts held out, and how its table lies. */
interface Trained extends TableGeometry {
  readonly perplexity: number;
  /** From frequent to rare. */
  readonly quarters: readonly number[];
  readonly unknown: number;
}

async function trained(
  study: StudyContext,
  texts: readonly string[],
  table: Table,
  spread: { readonly objective: BoundObjective; readonly weight: number } | undefined,
  sizes: { readonly vocabulary?: number; readonly steps?: number } = {},
): Promise<Trained> {
  const { quick, seed, engine, signal } = study;
  const settings = {
    ...TABLES[table],
    ...(quick
      ? { vocabulary: 80, dim: 16, context: 8, batch: 8, steps: 20 }
      : { vocabulary: 800, dim: 32, context: 32, batch: 8, steps: 300 }),
    ...sizes,
    ...{ seed, learningRate: 0.005, clip: 1, heldOut: 0.25, spreadWeight: spread?.weight ?? 0 },
  };
  const run = { engine, signal, spread: spread?.objective };
  const { model, report } = await languageModel({ texts }, settings, run);
  const { perplexity, perplexity1, perplexity2, perplexity3, perplexity4, unknown } = report;
  const { points } = await languageModel.embed(model, {}, { engine });
  return {
    perplexity,
    quarters: [perplexity1, perplexity2, perplexity3, perplexity4],
    unknown,
    ...(await tableGeometry(study, points)),
  };
}
