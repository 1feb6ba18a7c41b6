import { describe, expect, test } from 'vitest';
import { OptionError } from '../core/errors.ts';
import { referenceEngine } from '../engine/index.ts';
import {
  aboveBaseline,
  atLeast,
  atLeastTimesBaseline,
  atMost,
  atMostTimesBaseline,
  belowBaseline,
  between,
  curvesChart,
  defineStudy,
  nearBaseline,
  notAboveBaseline,
  notBelowBaseline,
  type Rule,
  runStudy,
  type Study,
  scatterChartOf,
  studyById,
  studyPage,
} from './index.ts';
import { intervalOf, meanCurves, meanScatter, verdictOf } from './support/judge.ts';
import { isMet, phraseOf } from './support/rules.ts';

const header = {
  paper: {
    slug: 'planted',
    authors: 'Nobody',
    title: 'Planted',
    year: 2026,
    source: 'arXiv:0000.00000',
  },
  methods: [],
  claim: 'One number is above another.',
  data: [{ name: 'one number', source: 'by seed', licence: 'planted' }],
} as const;

const data = {
  folder: () => Promise.reject(new Error('no data')),
  full: () => Promise.reject(new Error('no data')),
};

/** value = seed + noise-free offset; the baseline is the seed. */
const planted = defineStudy({
  ...header,
  seeds: 4,
  lines: {
    plain: { claim: 'It is at least one', holds: atLeast(1) },
    above: { claim: 'It is above the seed', baseline: 'the seed', holds: aboveBaseline() },
    never: { claim: 'It is below the seed', baseline: 'the seed', holds: belowBaseline(1) },
  },
  readings: { seed: { title: 'Seed' } },
  run: async ({ seed, tick }) => {
    await tick(0.5);
    const compared = { value: seed + 2, baseline: seed };
    return { plain: 5, above: compared, never: compared, seed };
  },
});

const run = (study: Study, options = {}) =>
  runStudy(study, { engine: referenceEngine, data, ...options });

describe('rules', () => {
  const cases: readonly (readonly [Rule, string, (readonly [number, number, boolean])[]])[] = [
    [
      atLeast(0.5),
      'at least 0.5',
      [
        [0.5, 0.6, true],
        [0.4, 0.6, false],
      ],
    ],
    [
      atMost(0.5),
      'at most 0.5',
      [
        [0.1, 0.5, true],
        [0.4, 0.6, false],
      ],
    ],
    [
      between(1, 2),
      '1 to 2',
      [
        [1, 2, true],
        [0.9, 2, false],
      ],
    ],
    [
      aboveBaseline(),
      'above the baseline',
      [
        [0.1, 1, true],
        [0, 1, false],
      ],
    ],
    [
      aboveBaseline(3),
      'at least 3 above the baseline',
      [
        [3, 4, true],
        [2, 4, false],
      ],
    ],
    [
      belowBaseline(),
      'below the baseline',
      [
        [-1, -0.1, true],
        [-1, 0, false],
      ],
    ],
    [
      belowBaseline(3),
      'at least 3 below the baseline',
      [
        [-4, -3, true],
        [-4, -2, false],
      ],
    ],
    [
      notBelowBaseline(0.1),
      'at most 0.1 below the baseline',
      [
        [-0.1, 1, true],
        [-0.2, 1, false],
      ],
    ],
    [
      notAboveBaseline(0.1),
      'at most 0.1 above the baseline',
      [
        [-1, 0.1, true],
        [-1, 0.2, false],
      ],
    ],
    [
      nearBaseline(0.1),
      'within 0.1 of the baseline',
      [
        [-0.1, 0.1, true],
        [-0.2, 0, false],
      ],
    ],
    [
      atMostTimesBaseline(0.5),
      'at most 0.5 times the baseline',
      [
        [0, 0.5, true],
        [0, 1, false],
      ],
    ],
    [
      atLeastTimesBaseline(2),
      'at least 2 times the baseline',
      [
        [2, 3, true],
        [1, 3, false],
      ],
    ],
  ];
  test.each(cases)('%o is "%s"', (rule, phrase, intervals) => {
    expect(phraseOf(rule, String)).toBe(phrase);
    for (const [low, high, met] of intervals) expect(isMet(rule, { low, high })).toBe(met);
  });

  test('a rule against the baseline needs one, and a named baseline its number', () => {
    const claim = 'It is high';
    defineStudy({
      ...header,
      // @ts-expect-error there is no baseline to be above
      lines: { a: { claim, holds: aboveBaseline() } },
      run: async () => ({ a: 1 }),
    });
    defineStudy({
      ...header,
      lines: { a: { claim, baseline: 'chance', holds: atLeast(1) } },
      // @ts-expect-error the baseline's number is missing
      run: async () => ({ a: 1 }),
    });
    defineStudy({
      ...header,
      lines: { a: { claim, holds: atLeast(1) }, b: { claim, holds: atLeast(1) } },
      // @ts-expect-error a line has no number
      run: async () => ({ a: 1 }),
    });
    defineStudy({
      ...header,
      lines: { a: { claim, holds: atLeast(1) } },
      readings: { b: { title: 'Another' } },
      // @ts-expect-error a reading has no number
      run: async () => ({ a: 1 }),
    });
    defineStudy({
      ...header,
      lines: { a: { claim, holds: atLeast(1) } },
      curves: { title: 'Curves', x: 'x', y: 'y' },
      // @ts-expect-error there are no curves
      run: async () => ({ a: 1 }),
    });
  });
});

