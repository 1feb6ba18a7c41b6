import { isPattern, listing, matching } from '#files';
import { InputError } from '../core/errors.ts';
import { refuse, type Source, type Sources } from './contract.ts';
import { type FoundFiles, filesOfFolder } from './folder.ts';
import { naturalOrder } from './natural-order.ts';
import { requireWholeFamilies } from './shard-names.ts';

const isList = (sources: Sources): sources is readonly Source[] => Array.isArray(sources);

/** The files that stand for one table: those of a list, of a folder, of a pattern, or the one that was named. */
export async function filesOf(sources: Sources): Promise<FoundFiles> {
  const named = isList(sources) ? sources : [sources];
  if (named.length === 0) throw new InputError('read', 'the list of files is empty.');
  const found: FoundFiles[] = [];
  for (const source of named) found.push(await filesOfOne(source));
  const files = found.flatMap((part) => part.files);
  if (named.length > 1) requireWholeFamilies(files);
  const [metadata, ...more] = found.flatMap((part) => part.metadata ?? []);
  if (more.length > 0) refuse({ name: more[0] }, 'only one folder can bring metadata.');
  return { files, metadata, remarks: found.flatMap(({ remarks }) => remarks) };
}

async function filesOfOne(source: Source): Promise<FoundFiles> {
  if (typeof source !== 'string') return { files: [source], remarks: [] };
  if (isPattern(source)) return { files: await filesOfPattern(source), remarks: [] };
  const content = await listing(source);
  return content ? filesOfFolder(source, content) : { files: [source], remarks: [] };
}

/** The files that fit a pattern, in the natural order of their paths; refuses a family with a gap. */
export async function filesOfPattern(pattern: string): Promise<string[]> {
  const files = (await matching(pattern)).sort(naturalOrder);
  if (files.length === 0) refuse({ name: pattern }, 'no file fits this pattern.');
  requireWholeFamilies(files);
  return files;
}
