import { openSource } from '#files';
import { endsIn, type ReadOptions, refuse, type Source } from './contract.ts';
import { familiesOf } from './shard-names.ts';
import { chosenArray } from './support/select.ts';

interface Tensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: string;
}

/**
 * Of the shards of a model, those with the vectors: each tensor lies in one of them, and the others hold other
 * weights. Shards of a table, which all have the same tensor, stay as they are.
 */
export async function shardsWithVectors(
  files: readonly Source[],
  options: ReadOptions,
): Promise<readonly Source[]> {
  const [family, ...others] = familiesOf(files);
  const isModel = files.length > 1 && family?.numbers.length === files.length;
  if (!isModel || others.length > 0 || !endsIn(family.pattern, ['.safetensors'])) return files;
  const found: (Tensor & { readonly file: Source })[] = [];
  for (const file of files) {
    for (const tensor of await tensorsOf(file)) found.push({ ...tensor, file });
  }
  const names = new Map(found.map((tensor) => [tensor.name, tensor]));
  const { name } = chosenArray({ name: family.pattern }, [...names.values()], described, options);
  const holders = found.filter((tensor) => tensor.name === name).map(({ file }) => file);
  if (holders.length < files.length) {
    options.onRemark?.(
      `${holders.map(String).join(', ')}: the tensor ${name} is here; the other files have other weights.`,
    );
  }
  return holders;
}

const described = ({ name, shape, dtype }: Tensor): string =>
  `${name} (${shape.join(' × ')} ${dtype})`;

/** Longest header that is read for its names. */
const LONGEST_HEADER = 1e8;

/** The tensors of two dimensions; what is damaged is said when the file is opened. */
async function tensorsOf(file: Source): Promise<Tensor[]> {
  const source = await openSource(file);
  try {
    const start = await source.read(0, 8);
    const length = Number(new DataView(start.buffer, start.byteOffset, 8).getBigUint64(0, true));
    if (length > LONGEST_HEADER) refuse(source, `the safetensors header claims ${length} bytes.`);
    const text = new TextDecoder().decode(await source.read(8, length));
    const entries = Object.entries(JSON.parse(text) as Record<string, Partial<Tensor> | null>);
    return entries.flatMap(([name, entry]) => {
      const { shape, dtype = '' } = entry ?? {};
      return Array.isArray(shape) && shape.length === 2 ? [{ name, shape, dtype }] : [];
    });
  } catch (cause) {
    if (cause instanceof SyntaxError) refuse(source, 'the safetensors header is not JSON.', cause);
    throw cause;
  } finally {
    await source.close();
  }
}
