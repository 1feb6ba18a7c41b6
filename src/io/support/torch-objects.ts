import { refuse } from '../contract.ts';
import { BYTES_OF, type DType } from './dtype.ts';
import { type PickleContext, PickledDict, PickledGlobal } from './pickle-objects.ts';

/** The memory behind tensors: an entry of the file, or bytes of the pickle itself. */
export interface Storage {
  readonly key: string;
  /** Its type's name, such as `Float`. */
  readonly type: string;
  /** Elements of its type; bytes where it is untyped. */
  readonly count: number;
  readonly bytes?: Uint8Array | undefined;
  /** Byte order of `bytes`. */
  readonly bigEndian?: boolean | undefined;
}

/** A view of a storage, as PyTorch describes it: everything is counted in elements. */
export class Tensor {
  readonly storage: Storage;
  /** The element type as PyTorch or NumPy names it. */
  readonly type: string;
  /** Undefined for a type that is no number here (complex, quantized, …). */
  readonly dtype: DType | undefined;
  readonly offset: number;
  readonly shape: readonly number[];
  readonly strides: readonly number[];
  constructor(
    storage: Storage,
    type: string,
    offset: number,
    shape: readonly number[],
    strides: readonly number[],
  ) {
    this.storage = storage;
    this.type = type;
    this.dtype = dtypeOf(type);
    this.offset = offset;
    this.shape = shape;
    this.strides = strides;
  }
}

const DTYPE_OF: ReadonlyMap<string, DType> = new Map([
  ...(['f2', 'f4', 'f8', 'i1', 'u1', 'i2', 'u2', 'i4', 'u4', 'i8', 'u8'] as const).map(
    (dtype) => [dtype, dtype] as const,
  ),
  ['b1', 'u1'],
  ['Half', 'f2'],
  ['BFloat16', 'bf16'],
  ['Float', 'f4'],
  ['Double', 'f8'],
  ['Char', 'i1'],
  ['Byte', 'u1'],
  ['Bool', 'u1'],
  ['Short', 'i2'],
  ['Int', 'i4'],
  ['Long', 'i8'],
  ['float16', 'f2'],
  ['bfloat16', 'bf16'],
  ['float32', 'f4'],
  ['float64', 'f8'],
  ['int8', 'i1'],
  ['uint8', 'u1'],
  ['bool', 'u1'],
  ['int16', 'i2'],
  ['uint16', 'u2'],
  ['int32', 'i4'],
  ['uint32', 'u4'],
  ['int64', 'i8'],
  ['uint64', 'u8'],
]);

/** The element type by the name that a storage, PyTorch or NumPy gives it. */
export function dtypeOf(type: string): DType | undefined {
  return DTYPE_OF.get(type);
}

class NumpyType {
  readonly code: string;
  bigEndian = false;
  constructor(code: string) {
    this.code = code;
  }
}

/** An array before its state comes. */
class NumpyArray {
  tensor: Tensor | undefined;
}

const MOST_DIMENSIONS = 64;

const isSize = (value: unknown): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;

const isSizes = (value: unknown): value is number[] =>
  Array.isArray(value) && value.length <= MOST_DIMENSIONS && value.every(isSize);

const isStorage = (value: unknown): value is Storage =>
  typeof value === 'object' && value !== null && 'key' in value && 'count' in value;

/** The tensor that a NumPy array is, once its state came. */
export function tensorOf(value: unknown): Tensor | undefined {
  return value instanceof NumpyArray ? value.tensor : value instanceof Tensor ? value : undefined;
}

const STORAGE = /^torch\.(?:cuda\.|storage\.)?(\w+)Storage$/;
const TYPE = /^torch\.((?:float|bfloat|int|uint|complex|quint|qint)\d+\w*|bool)$/;

/**
 * What the pickle of a PyTorch file may name: tensors, storages, element types, `OrderedDict`, and
 * NumPy's arrays and scalars. None of it is code of the file.
 */
