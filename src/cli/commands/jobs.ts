import { type Command, Option } from 'commander';
import { count, duration, significant } from '../../apps/report/format.ts';
import { OptionError } from '../../core/errors.ts';
import { counted } from '../../core/text.ts';
import { openStore } from '../../io/sharded/index.ts';
import { workThere } from '../../jobs/shared-work.ts';
import { interruptible } from '../interrupt.ts';
import { aligned, ProgressBar, print, say } from '../terminal.ts';
import { queueAddress, queueFlag } from '../workers/queue/address.ts';
import {
  type ListedJobs,
  type ListedPlan,
  listedJobs,
  resumeJob,
  stopJob,
} from '../workers/queue/jobs.ts';
import { openQueue } from '../workers/queue/open-queue.ts';

interface JobsFlags {
  readonly queue?: string | true;
  readonly store?: string;
  readonly json?: true;
  readonly quiet?: true;
}

const help = `
stop takes back what waits; what is computed is finished, and all outputs stay. resume leads a plan on that was
stopped, that failed, or whose process is gone; the command that began it then finds all its outputs.

--store says what commands do in a folder or bucket, with and without a queue, and what they left there; tammes shard --clean
removes what is older than a day.

Examples:
  $ tammes jobs --queue redis://127.0.0.1:6379
  $ tammes jobs --store s3://vectors/wiki
  $ tammes jobs stop 5f0c2a --queue redis://127.0.0.1:6379
  $ tammes jobs resume 5f0c2a --queue redis://127.0.0.1:6379
`;

export function configure(command: Command): void {
  command
    .argument('[action]', 'stop or resume; without it, the plans are listed')
    .argument('[id]', 'the id of a plan, or how it begins')
    .addOption(queueFlag())
    .option(
      '--store <store>',
      'what is at work in a folder or s3://bucket/prefix, and what is left there',
    )
    .addOption(new Option('--json', 'print JSON'))
    .option('--quiet', 'no progress and no remarks')
    .addHelpText('after', help)
    .action(async (action: string | undefined, id: string | undefined, flags: JobsFlags) => {
      if (action !== undefined && action !== 'stop' && action !== 'resume') {
        throw new OptionError('jobs', 'action', 'stop or resume', action);
      }
      if (action !== undefined && id === undefined) {
        throw new OptionError('jobs', 'id', 'given: the id of a plan; tammes jobs lists them', id);
      }
      if (flags.store !== undefined && action === undefined && flags.queue === undefined)
        return tellWork(flags.store, flags);
      if (flags.queue === undefined) {
        throw new OptionError(
          'jobs',
          'queue',
          'given, like redis://host:6379, or --store',
          'nothing',
        );
      }
      await interruptible((signal) => done(action ?? 'list', id ?? '', flags, signal));
    });
}

const DAY = 24 * 60 * 60 * 1000;

/** Says what is at work in a store, and what was left there. */
async function tellWork(address: string, { json }: JobsFlags): Promise<void> {
  const store = openStore(address);
  const there = await workThere(store, new Date(Date.now() - DAY));
  if (json) return print(JSON.stringify({ store: store.name, ...there }));
  const { commands, outputs, old, plans } = there;
  const atWork = commands === 0 ? 'No command works' : `${counted(commands, 'command')} at work`;
  const lie = outputs === 1 ? 'lies' : 'lie';
  await print(`${atWork} in ${store.name}; ${counted(outputs, 'output')} of tasks ${lie} there.`);
  if (plans.length > 0) await print(`Plans that have not ended: ${plans.join(', ')}.`);
  if (old > 0)
    await print(
      `${counted(old, 'output')} older than a day: tammes shard --clean ${address} removes them.`,
    );
}

async function done(
  action: 'list' | 'stop' | 'resume',
  id: string,
  flags: JobsFlags,
  signal: AbortSignal,
): Promise<void> {
  const address = queueAddress(flags.queue ?? true);
  const said = flags.quiet ? () => {} : say;
  const open = await openQueue(address, said);
  const bar = new ProgressBar(flags.quiet === true);
  try {
    if (action === 'list') {
      const found = await listedJobs(open);
      return await print(flags.json ? JSON.stringify(found, null, 2) : listText(found));
    }
    if (action === 'stop') {
      const plan = await stopJob(open, id);
      const text = `${plan.title} (${plan.id}) is stopped; tammes jobs resume ${plan.id} goes on.`;
      return await print(flags.json ? JSON.stringify(plan, null, 2) : text);
    }
    const controls = { signal, onProgress: bar.update };
    const resumed = await resumeJob(open, address, id, said, controls);
    bar.clear();
    const { plan } = resumed;
    const text = `${plan.title} (${plan.id}) is done, ${count(resumed.done.ran)} of ${count(resumed.done.tasks)} tasks now; its outputs lie in ${plan.work}.\nThe command that began it reads them: ${plan.command}`;
    await print(flags.json ? JSON.stringify(resumed, null, 2) : text);
  } finally {
    bar.clear();
    await open.close();
  }
}

function listText({ plans, workers, waiting, active, failed }: ListedJobs): string {
  const counts = `${count(waiting)} tasks wait, ${count(active)} are computed, ${count(failed)} failed within a day.`;
  const who = workers.length === 0 ? 'No workers' : `Workers: ${workers.join(', ')}`;
  const head = ['id', 'plan', 'state', 'done', 'of', 'tasks/s', 'left'];
  const lines = plans.length === 0 ? ['No plans.'] : aligned([head, ...plans.map(cellsOf)]);
  const reasons = plans.flatMap(({ id, state, sentence }) =>
    state === 'failed' && sentence !== undefined ? [`${id}: ${sentence}`] : [],
  );
  return [...lines, ...reasons, `${who}.`, counts].join('\n');
}

function cellsOf(plan: ListedPlan): string[] {
  const { id, title, state, led, done: ready, toRun, rate, left } = plan;
  return [
    id,
    title,
    state === 'running' && !led ? 'left alone' : state,
    count(ready),
    count(toRun),
    rate === null ? '–' : significant(rate),
    left === null ? '–' : duration(left),
  ];
}
