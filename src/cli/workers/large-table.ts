import { OptionError } from '../../core/errors.ts';
import { storeAddress } from '../../io/open.ts';
import { newestManifest, openStore } from '../../io/sharded/index.ts';
import type { WorkFlags } from './flags.ts';
import type { WorkTable } from './with-runner.ts';

/** Values up to which a sharded table is read whole unless work is spread: 512 MiB of float32. */
export const READ_WHOLE = 2 ** 27;

type Asking = Pick<WorkFlags, 'workers' | 'queue' | 'store' | 'plan'>;

/** The sharded table that a command is to work on without reading it whole; undefined where it is none or small. */
export async function largeTable(
  command: string,
  files: readonly string[],
  { workers, queue, store, plan }: Asking,
): Promise<WorkTable | undefined> {
  const asked = [workers, queue, store, plan].some((own) => own !== undefined);
  const address = await storeAddress(files);
  const opened = address === undefined ? undefined : openStore(address);
  const found = opened && (await newestManifest(opened));
  if (!opened || !found) {
    if (!asked) return undefined;
    const wanted =
      'left out for files: work is spread over a sharded table, which tammes shard writes';
    throw new OptionError(command, 'workers', wanted, files.join(' '));
  }
  const { manifest } = found;
  if (!asked && manifest.rows * manifest.cols <= READ_WHOLE) return undefined;
  return { store: opened, manifest };
}
