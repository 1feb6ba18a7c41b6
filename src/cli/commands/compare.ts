import { type Command, Option } from 'commander';
import {
  type Condition,
  type Finding,
  judged,
  junit,
  parseCondition,
  sarif,
  type Verdict,
} from '../../apps/doctor/index.ts';
import type { ParityResult, ParityVerdict } from '../../apps/parity/index.ts';
import { compareReportHtml } from '../../apps/report/compare/report.ts';
import { comparisonTable } from '../../apps/report/comparison-table.ts';
import { colorWanted } from '../../apps/report/terminal.ts';
import {
  type CompareResult,
  compare,
  compareInDetail,
  compareReportData,
  nameable,
} from '../../apps/verbs/compare.ts';
import type { RowMatching } from '../../apps/verbs/matched-rows.ts';
import { OptionError } from '../../core/errors.ts';
import { neighborOverlap } from '../../families/comparisons/index.ts';
import { integer, number, seedOption } from '../../method/options.ts';
import { termsOf } from '../../method/terms.ts';
import { addEngineFlags, type EngineFlags, withEngine } from '../engine.ts';
import { exitCodes } from '../exit.ts';
import { claimOutputs, writeBytes } from '../files.ts';
import { addInputFlags, INPUTS, type InputFlags, readInput } from '../input.ts';
import { interruptible } from '../interrupt.ts';
import { optionFlag } from '../options.ts';
import { ProgressBar, print, remarksOnce, say } from '../terminal.ts';

interface Flags extends InputFlags, EngineFlags {
  readonly metrics: string;
  readonly k?: number;
  readonly sample?: number;
  readonly exact?: true;
  readonly plan?: number;
  readonly parity?: true;
  readonly rows: RowMatching;
  readonly failOn?: readonly string[];
  readonly sarif?: string;
  readonly junit?: string;
  readonly report?: string;
  readonly seed?: number;
  readonly json?: true;
  readonly quiet?: true;
}

const PARITY = 'parity';
const PARITY_CHECK = { id: PARITY, summary: 'Both files are the same but for rounding.' };
const PLAN = number(
  0.05,
  'Say how many rows a shape distance needs for its cosine to be so exact.',
  {
    min: 1e-4,
    max: 1,
  },
);
const SAMPLE = integer(2000, 'At most so many rows where the cost grows with n².', { min: 10 });

const help = `${INPUTS}
Examples:
  $ tammes compare before.npy after.npy
  $ tammes compare model-a.parquet model-b.parquet --json
  $ tammes compare python.npy browser.npy --parity --report parity.html
  $ tammes compare a.npy b.npy --metrics 'rsa,linear-cka(estimator=biased)'
  $ tammes compare pilot-a.npy pilot-b.npy --plan 0.05
  $ tammes compare a.npy b.npy --fail-on 'neighbor-overlap<0.9' --fail-on parity

Exit code 1 where a --fail-on condition holds: ID>NUMBER (also >=, <, <=; ID.low and ID.high are the
ends of its interval), or parity: the files are not the same but for rounding.
`;

export function configure(command: Command): void {
  command
    .argument('<a>', 'a file of vectors, or dataset:NAME')
    .argument('<b>', 'another one; rows belong together by label, else by place')
    .addOption(
      new Option('--rows <how>', 'how rows are matched; none: two sets')
        .choices(['auto', 'position', 'label', 'none'])
        .default('auto'),
    )
    .option(
      '--metrics <names>',
      'all that suit, or ids by commas, with options: linear-cka(estimator=biased); ids and options: tammes methods',
      'all',
    )
    .addOption(optionFlag('k', neighborOverlap.spec.options.k))
    .addOption(optionFlag('sample', SAMPLE))
    .option('--parity', 'say which fault explains the difference of two runtimes of one model')
    .addOption(planFlag())
    .option('--exact', 'never sample, however many rows there are')
    .option('--fail-on <condition>', 'exit with 1 where it holds; may be repeated', collected)
    .option('--sarif <file>', 'write the parity verdict and failed conditions as SARIF')
    .option('--junit <file>', 'write the parity verdict and conditions as JUnit test cases')
    .option('--report <file>', 'also write the HTML report')
    .addOption(optionFlag('seed', seedOption()))
    .option('--json', 'print one JSON object and nothing else on standard output')
    .option('--quiet', 'no progress and no remarks')
    .addHelpText('after', help);
  addEngineFlags(addInputFlags(command)).action((a: string, b: string, flags: Flags) =>
    interruptible((signal) => run(a, b, flags, signal)),
  );
}

