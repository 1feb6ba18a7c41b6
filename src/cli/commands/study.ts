import { join } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import type { Engine } from '../../engine/engine.ts';
import {
  runStudy,
  type Study,
  type StudyData,
  type StudyRecord,
  studyById,
  studyIds,
} from '../../studies/index.ts';
import { addEngineFlags, type EngineFlags, withEngine } from '../engine.ts';
import { writeBytes } from '../files.ts';
import { interruptible } from '../interrupt.ts';
import { indexOf, resultText, writePage } from '../study/outputs.ts';
import { docsFolder, placesOf, studyData } from '../study/places.ts';
import { resumable, stateKey } from '../study/state.ts';
import { ProgressBar, print, say } from '../terminal.ts';

interface Flags extends EngineFlags {
  readonly quick?: true;
  readonly seeds?: number;
  readonly out?: string;
  readonly data?: string;
  readonly json?: true;
  readonly quiet?: true;
}

const help = `
Examples:
  $ tammes study
  $ tammes study keep-your-distance --quick
  $ tammes study keep-your-distance --json --out results

A full run in a checkout of the repository writes docs/studies/ID.md, .svg and .json. A stopped run
goes on where it was.
`;

export function configure(command: Command): void {
  command
    .argument('[id]', 'which study')
    .option('--quick', 'small sizes and few seeds')
    .option('--seeds <count>', 'how many repeats, with seeds 1, 2, …', seedCount)
    .option('--out <folder>', 'write the page, its chart and the raw numbers there')
    .option('--data <folder>', 'full data sets, for studies that ship a slice: FOLDER/mnist, …')
    .option('--json', 'print one JSON object and nothing else on standard output')
    .option('--quiet', 'no progress and no remarks')
    .addHelpText('after', help);
  addEngineFlags(command).action((id: string | undefined, flags: Flags) =>
    id === undefined ? list(flags) : interruptible((signal) => study(id, flags, signal)),
  );
}

async function list({ json }: Flags): Promise<void> {
  const studies = await Promise.all(studyIds().map(studyById));
  const lines = studies.map(({ id, paper, claim, methods }) => ({ id, paper, claim, methods }));
  if (json) return print(JSON.stringify(lines, null, 2));
  return print(
    lines
      .map(({ id, paper, claim }) => `${id}\n  ${paper.title} (${paper.year})\n  ${claim}`)
      .join('\n'),
  );
}

async function study(id: string, flags: Flags, signal: AbortSignal): Promise<void> {
  const found = await studyById(id);
  const data = studyData(flags.data);
  const began = performance.now();
  const bar = new ProgressBar(flags.quiet === true);
  try {
    const record = await withEngine(flags, (engine) =>
      kept(found, flags, { engine, data, signal, bar }),
    );
    bar.clear();
    const { pages } = placesOf(id, flags.quick === true, flags.out);
    const paths = pages === undefined ? [] : await writePage(pages, found, record);
    if (pages === docsFolder) await writeBytes(join(pages, 'index.md'), await indexOf(pages));
    await print(
      flags.json
        ? JSON.stringify({ ...record, seconds: (performance.now() - began) / 1000 })
        : resultText(found, record),
    );
    if (flags.data !== undefined && !data.wasAsked() && !flags.quiet)
      say('--data was not used: this study, in this form, takes no full data set.');
    if (paths.length > 0 && !flags.quiet) say(`Wrote ${paths.join(', ')}`);
  } finally {
    bar.clear();
  }
}

interface Means {
  readonly engine: Engine;
  readonly data: StudyData;
  readonly signal: AbortSignal;
  readonly bar: ProgressBar;
}

/** Runs the study from where a stopped run left it. */
async function kept(
  study: Study,
  flags: Flags,
  { engine, data, signal, bar }: Means,
): Promise<StudyRecord> {
  const { quick = false, seeds, out } = flags;
  const { state: path } = placesOf(study.id, quick, out);
  const key = await stateKey(study, { quick, engine: engine.name, data: flags.data });
  return resumable({ path, key, command: commandOf(study.id, flags) }, (kept) =>
    runStudy(study, { ...kept, engine, data, quick, seeds, signal, onProgress: bar.update }),
  );
}

function commandOf(id: string, { quick, seeds, out, data, engine }: Flags): string {
  return [
    `tammes study ${id}`,
    ...(quick ? ['--quick'] : []),
    ...(seeds === undefined ? [] : [`--seeds ${seeds}`]),
    ...(engine === 'auto' ? [] : [`--engine ${engine}`]),
    ...(out === undefined ? [] : [`--out ${out}`]),
    ...(data === undefined ? [] : [`--data ${data}`]),
  ].join(' ');
}

function seedCount(given: string): number {
  const count = Number(given);
  if (Number.isInteger(count) && count >= 1 && count <= 1000) return count;
  throw new InvalidArgumentError('Expected an integer in [1, 1000].');
}
