import { type Command, Option } from 'commander';
import { type LabelMetric, pathMetric, vectorMetric } from '../../apps/explain/label-metric.ts';
import { type ExplainedPredictions, explainPredictions } from '../../apps/explain/predictions.ts';
import { InputError, OptionError } from '../../core/errors.ts';
import { type Matrix, matrix, toFloat64 } from '../../core/matrix.ts';
import { counted } from '../../core/text.ts';
import { type Column, readColumns, readPairs } from '../../io/index.ts';
import { isDataset, readInput } from '../input.ts';
import { aligned, print } from '../terminal.ts';

const WHERE = 'explain predict';

type Kind = 'tree' | 'distances' | 'vectors';
type Columns = ReadonlyMap<string, Column>;

interface Flags {
  readonly metric?: string;
  readonly as?: Kind | undefined;
  readonly classes?: string;
  readonly header?: boolean | undefined;
  readonly json?: true;
}

const help = `
FILE is a table of probabilities: a column for each label that the model knows, named by it (CSV, TSV, Parquet, JSON lines).
The metric is of all labels, those included that the model does not know:
  tree       pairs of child and parent, tab between them; a distance is the number of steps
  distances  a square table, labeled; without labels in the order of the columns of probabilities
  vectors    a vector a label, labeled; a distance is the chord between unit vectors

Examples:
  $ tammes explain predict probabilities.csv --metric tree.tsv
  $ tammes explain predict probabilities.csv --metric distances.npy --classes truth --json
`;

/** `tammes explain predict`. */
export function configure(command: Command): void {
  command
    .argument('<file>', 'a table of probabilities')
    .option('--metric <file>', 'a tree of the labels, their distances, or vectors of them')
    .addOption(
      new Option('--as <word>', 'what the metric is [told by its form]').choices([
        'tree',
        'distances',
        'vectors',
      ]),
    )
    .option('--classes <column>', 'column of the true labels, if they are known')
    .option('--header', 'the metric, a CSV file, begins with a line of names')
    .option('--no-header', 'the metric begins with a label')
    .option('--json', 'print one JSON object and nothing else on standard output')
    .addHelpText('after', help)
    .action(explain);
}

async function explain(
  file: string,
  { metric: from, as, classes, header, json }: Flags,
): Promise<void> {
  if (from === undefined)
    throw new InputError(WHERE, 'a metric of the labels is needed: --metric FILE.');
  const { columns } = await readColumns(file);
  const numbers = numericColumns(columns, classes);
  const metric = await readMetric(from, { as, header }, [...numbers.keys()]);
  const known = new Set(metric.names);
  const observed = [...numbers.keys()].filter((name) => known.has(name));
  if (observed.length === 0)
    throw new InputError(
      file,
      `no column of numbers is named by a label of the metric (${metric.names.slice(0, 4).join(', ')}, …); columns of numbers are ${[...numbers.keys()].join(', ') || 'none'}.`,
    );
  const probabilities = probabilitiesOf(file, numbers, observed);
  const truth = classes === undefined ? undefined : truthOf(columns, classes);
  const explained = explainPredictions({ probabilities, observed, metric, truth });
  if (json) return print(JSON.stringify(explained));
  for (const line of linesOf(explained)) await print(line);
}

/** Columns that are numbers; a table without types has words that are. */
function numericColumns(columns: Columns, classes: string | undefined): Map<string, Float64Array> {
  const out = new Map<string, Float64Array>();
  for (const [name, column] of columns) {
    if (name === classes) continue;
    const values = Float64Array.from(column as ArrayLike<unknown>, (own) =>
      own === '' ? Number.NaN : Number(own),
    );
    if (values.some(Number.isFinite)) out.set(name, values);
  }
  return out;
}

function probabilitiesOf(
  file: string,
  numbers: ReadonlyMap<string, Float64Array>,
  observed: readonly string[],
): Matrix {
  const own = observed.map((name) => numbers.get(name) as Float64Array);
  const [k, rows] = [observed.length, own[0].length];
  const data = new Float64Array(rows * k);
  for (const [c, column] of own.entries()) {
    for (const [i, value] of column.entries()) {
      if (!(value >= 0 && value <= 1))
        throw new InputError(
          file,
          `row ${i} has no probability in the column "${observed[c]}" but ${value} (counted from 0).`,
        );
      data[i * k + c] = value;
    }
  }
  return matrix(data, rows, k);
}