describe('intervals', () => {
  test('are Student’s over the repeats', () => {
    // t with 2 degrees of freedom at 95 %: 4.302653; the standard error of 1, 2, 3 is 1/√3.
    const { measured, low, high } = intervalOf([{ value: 1 }, { value: 2 }, { value: 3 }]);
    expect(measured).toBe(2);
    expect(high - 2).toBeCloseTo(4.302653 / Math.sqrt(3), 5);
    expect(2 - low).toBeCloseTo(4.302653 / Math.sqrt(3), 5);
  });

  test('have no width for one repeat or equal ones', () => {
    expect(intervalOf([{ value: 0.1 }])).toEqual({ measured: 0.1, low: 0.1, high: 0.1 });
    const equal = Array.from({ length: 3 }, () => ({ value: 0.1 }));
    expect(intervalOf(equal)).toEqual({ measured: 0.1, low: 0.1, high: 0.1 });
  });

  test('are those of the repeat where it brings its own', () => {
    expect(intervalOf([{ value: 1, low: 0.5, high: 2 }])).toEqual({
      measured: 1,
      low: 0.5,
      high: 2,
    });
  });
});

test('all lines hold, some, or none', () => {
  const [yes, no] = [{ holds: true }, { holds: false }];
  expect(verdictOf([yes, yes])).toBe('holds');
  expect(verdictOf([yes, no])).toBe('holds-in-part');
  expect(verdictOf([no])).toBe('does-not-hold');
});

