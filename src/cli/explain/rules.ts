import { type Command, InvalidArgumentError, Option } from 'commander';
import { blackBoxOf } from '../../apps/explain/black-box.ts';
import {
  type ExplainedRule,
  type ExplainedRules,
  explainRules,
  type RulesInput,
} from '../../apps/explain/rules.ts';
import { InputError, OptionError } from '../../core/errors.ts';
import { type Matrix, matrix } from '../../core/matrix.ts';
import { fileStore } from '../../io/byte-store.ts';
import { storedModel } from '../../learning/index.ts';
import { addEngineFlags, type EngineFlags, withEngine } from '../engine.ts';
import { addInputFlags, INPUTS, type InputFlags, nameOfInput, readInput } from '../input.ts';
import { interruptible } from '../interrupt.ts';
import { readExamples } from '../learn/examples.ts';
import { aligned, ProgressBar, print, say } from '../terminal.ts';

const WHERE = 'explain rules';

interface Flags extends InputFlags, EngineFlags {
  readonly classes?: string;
  readonly of?: string;
  readonly probabilities?: string;
  readonly columns: number;
  readonly depth: number;
  readonly leafRows: number;
  readonly seed: number;
  readonly json?: true;
}

const help = `${INPUTS}
With --of: rules of a saved classifier. With --probabilities: of a model that wrote its probabilities into columns. Else of
the classes themselves. A tree on the most important columns is fitted to seven tenths of the rows; what it is worth is
measured on the others, beside trees on random columns and on those of most variance.

Examples:
  $ tammes explain rules vectors.csv --classes topic
  $ tammes explain rules vectors.parquet --classes topic --of model.safetensors --json
  $ tammes explain rules vectors.csv --vector age,height,income --probabilities no,yes
`;

/** `tammes explain rules`. */
export function configure(command: Command): void {
  command
    .argument('<files...>', 'a file of vectors, several that are one table, or dataset:NAME')
    .option('--classes <column>', 'column of the classes')
    .option('--of <model>', 'a saved classifier whose answers are explained')
    .option('--probabilities <columns>', 'columns of probabilities, one a class, between commas')
    .addOption(
      new Option('-k, --columns <count>', 'columns that rules may name')
        .argParser(wholeFrom(1))
        .default(10),
    )
    .addOption(
      new Option('--depth <count>', 'most conditions of a rule').argParser(wholeFrom(1)).default(4),
    )
    .addOption(
      new Option('--leaf-rows <count>', 'fewest rows of a rule').argParser(wholeFrom(1)).default(5),
    )
    .addOption(
      new Option('--seed <integer>', 'of what is drawn').argParser(wholeFrom(0)).default(0),
    )
    .option('--json', 'print one JSON object and nothing else on standard output')
    .option('--quiet', 'no progress and no remarks')
    .addHelpText('after', help);
  addEngineFlags(addInputFlags(command)).action((files: readonly string[], flags: Flags) =>
    interruptible((signal) => rules(files, flags, signal)),
  );
}

function wholeFrom(least: number) {
  return (given: string): number => {
    const count = Number(given);
    if (given.trim() !== '' && Number.isSafeInteger(count) && count >= least) return count;
    throw new InvalidArgumentError(`Expected an integer, at least ${least}.`);
  };
}

async function rules(files: readonly string[], flags: Flags, signal: AbortSignal): Promise<void> {
  const { of, probabilities, columns: k, depth, leafRows, seed } = flags;
  if (of !== undefined && probabilities !== undefined)
    throw new OptionError(
      WHERE,
      'probabilities',
      'left out where a model is given (--of)',
      probabilities,
    );
  const bar = new ProgressBar(flags.quiet === true);
  try {
    const { points, classes } = await readRows(files, flags);
    const given = probabilities === undefined ? undefined : await readProbabilities(files, flags);
    const explained = await withEngine(flags, async (engine) => {
      const box =
        of === undefined ? undefined : await blackBoxOf(await storedModel(fileStore(of)), engine);
      const input: RulesInput = { points, classes, box, given };
      return explainRules(
        input,
        { k, depth, leafRows, seed },
        { engine, signal, onProgress: bar.update },
      );
    });
    bar.clear();
    if (flags.json) return await print(JSON.stringify(inJson(explained)));
    for (const line of linesOf(explained, flags)) await print(line);
    if (!flags.quiet && explained.fidelity.agreement.value < 0.9)
      say(
        'The rules agree on fewer than nine rows of ten: they say what the columns have to do with the classes, not what is explained. More columns (-k) or conditions (--depth) may do.',
      );
  } finally {
    bar.clear();
  }
}

