import { InputError } from '../core/errors.ts';
import { decodeTensors, encodeTensors, type NamedArray, type NamedTensor } from './tensors.ts';

/** What a file that describes itself says it is. */
export interface FileKind {
  /** `tammes-model`, `tammes-checkpoint`, … */
  readonly format: string;
  readonly version: number;
  /** In messages: `model`. */
  readonly title: string;
}

/** Where the description stands in the metadata of a safetensors file. */
const ENTRY = 'tammes';

/** The bytes of a safetensors file that describes itself. */
export function encodeDescribed(
  kind: FileKind,
  fields: Readonly<Record<string, unknown>>,
  tensors: readonly NamedArray[],
): Uint8Array {
  return encodeTensors(tensors, metadataOf(kind, fields));
}

/** The metadata by which a safetensors file describes itself. */
export function metadataOf(
  { format, version }: FileKind,
  fields: Readonly<Record<string, unknown>>,
): Record<string, string> {
  return { [ENTRY]: JSON.stringify({ format, version, ...fields }) };
}

/** The fields of the description, of which format and version are checked, and the arrays. */
export async function decodeDescribed(
  bytes: Uint8Array,
  name: string,
  kind: FileKind,
): Promise<{
  readonly fields: Readonly<Record<string, unknown>>;
  readonly tensors: ReadonlyMap<string, NamedTensor>;
}> {
  const { tensors, metadata } = await decodeTensors(bytes, name).catch((error: unknown) => {
    if (!(error instanceof InputError)) throw error;
    const reason = error.message.replace(`${name}: `, '');
    throw new InputError(name, `${titled(kind)} is expected: ${reason}`, { cause: error });
  });
  return { fields: describedFields(metadata, name, kind), tensors };
}

/** `a model`, `an index`. */
export const titled = ({ title }: FileKind) => `${/^[aeiou]/.test(title) ? 'an' : 'a'} ${title}`;

/** What the metadata of a safetensors file say of it; refuses a file of another format or version in a sentence. */
export function describedFields(
  metadata: Readonly<Record<string, unknown>>,
  name: string,
  kind: FileKind,
): Readonly<Record<string, unknown>> {
  const { format, version, ...fields } = parsed(metadata[ENTRY]);
  const { title } = kind;
  if (format === undefined)
    throw new InputError(
      name,
      `${titled(kind)} of Tammes is expected, which describes itself as one.`,
    );
  if (format !== kind.format)
    throw new InputError(
      name,
      `${titled(kind)} is expected (${kind.format}); this is ${JSON.stringify(format)}.`,
    );
  if (version !== kind.version)
    throw new InputError(
      name,
      `the ${title} has version ${JSON.stringify(version)}; this Tammes reads version ${kind.version}.`,
    );
  return fields;
}

function parsed(text: unknown): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(typeof text === 'string' ? text : '{}');
    return isRecord(value) ? { ...value } : {};
  } catch {
    return {};
  }
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
