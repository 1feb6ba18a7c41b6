import { InputError } from '../../core/errors.ts';
import type { OptimizerState } from '../../families/optimizers/index.ts';

type Numbers = Float32Array | Float64Array | Int32Array;

const TYPES = {
  F32: Float32Array,
  F64: Float64Array,
  I32: Int32Array,
} as const;

/** A stopped run: the optimizer's state, and what must not differ when it goes on. */
export interface Checkpoint {
  readonly state: OptimizerState;
  /** The recipe and the input's hash, as JSON. */
  readonly context: Readonly<Record<string, unknown>>;
}

/** A checkpoint as the bytes of a safetensors file. */
export function encodeCheckpoint({ state, context }: Checkpoint): Uint8Array {
  const { arrays, ...rest } = state;
  const header: Record<string, unknown> = {
    __metadata__: {
      tammes: 'checkpoint',
      state: JSON.stringify(rest),
      context: JSON.stringify(context),
    },
  };
  let offset = 0;
  for (const [name, array] of Object.entries(arrays)) {
    const end = offset + array.byteLength;
    header[name] = { dtype: typeName(array), shape: [array.length], data_offsets: [offset, end] };
    offset = end;
  }
  const json = new TextEncoder().encode(JSON.stringify(header));
  const padded = Math.ceil((8 + json.length) / 8) * 8;
  const bytes = new Uint8Array(padded + offset).fill(0x20, 0, padded);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(padded - 8), true);
  bytes.set(json, 8);
  let at = padded;
  for (const array of Object.values(arrays)) {
    bytes.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), at);
    at += array.byteLength;
  }
  return bytes;
}

/** Reads what `encodeCheckpoint` wrote; refuses anything else with a sentence. */
export function decodeCheckpoint(bytes: Uint8Array, name: string): Checkpoint {
  try {
    return decoded(bytes);
  } catch (cause) {
    throw new InputError(name, 'is not a checkpoint of Tammes, or was cut short.', { cause });
  }
}

function decoded(bytes: Uint8Array): Checkpoint {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const start = 8 + Number(view.getBigUint64(0, true));
  const text = new TextDecoder().decode(bytes.subarray(8, start));
  const { __metadata__: metadata, ...entries } = JSON.parse(text);
  if (metadata.tammes !== 'checkpoint') throw new Error('no mark of Tammes');
  const arrays: Record<string, Numbers> = {};
  for (const [key, { dtype, data_offsets: at }] of Object.entries<Entry>(entries)) {
    const part = bytes.slice(start + at[0], start + at[1]);
    if (part.length !== at[1] - at[0]) throw new Error(`array ${key} is cut short`);
    arrays[key] = new TYPES[dtype](part.buffer);
  }
  return {
    state: { ...JSON.parse(metadata.state), arrays },
    context: JSON.parse(metadata.context),
  };
}

interface Entry {
  readonly dtype: keyof typeof TYPES;
  readonly data_offsets: readonly [number, number];
}

function typeName(array: Numbers): keyof typeof TYPES {
  if (array instanceof Float32Array) return 'F32';
  return array instanceof Float64Array ? 'F64' : 'I32';
}
