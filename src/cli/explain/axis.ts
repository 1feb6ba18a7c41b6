import { type Command, Option } from 'commander';
import {
  directionsById,
  directionsIds,
  type ExplainedAxis,
  explainAxis,
} from '../../apps/explain/axis.ts';
import { sortByAxis } from '../../apps/explain/sort.ts';
import { axisReportHtml, MOST_DRAWN } from '../../apps/report/axis/report.ts';
import { InputError, OptionError } from '../../core/errors.ts';
import { givenPoints } from '../../core/given-points.ts';
import { VERSION } from '../../core/version.ts';
import type { DirectionsInput } from '../../families/directions/types.ts';
import { fileStore } from '../../io/byte-store.ts';
import { saveDirections } from '../../structures/directions/index.ts';
import { addEngineFlags, type EngineFlags, withEngine } from '../engine.ts';
import { claimOtherOutputs, writeBytes } from '../files.ts';
import { addInputFlags, INPUTS, type InputFlags, nameOfInput } from '../input.ts';
import { interruptible } from '../interrupt.ts';
import { readExamples } from '../learn/examples.ts';
import { addOptionFlags, givenOptions, wholeNumber, wordAfter } from '../options.ts';
import { readRowPairs } from '../row-pairs.ts';
import { ProgressBar, print, say } from '../terminal.ts';
import { linesOf } from './axis-lines.ts';

interface Flags extends InputFlags, EngineFlags {
  readonly scores?: string;
  readonly classes?: string;
  readonly extremes?: string;
  readonly pairs?: string;
  readonly formula?: readonly string[];
  readonly method?: string;
  readonly output?: string;
  readonly name?: string;
  readonly report?: string;
  readonly folds: number;
  readonly json?: true;
  readonly quiet?: true;
}

const help = `${INPUTS}
Without --method, scores go by ridge, classes by class-means, and extremes, pairs and formulas by the methods of these names.
With --extremes, --pairs or --formula, --scores says what the axis is held against.

An axis file holds the direction, draws that tell how well it is known, a mark of its space, and where it comes from:
tammes explain sort, tammes search near --order-by and tammes explain erase --directions take it, and refuse rows of another
model. The direction that all rows share is named by tammes measure --doctor.

Examples:
  $ tammes explain axis products.parquet --scores price -o price.safetensors --report price.html
  $ tammes explain axis reviews.npy --metadata facts.csv --classes tone --method lda
  $ tammes explain axis dataset:glove --extremes small,huge
  $ tammes explain axis dataset:glove --formula 'woman - man' -o gender.safetensors
`;

/** What each flag is fitted by, where no method is named. */
const USUAL = {
  scores: 'ridge',
  classes: 'class-means',
  extremes: 'extremes',
  pairs: 'pairs',
  formula: 'formula',
} as const;

type Given = keyof typeof USUAL;

/** What a flag gives to a method. */
const NEED: Readonly<Record<Given, 'scores' | 'classes' | 'ends' | 'pairs' | 'formulas'>> = {
  scores: 'scores',
  classes: 'classes',
  extremes: 'ends',
  pairs: 'pairs',
  formula: 'formulas',
};

/** `tammes explain axis`. */
export function configure(command: Command, argv: readonly string[]): void {
  const ids = directionsIds().filter((id) => directionsById(id).needs.some(isNeed));
  const usual = (Object.keys(USUAL) as Given[]).find((flag) =>
    argv.some((word) => word === `--${flag}` || word.startsWith(`--${flag}=`)),
  );
  const named = directionsById(
    wordAfter(argv, '--method', ids) ?? USUAL[ofExtremes(argv) ?? usual ?? 'scores'],
  );
  command
    .argument('<files...>', 'a file of vectors, several that are one table, or dataset:NAME')
    .option('--scores <column>', 'column of numbers that rows are ordered by')
    .option('--classes <column>', 'column of classes')
    .option(
      '--extremes <low,high>',
      'two rows, by label or number: the axis goes from one to the other',
    )
    .option(
      '--pairs <file>',
      'two columns, rows that differ by the concept alone, by number or label',
    )
    .option('--formula <sums...>', "sums of labels: 'woman - man'; each is an axis")
    .addOption(new Option('--method <id>', 'how; its own options: --method ID --help').choices(ids))
    .option('-o, --output <file>', 'file for the axis (safetensors)')
    .option('--name <name>', 'what the axis is called')
    .option('--report <file>', 'a page with rows along the axis, each in its band (HTML)')
    .addOption(
      new Option('--folds <count>', 'parts in which rows are held out')
        .argParser(wholeNumber)
        .default(5),
    );
  addOptionFlags(command, named.spec.options, new Set());
  command
    .option('--json', 'print one JSON object and nothing else on standard output')
    .option('--quiet', 'no progress and no remarks')
    .addHelpText('after', help);
  addEngineFlags(addInputFlags(command)).action((files: readonly string[], flags: Flags) =>
    interruptible((signal) => explain(files, flags, signal)),
  );
}

function isNeed(need: string): boolean {
  return (Object.values(NEED) as readonly string[]).includes(need);
}

/** Flags that say what the axis is fitted to, where --scores is only what it is held against. */
function ofExtremes(argv: readonly string[]): Given | undefined {
  return (['extremes', 'pairs', 'formula', 'classes'] as const).find((flag) =>
    argv.some((word) => word === `--${flag}` || word.startsWith(`--${flag}=`)),
  );
}