async function readRows(files: readonly string[], flags: Flags) {
  const needsClasses = flags.classes !== undefined || (!flags.of && !flags.probabilities);
  const examples = await readExamples(
    WHERE,
    files,
    flags,
    needsClasses ? ['points', 'classes'] : ['points'],
  );
  return { points: examples.points as Matrix, classes: examples.classes };
}

async function readProbabilities(files: readonly string[], flags: Flags) {
  const { probabilities = '' } = flags;
  const names = probabilities.split(',').map((name) => name.trim());
  const { columns = {}, points } = await readInput(files, { ...flags, quiet: true });
  const missing = names.find((name) => !Object.hasOwn(columns, name));
  if (missing !== undefined)
    throw new OptionError(
      WHERE,
      'probabilities',
      `names of columns: ${Object.keys(columns).join(', ') || 'the file has none beside the vectors'}`,
      missing,
    );
  if (names.length < 2)
    throw new OptionError(
      WHERE,
      'probabilities',
      'two columns or more, one a class',
      probabilities,
    );
  const data = new Float64Array(points.rows * names.length);
  for (const [c, name] of names.entries()) {
    for (let i = 0; i < points.rows; i++) {
      const value = Number(columns[name][i]);
      if (!(value >= 0 && value <= 1))
        throw new InputError(
          nameOfInput(files),
          `row ${i} has no probability in the column "${name}" but ${String(columns[name][i])} (counted from 0).`,
        );
      data[i * names.length + c] = value;
    }
  }
  return { names, probabilities: matrix(data, points.rows, names.length) };
}

/** Infinity is no JSON: an end that is open is null. */
function inJson({ rules: own, ...rest }: ExplainedRules) {
  const end = (value: number) => (Number.isFinite(value) ? value : null);
  return {
    ...rest,
    rules: own.map(({ conditions, ...rule }) => ({
      ...rule,
      conditions: conditions.map(({ column, above, atMost }) => ({
        column,
        above: end(above),
        atMost: end(atMost),
      })),
    })),
  };
}

const percent = (share: number) => `${(100 * share).toFixed(1)} %`;

function linesOf(explained: ExplainedRules, flags: Flags): string[] {
  const { fidelity, controls, accuracy, faithfulness, columns, heldOut } = explained;
  const { value, low, high } = fidelity.agreement;
  const name = namesOf(flags);
  const lines = [
    `Rules of ${explained.explained === 'classes' ? 'the classes' : `the ${explained.explained}`}, on columns ${columns.map(name).join(', ')}`,
    ...aligned(
      explained.rules
        .slice(0, 20)
        .map((rule) => [
          inWords(rule, name),
          `→ ${rule.class}`,
          percent(rule.confidence),
          `${rule.support} rows`,
        ]),
    ),
    `Agreement on ${heldOut} held-out rows: ${percent(value)} (${percent(low)} to ${percent(high)}), R² ${fidelity.r2.toFixed(3)}`,
    `  on random columns ${percent(controls.random.agreement.value)}, R² ${controls.random.r2.toFixed(3)}; on those of most variance ${percent(controls.variance.agreement.value)}, R² ${controls.variance.r2.toFixed(3)}`,
  ];
  if (accuracy)
    lines.push(
      `Accuracy: ${accuracy.explained === null ? '' : `${explained.explained} ${percent(accuracy.explained)}, `}rules ${percent(accuracy.rules)}, always the commonest class ${percent(accuracy.majority)}`,
    );
  if (faithfulness) {
    const { top, random, variance } = faithfulness;
    lines.push(
      `Without these columns the model's probability falls by ${top.comprehensiveness.toFixed(3)} (random ones ${random.comprehensiveness.toFixed(3)}, of most variance ${variance.comprehensiveness.toFixed(3)})`,
      `With these alone it falls by ${top.sufficiency.toFixed(3)} (random ones ${random.sufficiency.toFixed(3)}, of most variance ${variance.sufficiency.toFixed(3)})`,
    );
  }
  return lines;
}

/** What columns of the vectors are called: as --vector names them, else by number. */
function namesOf({ vector }: Flags): (column: number) => string {
  const names = vector?.split(',') ?? [];
  return (column) => (names.length > 1 ? names[column] : `x${column}`);
}

function inWords({ conditions }: ExplainedRule, name: (column: number) => string): string {
  if (conditions.length === 0) return 'always';
  const number = (value: number) => Number(value.toPrecision(4));
  return conditions
    .map(({ column, above, atMost }) => {
      if (above === -Infinity) return `${name(column)} ≤ ${number(atMost)}`;
      if (atMost === Infinity) return `${name(column)} > ${number(above)}`;
      return `${number(above)} < ${name(column)} ≤ ${number(atMost)}`;
    })
    .join(' and ');
}
