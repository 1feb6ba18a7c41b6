import { type Command, InvalidArgumentError } from 'commander';
import { type CodeReport, code, verifyCode } from '../../apps/verbs/code.ts';
import { OptionError } from '../../core/errors.ts';
import type { Matrix } from '../../core/matrix.ts';
import {
  bestCode,
  type Certificate,
  type VerifiedCertificate,
} from '../../families/codes/index.ts';
import { writeExact } from '../../io/exact.ts';
import { claimOutputs } from '../files.ts';
import { readExactInput } from '../input.ts';
import { interruptible } from '../interrupt.ts';
import { optionFlag } from '../options.ts';
import { formatIdOf, type ToFlag, toFlag } from '../tables.ts';
import { ProgressBar, print, say } from '../terminal.ts';

interface Flags extends ToFlag {
  readonly count?: number;
  readonly dim?: number;
  readonly output?: string;
  readonly verify?: string;
  readonly seed?: number;
  readonly seconds?: number;
  readonly chains?: number;
  readonly patience?: number;
  readonly fresh?: true;
  readonly threads?: number;
  readonly lines?: true;
  readonly energy?: number;
  readonly keep?: string;
  readonly reserve?: number;
  readonly targets?: string;
  readonly assign?: string;
  readonly json?: true;
  readonly quiet?: true;
}

const help = `
Examples:
  $ tammes code --count 24 --dim 3 -o code.npy
  $ tammes code --count 1000 --dim 64 -o classes.npy --json
  $ tammes code --count 100 --dim 32 --lines -o ebv.npy
  $ tammes code --count 110 --dim 32 --keep classes.npy -o more-classes.npy
  $ tammes code --count 100 --dim 32 --reserve 10 -o classes.npy
  $ tammes code --count 77 --dim 32 --assign class-meanings.npy -o classes.npy
  $ tammes code --verify code.npy --json

npy files hold the points in float64; other formats round them to float32.
`;

export function configure(command: Command): void {
  const { options } = bestCode.spec;
  command
    .option('--count <n>', 'how many points', wholeNumber)
    .option('--dim <d>', 'in how many dimensions', wholeNumber)
    .option('-o, --output <file>', 'file to write')
    .addOption(toFlag())
    .option('--verify <file>', 'certify the points of a file instead of making some')
    .option('--lines', 'lines instead of points: |cos| counts')
    .option(
      '--energy <name>',
      'least energy instead of the largest angle: thomson, log or riesz:S',
      exponentOf,
    )
    .option('--keep <file>', 'points that stay as they are; --count counts them too')
    .option('--reserve <k>', 'plan for k points more: they come last in the file', wholeNumber)
    .option('--targets <file>', 'an n × n file of wanted cosines')
    .option('--assign <file>', 'vectors of the classes’ meanings: which class gets which point')
    .addOption(optionFlag('fresh', options.fresh))
    .addOption(optionFlag('seed', options.seed))
    .addOption(optionFlag('seconds', options.seconds))
    .addOption(optionFlag('chains', options.chains))
    .addOption(optionFlag('patience', options.patience))
    .option('--threads <count>', 'threads for independent starts', wholeNumber)
    .option(
      '--json',
      'print the certificate as one JSON object and nothing else on standard output',
    )
    .option('--quiet', 'no progress and no remarks')
    .addHelpText('after', help)
    .action((flags: Flags) => interruptible((signal) => run(flags, signal)));
}

async function run(flags: Flags, signal: AbortSignal): Promise<void> {
  if (flags.verify) return verified(flags.verify, flags);
  await claimOutputs('code', { output: flags.output }, flags.json);
  const { dim, keep, targets, assign } = flags;
  if (dim === undefined)
    throw new OptionError('code', 'dim', 'given, for instance --dim 3', 'none');
  if (flags.count === undefined && !targets) {
    throw new OptionError('code', 'count', 'given, for instance --count 24', 'none');
  }
  const bar = new ProgressBar(flags.quiet === true);
  try {
    const meanings = assign === undefined ? undefined : await readExactInput(assign);
    const { points, report } = await code(
      {
        ...flags,
        dim,
        exponent: flags.energy,
        keep: await pointsOf(keep),
        targets: await pointsOf(targets),
        semantics: meanings?.points,
      },
      { signal, onProgress: bar.update },
    );
    bar.clear();
    if (flags.output) {
      const format = formatIdOf(flags);
      const { rounded } = await writeExact(flags.output, points, meanings?.labels, format);
      if (rounded && !flags.quiet) say(roundedText(flags.output));
    }
    if (flags.json) return await print(JSON.stringify(report));
    await print(certificateText(report).join('\n'));
    if (flags.output && !flags.quiet) say(`Wrote ${flags.output}`);
  } finally {
    bar.clear();
  }
}

