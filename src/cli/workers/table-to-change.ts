import { writeFormat } from '../../io/index.ts';
import { type FoundManifest, newestManifest, openStore } from '../../io/sharded/index.ts';

/** A sharded table and where it lies. */
export interface StoredTable {
  readonly address: string;
  readonly found: FoundManifest;
}

/** The sharded table that is to become another one; undefined where a file is read or written. */
export async function tableToChange(
  files: readonly string[],
  { output, to }: { readonly output: string; readonly to?: string | undefined },
): Promise<StoredTable | undefined> {
  const [address, ...more] = files;
  if (more.length > 0 || /^(dataset:|https?:|-$)/.test(address)) return undefined;
  if (to !== undefined || namesFile(output)) return undefined;
  const found = await newestManifest(openStore(address));
  return found && { address, found };
}

/** Whether the name has the extension of a format, or is that of standard output. */
function namesFile(output: string): boolean {
  if (output === '-') return true;
  if (/^s3:\/\//i.test(output)) return false;
  try {
    writeFormat(output);
    return true;
  } catch {
    return false;
  }
}