function truthOf(columns: Columns, name: string): readonly string[] {
  const column = columns.get(name);
  if (column) return Array.from(column as ArrayLike<unknown>, String);
  throw new OptionError(WHERE, 'classes', `one of ${[...columns.keys()].join(', ')}`, name);
}

async function readMetric(
  file: string,
  { as: given, header }: Pick<Flags, 'as' | 'header'>,
  columns: readonly string[],
): Promise<LabelMetric> {
  if ((given ?? (await isTree(file))) === 'tree') return readTree(file);
  const { points, labels } = await readInput(file, { quiet: true, header });
  const kind = given ?? kindOf(file, points);
  const names = labels ?? columns;
  if (names.length !== points.rows)
    throw new InputError(
      file,
      `its ${points.rows} rows have no labels, and there are ${columns.length} columns of probabilities; name a file with labels.`,
    );
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice !== undefined)
    throw new InputError(file, `the label ${JSON.stringify(twice)} is twice in it.`);
  if (kind === 'vectors') return vectorMetric(file, names, points);
  if (!isMetric(points))
    throw new InputError(
      file,
      `distances are square, the same both ways, not below 0, and 0 from a label to itself; these are ${points.rows} × ${points.cols}.`,
    );
  return { names, distances: toFloat64(points) };
}

/** What a table is by its form; a square one of vectors cannot be told from distances with a mistake. */
function kindOf(file: string, points: Matrix): Kind {
  if (isMetric(points)) return 'distances';
  if (points.rows !== points.cols) return 'vectors';
  throw new InputError(
    file,
    `its ${points.rows} × ${points.cols} numbers may be vectors, or distances with a mistake (these are the same both ways, not below 0, and 0 from a label to itself); say which they are: --as vectors or --as distances.`,
  );
}

/** A text table of two columns, the second of words. */
async function isTree(file: string): Promise<Kind | undefined> {
  if (isDataset(file) || !/\.(tsv|csv|txt|tree)(\.gz)?$/.test(file)) return undefined;
  const columns = [...(await readColumns(file)).columns.values()];
  const isWords = (column: Column) =>
    Array.from(column as ArrayLike<unknown>).some((own) => !Number.isFinite(Number(own)));
  return columns.length === 2 && isWords(columns[1]) ? 'tree' : undefined;
}

const HEADER = new Set(['child', 'parent', 'label', 'from', 'to']);

async function readTree(file: string): Promise<LabelMetric> {
  const { names, pairs } = await readPairs(file);
  const isHeader = names.every((name) => HEADER.has(name.toLowerCase()));
  const edges = isHeader ? pairs : [names, ...pairs];
  const own = edges.filter(([child, parent]) => child !== '' && parent !== '');
  return pathMetric(file, own);
}

function isMetric({ data, rows: n, cols }: Matrix): boolean {
  if (n !== cols) return false;
  for (let i = 0; i < n; i++)
    for (let j = 0; j <= i; j++)
      if (
        !(
          data[i * n + j] >= 0 &&
          data[i * n + j] === data[j * n + i] &&
          (i !== j || data[i * n + j] === 0)
        )
      )
        return false;
  return true;
}

const percent = (share: number) => `${(100 * share).toFixed(1)} %`;

function linesOf(explained: ExplainedPredictions): string[] {
  const { labels, observed, reachable, next, changed, squaredDistance, accuracy, unobserved } =
    explained;
  const number = (own: number) => own.toFixed(3);
  const interval = (own: { value: number; low: number; high: number }, shown = number) =>
    `${shown(own.value)} (${shown(own.low)} to ${shown(own.high)})`;
  const { expected, measured } = squaredDistance;
  const table = [
    ['', 'likeliest label', 'Fréchet mean'],
    [
      'squared distance, if the probabilities are right',
      number(expected.argmax),
      number(expected.loki),
    ],
  ];
  if (measured)
    table.push(['squared distance, measured', interval(measured.argmax), interval(measured.loki)]);
  if (accuracy)
    table.push(['right', interval(accuracy.argmax, percent), interval(accuracy.loki, percent)]);
  if (unobserved)
    table.push([
      `right, of ${counted(unobserved.rows, 'row')} of labels not observed`,
      interval(unobserved.argmax, percent),
      interval(unobserved.loki, percent),
    ]);
  return [
    `${observed.length} of ${labels} labels are observed; Fréchet means reach ${reachable.length}`,
    next === null
      ? 'All labels are reached: no further one is needed'
      : `The label whose rows would help most: ${next}`,
    `${percent(changed)} of ${counted(explained.predictions.length, 'prediction')} change`,
    ...aligned(table),
  ];
}