export function torchContext(source: { readonly name: string }): PickleContext {
  const damaged = (what: string): never =>
    refuse(source, `the pickle describes ${what} in a way that PyTorch does not.`);

  const tensor = ([storage, offset, shape, strides]: readonly unknown[], type?: string): Tensor => {
    if (!isStorage(storage) || !isSize(offset) || !isSizes(shape) || !isSizes(strides)) {
      return damaged('a tensor');
    }
    if (shape.length !== strides.length) return damaged('a tensor');
    return new Tensor(storage, type ?? storage.type, offset, shape, strides);
  };
  const typed = (args: readonly unknown[]): Tensor => {
    const type = args[6];
    if (!(type instanceof PickledGlobal)) return damaged('a tensor');
    return tensor(args, type.name.replace(/^torch\./, ''));
  };
  const numpyType = ([code]: readonly unknown[]): NumpyType => {
    if (typeof code !== 'string') return damaged('an element type');
    return new NumpyType(code.replace(/^[<>|=]/, ''));
  };
  const scalar = ([type, bytes]: readonly unknown[]): unknown => {
    const dtype = type instanceof NumpyType ? dtypeOf(type.code) : undefined;
    if (!(type instanceof NumpyType) || !dtype || !(bytes instanceof Uint8Array)) {
      return damaged('a scalar');
    }
    if (bytes.length !== BYTES_OF[dtype]) return damaged('a scalar');
    return new Tensor(
      { key: '', type: type.code, count: 1, bytes, bigEndian: type.bigEndian },
      type.code,
      0,
      [],
      [],
    );
  };
  /** Bytes, as protocol 2 writes them: a text of the characters 0 to 255. */
  const latin1 = ([text, encoding]: readonly unknown[]): Uint8Array => {
    if (typeof text !== 'string' || encoding !== 'latin1') return damaged('bytes');
    if (/[^\0-\xff]/.test(text)) return damaged('bytes');
    return Uint8Array.from(text, (character) => character.charCodeAt(0));
  };

  const calls: Readonly<Record<string, (args: readonly unknown[]) => unknown>> = {
    'torch._utils._rebuild_tensor': (args) => tensor(args),
    'torch._utils._rebuild_tensor_v2': (args) => tensor(args),
    'torch._utils._rebuild_tensor_v3': typed,
    'torch._utils._rebuild_parameter': ([data]) => data,
    'torch._utils._rebuild_parameter_with_state': ([data]) => data,
    'torch.Size': ([sizes]) => (isSizes(sizes) ? sizes : damaged('a size')),
    'collections.OrderedDict': ([pairs]) => dictOf(pairs) ?? damaged('a dictionary'),
    '_codecs.encode': latin1,
    'numpy.dtype': numpyType,
    'numpy.core.multiarray._reconstruct': () => new NumpyArray(),
    'numpy._core.multiarray._reconstruct': () => new NumpyArray(),
    'numpy.core.multiarray.scalar': scalar,
    'numpy._core.multiarray.scalar': scalar,
  };
  return {
    wayOut: 'save tensors alone: torch.save({"embeddings": tensor}, file), or model.state_dict().',
    global(name) {
      if (Object.hasOwn(calls, name)) return new PickledGlobal(name, calls[name]);
      const isType = STORAGE.test(name) || TYPE.test(name) || name === 'numpy.ndarray';
      return isType ? new PickledGlobal(name) : undefined;
    },
    persistent(id) {
      if (!Array.isArray(id) || id[0] !== 'storage') return damaged('a storage');
      const [, type, key, , count, view] = id as unknown[];
      const [, name] = (type instanceof PickledGlobal && STORAGE.exec(type.name)) || [];
      if (!name || typeof key !== 'string' || !isSize(count)) return damaged('a storage');
      if (Array.isArray(view)) refuse(source, 'a storage is a part of another one; save it anew.');
      return { key, type: name, count } satisfies Storage;
    },
    build(object, state) {
      // What a state_dict says about its modules.
      if (object instanceof PickledDict) return true;
      if (object instanceof NumpyType && Array.isArray(state)) {
        object.bigEndian = state[1] === '>';
        return true;
      }
      if (object instanceof NumpyArray && Array.isArray(state)) {
        object.tensor = numpyTensor(state) ?? damaged('an array');
        return true;
      }
      return false;
    },
  };
}

/** An `OrderedDict`, empty or of pairs. */
function dictOf(pairs: unknown): PickledDict | undefined {
  const dict = new PickledDict();
  for (const pair of Array.isArray(pairs) ? pairs : []) {
    if (!Array.isArray(pair) || pair.length !== 2) return undefined;
    dict.set(pair[0], pair[1]);
  }
  return dict;
}

/** A NumPy array by its state: version, shape, type, whether column after column, bytes. */
function numpyTensor([, shape, type, isFortran, bytes]: readonly unknown[]): Tensor | undefined {
  if (!isSizes(shape) || !(type instanceof NumpyType)) return undefined;
  const memory = bytes instanceof Uint8Array ? bytes : new Uint8Array(0);
  const dtype = dtypeOf(type.code);
  const strides = Array.from({ length: shape.length }, () => 0);
  let stride = 1;
  for (let k = 0; k < shape.length; k++) {
    const i = isFortran === true ? k : shape.length - 1 - k;
    strides[i] = stride;
    stride *= shape[i];
  }
  const count = dtype ? Math.floor(memory.length / BYTES_OF[dtype]) : 0;
  const storage = { key: '', type: type.code, count, bytes: memory, bigEndian: type.bigEndian };
  return new Tensor(storage, type.code, 0, shape, strides);
}