async function explain(files: readonly string[], flags: Flags, signal: AbortSignal): Promise<void> {
  const by = fittedBy(flags);
  const { output, folds, report } = flags;
  if (folds < 2) throw new OptionError('explain axis', 'folds', 'an integer, at least 2', folds);
  const inputs = [...files, flags.pairs, flags.metadata];
  await claimOtherOutputs('explain axis', { output, report }, inputs, flags.json);
  const method = flags.method ?? USUAL[by];
  const options = givenOptions(
    flags as unknown as Record<string, unknown>,
    directionsById(method).spec.options,
  );
  const bar = new ProgressBar(flags.quiet === true);
  try {
    const begun = performance.now();
    const input = await inputOf(files, flags, by);
    const explained = await withEngine(flags, (engine) =>
      explainAxis(input, method, options, { engine, signal, folds, onProgress: bar.update }),
    );
    bar.clear();
    if (output !== undefined) await saveDirections(fileStore(output), explained.directions);
    if (report !== undefined) await writeBytes(report, pageOf(input, explained, method, begun));
    if (flags.json) return await print(JSON.stringify(toldOf(explained, method, output)));
    await print(linesOf(explained, method).join('\n'));
    if (flags.quiet) return;
    for (const warning of explained.warnings) say(warning);
    for (const path of [output, report]) if (path !== undefined) say(`Wrote ${path}`);
  } finally {
    bar.clear();
  }
}

function pageOf(
  { points: given, labels, source = '' }: DirectionsInput,
  explained: ExplainedAxis,
  method: string,
  begun: number,
): string {
  const points = givenPoints('explain axis', given);
  const { directions, each } = explained;
  return axisReportHtml({
    ...{ name: source, method, explained, rows: points.rows, columns: points.cols },
    seconds: (performance.now() - begun) / 1000,
    versions: { tammes: VERSION },
    sorted: each
      .slice(0, MOST_DRAWN)
      .map((_, direction) => sortByAxis(directions, points, { labels, direction, anySpace: true })),
  });
}

/** What the axis is fitted to; refuses none and two. */
function fittedBy(flags: Flags): Given {
  const given = (Object.keys(USUAL) as Given[]).filter((flag) => flags[flag] !== undefined);
  const own =
    given.length === 2 && given[0] === 'scores' && given[1] !== 'classes' ? given[1] : given[0];
  const count = own === given[1] ? given.length - 1 : given.length;
  const wanted = 'given, or one of --classes, --extremes, --pairs, --formula';
  if (count !== 1)
    throw new OptionError(
      'explain axis',
      'scores',
      wanted,
      given.map((flag) => `--${flag}`).join(' and ') || 'none',
    );
  const { method } = flags;
  if (method !== undefined && !directionsById(method).needs.includes(NEED[own]))
    throw new OptionError('explain axis', 'method', `a method that is fitted to ${own}`, method);
  return own;
}

async function inputOf(
  files: readonly string[],
  flags: Flags,
  by: Given,
): Promise<DirectionsInput> {
  const source = nameOfInput(files);
  const { scores, classes, extremes, pairs, formula } = flags;
  const needs = by === 'classes' ? (['points', 'classes'] as const) : (['points'] as const);
  const examples = await readExamples(
    'explain axis',
    files,
    { ...flags, scores, classes, pairs: undefined } as never,
    needs,
    ['scores'],
  );
  const { points, labels } = examples;
  if (!points) throw new InputError(source, 'there are no vectors.');
  const read = pairs === undefined ? undefined : await readRowPairs(pairs, labels, labels);
  return {
    points,
    labels,
    source,
    name: flags.name ?? (by === 'scores' ? scores : undefined),
    scores: examples.scores,
    classes: by === 'classes' ? (examples.classes as readonly string[] | undefined) : undefined,
    ends: extremes === undefined ? undefined : endsOf(extremes, labels, points.rows),
    pairs: read,
    formulas: formula,
  };
}

/** Two rows, by label or, where that is none, by number. */
function endsOf(given: string, labels: readonly string[] | undefined, n: number) {
  const rowOf = (name: string): number => {
    const row = labels?.indexOf(name) ?? -1;
    if (row >= 0) {
      if (labels?.indexOf(name, row + 1) === -1) return row;
      throw new OptionError(
        'explain axis',
        'extremes',
        `two rows; ${JSON.stringify(name)} is the label of several: take labels that tell rows apart (--label NAME), or number rows from 0 (--no-label)`,
        given,
      );
    }
    return /^\d+$/.test(name) && Number(name) < n ? Number(name) : -1;
  };
  // A label may hold a comma itself.
  const places = Array.from(given.matchAll(/,/g), ({ index }) => index);
  const halves = places.map((at) => [given.slice(0, at).trim(), given.slice(at + 1).trim()]);
  const found = halves.find(([low, high]) => rowOf(low) >= 0 && rowOf(high) >= 0);
  if (found) return { low: [rowOf(found[0])], high: [rowOf(found[1])] };
  const missing = halves.length === 1 ? halves[0].find((name) => rowOf(name) < 0) : undefined;
  throw new OptionError(
    'explain axis',
    'extremes',
    missing === undefined
      ? 'two rows between a comma, by label or number'
      : `two rows, by label or number; ${JSON.stringify(missing)} is none`,
    given,
  );
}

/** What --json prints. */
function toldOf(explained: ExplainedAxis, method: string, output: string | undefined) {
  const { directions, each, heldOut, given, ordered, warnings, engine } = explained;
  const { provenance } = directions;
  return {
    axis: output ?? null,
    spearman: heldOut?.spearman ?? given?.spearman ?? null,
    null: heldOut?.null ?? given?.null ?? null,
    ceiling: heldOut?.ceiling ?? null,
    ceilings: heldOut?.ceilings ?? null,
    few: heldOut?.few ?? [],
    ordered,
    method,
    rows: provenance.rows,
    heldOut: heldOut && { rows: heldOut.rows, folds: heldOut.folds },
    facts: provenance.facts,
    directions: each,
    warnings,
    engine,
  };
}