const roundedText = (path: string): string =>
  `${path} holds the points rounded to float32, which moves angles by up to 1e-5°; npy keeps float64.`;

async function pointsOf(path: string | undefined): Promise<Matrix | undefined> {
  return path === undefined ? undefined : (await readExactInput(path)).points;
}

async function verified(path: string, flags: Flags): Promise<void> {
  const { points } = await readExactInput(path);
  const certificate = await verifyCode(points, flags.lines === true);
  if (flags.json) return print(JSON.stringify({ file: path, ...certificate }));
  await print([...certificateText(certificate), ...checkText(certificate)].join('\n'));
}

function certificateText(report: Certificate & CodeReport): string[] {
  const { n, d, minAngleDeg, bounds, gapToBoundDeg, provenOptimal, bestKnownDeg } = report;
  const what = report.maxAbsCosine === undefined ? 'points' : 'lines';
  const angle = Number.isNaN(minAngleDeg) ? 'not computed' : `${minAngleDeg.toFixed(10)}°`;
  const lines = [`${n} ${what} in ${d} dimensions: smallest angle ${angle}`];
  if (report.maxAbsCosine !== undefined) lines.push(`largest |cos| ${report.maxAbsCosine}`);
  if (report.energy) {
    const { value, exponent, bestKnown } = report.energy;
    const known = bestKnown === undefined ? '' : `, best known ${bestKnown}`;
    const sum = Number.isNaN(value) ? 'not computed' : value;
    lines.push(`energy ${sum} (exponent ${exponent}${known})`);
  }
  if (bestKnownDeg !== undefined) {
    lines.push(`best known ${bestKnownDeg.toFixed(10)}° (${report.bestKnownSource})`);
  }
  if (report.bestKnownProof) lines.push(`published proof: ${report.bestKnownProof}`);
  for (const { name, deg } of bounds) lines.push(`proven bound ${deg.toFixed(10)}° (${name})`);
  if (provenOptimal) lines.push('proven optimal: the bound is met');
  else if (!Number.isNaN(gapToBoundDeg)) {
    lines.push(`at most ${gapToBoundDeg.toFixed(6)}° below the best possible`);
  }
  for (const what of report.unfinished ?? []) lines.push(`not finished: ${what}`);
  lines.push(`from: ${report.construction ?? report.start}${startText(report)}`);
  if (report.keep) {
    const { kept, lossDeg, freshMinAngleDeg } = report.keep;
    lines.push(
      `kept ${kept} points; a code that keeps none reaches ${freshMinAngleDeg.toFixed(4)}°, ${lossDeg.toFixed(4)}° more`,
    );
  }
  if (report.reserve) {
    const { reserved, usedMinAngleDeg } = report.reserve;
    lines.push(`the last ${reserved} are reserved; without them ${usedMinAngleDeg.toFixed(4)}°`);
  }
  if (report.targets) {
    const { rootMeanSquareError, largestError } = report.targets;
    lines.push(
      `cosines miss the wanted ones by ${rootMeanSquareError.toPrecision(4)} (root mean square), ${largestError.toPrecision(4)} at most`,
    );
  }
  if (report.assignment) {
    const { correlation, correlationBefore } = report.assignment;
    lines.push(
      `meanings and codes correlate by ${correlation.toFixed(4)} (${correlationBefore.toFixed(4)} in the code's own order)`,
    );
  }
  return lines;
}

function startText({ start, construction }: Certificate): string {
  if (start === 'stored') return ' start, found offline by scripts/search-codes.mjs';
  if (start === 'random') return ' starts';
  return construction && start === 'improved' ? ', improved' : '';
}

function checkText(certificate: VerifiedCertificate): string[] {
  const { check, minAngleLowDeg, minAngleHighDeg, pair } = certificate;
  return [
    `checked (${check}): between ${minAngleLowDeg}° and ${minAngleHighDeg}°, rows ${pair.join(' and ')}`,
  ];
}

function wholeNumber(given: string): number {
  const value = Number(given);
  if (given.trim() !== '' && Number.isInteger(value)) return value;
  throw new InvalidArgumentError('Expected a whole number.');
}

function exponentOf(given: string): number {
  const known: Readonly<Record<string, number>> = { thomson: 1, log: 0 };
  const value = known[given] ?? Number(/^riesz:(.+)$/.exec(given)?.[1] ?? NaN);
  if (!Number.isNaN(value)) return value;
  throw new InvalidArgumentError('Expected thomson, log or riesz:S, such as riesz:2.');
}