/** There is no plan unless it is asked for: the help names no default. */
function planFlag(): Option {
  const flag = optionFlag('plan', PLAN);
  flag.description = PLAN.doc;
  return flag;
}

function collected(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

async function run(fileA: string, fileB: string, flags: Flags, signal: AbortSignal): Promise<void> {
  const ids = nameable.map(({ spec }) => spec.id);
  const wanted = flags.failOn ?? [];
  const conditions = wanted.filter((text) => text !== PARITY).map((text) => conditionOf(text, ids));
  const parity = flags.parity === true || wanted.includes(PARITY);
  const { report, sarif, junit } = flags;
  await claimOutputs('compare', { report, sarif, junit }, flags.json);
  const bar = new ProgressBar(flags.quiet === true);
  try {
    const a = await readInput(fileA, flags);
    const b = await readInput(fileB, flags);
    const { k, sample, exact, plan, rows, seed } = flags;
    const watch = { signal, onProgress: bar.update };
    const { result, details } = await withEngine(flags, async (engine) => {
      const metrics = termsOf(flags.metrics);
      const options = { metrics, k, sample, exact, plan, rows, seed, parity, engine };
      if (flags.report) return compareInDetail(a, b, options, watch);
      return { result: await compare(a, b, options, watch), details: undefined };
    });
    bar.clear();
    if (flags.report && details) {
      const data = compareReportData({ a: fileA, b: fileB }, result, details);
      await writeBytes(flags.report, compareReportHtml(data));
    }
    await output({ a: fileA, b: fileB }, result, conditions, flags);
  } finally {
    bar.clear();
  }
}

/** A condition on a number; severities are the doctor's, who is not asked here. */
function conditionOf(text: string, ids: readonly string[]): Condition {
  const condition = parseCondition(text, ids, 'compare');
  if (!('severity' in condition)) return condition;
  throw new OptionError('compare', 'fail-on', 'ID>NUMBER (also >=, <, <=) or parity', text);
}

async function output(
  files: { readonly a: string; readonly b: string },
  result: CompareResult,
  conditions: readonly Condition[],
  flags: Flags,
): Promise<void> {
  const verdicts = conditions.map((condition) => judged(condition, result.comparisons, []));
  if (result.parity && flags.failOn?.includes(PARITY)) verdicts.push(parityGate(result.parity));
  if (verdicts.some(({ failed }) => failed)) process.exitCode = exitCodes.failed;
  const findings = result.parity ? foundBy(result.parity) : [];
  const checks = result.parity ? [PARITY_CHECK] : [];
  if (flags.sarif) await writeBytes(flags.sarif, sarif(files.b, findings, verdicts, checks));
  if (flags.junit) {
    const source = `${files.a} and ${files.b}`;
    await writeBytes(flags.junit, junit(source, findings, verdicts, result.seconds, checks));
  }
  if (flags.json) {
    const gates = verdicts.length > 0 ? { conditions: verdicts } : {};
    return print(JSON.stringify({ ...result, ...gates }));
  }
  const { columns, isTTY } = process.stdout;
  const style = { width: columns ?? 160, color: colorWanted(process.env, isTTY === true) };
  await print(`${result.rows.sentence}\n\n${comparisonTable(result.comparisons, style)}\n`);
  await print(result.sentence);
  if (result.plan) await print(`\n${result.plan.sentence}`);
  if (result.parity)
    await print(`\nParity: ${result.parity.sentence}\nWhat helps: ${result.parity.fix}.`);
  if (!flags.quiet) for (const remark of remarksOnce(result.warnings)) say(remark);
  for (const { failed, sentence, condition } of verdicts)
    if (failed) say(`${condition}: ${sentence}`);
  for (const path of [flags.report, flags.sarif, flags.junit]) {
    if (path && !flags.quiet) say(`Wrote ${path}`);
  }
}

function parityGate({ verdict, sentence }: ParityResult): Verdict {
  return { condition: PARITY, failed: !isSame(verdict), sentence };
}

/** What the verdict finds: nothing where the files are the same but for rounding. */
function foundBy({ verdict, sentence, fix }: ParityResult): Finding[] {
  if (isSame(verdict)) return [];
  return [{ id: PARITY, severity: 'error', sentence, rows: [], columns: [], fix }];
}

function isSame(verdict: ParityVerdict): boolean {
  return verdict === 'identical' || verdict === 'rounding';
}