describe('a run', () => {
  test('judges a difference seed by seed, however much the seeds differ', async () => {
    const { verdict, lines, readings, seeds, repeats } = await run(planted);
    expect(verdict).toBe('holds-in-part');
    expect(lines.map(({ holds }) => holds)).toEqual([true, true, false]);
    expect(lines[1].compared).toEqual({ of: 'difference', measured: 2, low: 2, high: 2 });
    expect(lines[1].low).toBeLessThan(lines[1].baseline?.high ?? 0);
    expect(readings[0].measured).toBe(2.5);
    expect([seeds, repeats.map(({ seed }) => seed)]).toEqual([4, [1, 2, 3, 4]]);
  });

  test('goes on from the repeats that were finished, to the same result', async () => {
    const whole = await run(planted);
    const seen: number[] = [];
    const resumed = await run(planted, {
      finished: whole.repeats.slice(0, 3),
      onRepeat: async (repeats: readonly unknown[]) => void seen.push(repeats.length),
    });
    expect(resumed).toEqual(whole);
    expect(seen).toEqual([4]);
  });

  test('has fewer seeds in the quick form, and stops on request', async () => {
    expect((await run(planted, { quick: true })).seeds).toBe(3);
    await expect(run(planted, { signal: AbortSignal.abort() })).rejects.toThrow('stopped');
  });

  test('refuses a repeat without a number', async () => {
    const lines = { a: { claim: 'It is high', holds: atLeast(1) } };
    const broken = defineStudy({ ...header, lines, run: async () => ({ a: NaN }) });
    await expect(run(broken)).rejects.toThrow('seed 1 gave no finite number for a');
  });

  test('the page says every line in words', async () => {
    const page = studyPage(planted, await run(planted));
    expect(page).toContain('**Holds in part**: 2 of 3 lines hold.');
    expect(page).toContain('| It is at least one | 5.000 |  | at least 1 | yes |');
    expect(page).toContain('above the baseline; difference 2.000 | yes |');
    expect(page).toContain('[arXiv:0000.00000](https://arxiv.org/abs/0000.00000)');
  });
});

test('curves are drawn as their means over the seeds', async () => {
  const study = defineStudy({
    ...header,
    seeds: 2,
    lines: { a: { claim: 'It is high', holds: atLeast(1) } },
    curves: { title: 'Two curves', x: 'time', y: 'height' },
    run: async ({ seed }) => ({ a: 1, curves: { one: { x: [0, 1], y: [0, seed] } } }),
  });
  const record = await run(study);
  expect(meanCurves(record.repeats)).toEqual({ one: { x: [0, 1], y: [0, 1.5] } });
  expect(curvesChart(study, record)).toContain('height over time: one.');
  expect(curvesChart(planted, record)).toBeUndefined();
});

test('points are drawn at their means over the seeds', async () => {
  const study = defineStudy({
    ...header,
    seeds: 2,
    lines: { a: { claim: 'It is high', holds: atLeast(1) } },
    scatter: { title: 'A point', x: 'angle', y: 'accuracy' },
    run: async ({ seed }) => ({ a: 1, scatter: { one: { x: seed, y: 2 * seed } } }),
  });
  const record = await run(study);
  expect(meanScatter(record.repeats)).toEqual({ one: { x: 1.5, y: 3 } });
  expect(scatterChartOf(study, record)).toContain('accuracy against angle: one.');
  expect(studyPage(study, record)).toContain('![A point](planted-scatter.svg)');
  expect(scatterChartOf(planted, record)).toBeUndefined();
});

describe('the record says which data were read', () => {
  const reader = defineStudy({
    ...header,
    seeds: 1,
    lines: { a: { claim: 'It is high', holds: atLeast(1) } },
    run: async ({ data }) => {
      if (!(await data.full('digits'))) await data.folder('digits');
      await data.folder('words');
      return { a: 1 };
    },
  });
  const folder = async () => new URL('file:///nowhere/');

  test('those of the repository', async () => {
    const record = await run(reader, { data: { folder, full: async () => undefined } });
    expect(record.data).toEqual({ digits: 'study-data', words: 'study-data' });
    const page = studyPage(reader, record);
    expect(page).toContain('This run read what `study-data` has of digits, words.');
    expect(page).not.toContain('--data');
  });

  test('or full sets, and then the command asks for them', async () => {
    const record = await run(reader, { data: { folder, full: folder } });
    expect(record.data).toEqual({ digits: 'full', words: 'study-data' });
    const page = studyPage(reader, record);
    expect(page).toContain('This run read the full sets, given by `--data`: digits.');
    expect(page).toContain('tammes study planted --data FOLDER');
  });

  test('and nothing where none were', async () => {
    expect(await run(planted)).not.toHaveProperty('data');
  });
});

test('an unknown id gets a sentence', async () => {
  await expect(studyById('no-such-study')).rejects.toThrow(OptionError);
});
