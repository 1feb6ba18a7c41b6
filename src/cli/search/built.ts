import type { Built } from '../../apps/verbs/search.ts';
import { print, remarksOnce, say } from '../terminal.ts';

/** Says what was built. */
export async function tellBuilt(
  { facts, warnings, engine, index: { n, settings } }: Built,
  seconds: number,
  flags: {
    readonly index: string;
    readonly output: string;
    readonly json?: true | undefined;
    readonly quiet?: true | undefined;
  },
): Promise<void> {
  const { index, output } = flags;
  if (flags.json)
    return print(
      JSON.stringify({ index, n, d: settings['dims'], seconds, engine, facts, warnings }),
    );
  for (const [name, value] of Object.entries(facts))
    await print(`${name} ${Number(value.toPrecision(4))}`);
  if (flags.quiet) return;
  for (const remark of remarksOnce(warnings)) say(remark);
  say(`Wrote the index ${index} of ${n} documents to ${output}`);
}
