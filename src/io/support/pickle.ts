import { refuse } from '../contract.ts';
import { type PickleContext, PickledDict, PickledGlobal } from './pickle-objects.ts';
import { shown } from './shown.ts';
import { textOf } from './text.ts';

/** Operations of one pickle: some 200,000 tensors. It bounds the memory that objects take. */
const MOST_OPERATIONS = 1 << 23;

/** Bytes of an integer: beyond 64 bits none is a size. */
const LONGEST_INTEGER = 64;

/** A stack machine for protocols 2 to 5, without the operations that name code. */
class Machine {
  readonly source: { readonly name: string };
  readonly bytes: Uint8Array;
  readonly view: DataView;
  readonly context: PickleContext;
  readonly stack: unknown[] = [];
  readonly marks: number[] = [];
  readonly memo = new Map<number, unknown>();
  at: number;

  constructor(
    source: { readonly name: string },
    bytes: Uint8Array,
    context: PickleContext,
    at: number,
  ) {
    this.source = source;
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.context = context;
    this.at = at;
  }

  refuse(sentence: string): never {
    return refuse(this.source, sentence);
  }

  damaged(): never {
    return this.refuse(`the pickle is damaged before its byte ${this.at}.`);
  }

  /** Where the next `length` bytes begin; they are there. */
  take(length: number): number {
    const start = this.at;
    if (!(length <= this.bytes.length - start))
      this.refuse('the pickle is cut off before its end.');
    this.at += length;
    return start;
  }

  size(width: 1 | 2 | 4 | 8): number {
    const at = this.take(width);
    if (width === 1) return this.bytes[at];
    if (width === 2) return this.view.getUint16(at, true);
    if (width === 4) return this.view.getUint32(at, true);
    return Number(this.view.getBigUint64(at, true));
  }

  part(length: number): Uint8Array {
    const at = this.take(length);
    return this.bytes.subarray(at, at + length);
  }

  text(length: number): string {
    const at = this.take(length);
    return textOf(this.bytes, at, at + length);
  }

  line(): string {
    const end = this.bytes.indexOf(0x0a, this.at);
    if (end < 0) this.refuse('the pickle is cut off before its end.');
    const text = textOf(this.bytes, this.at, end);
    this.at = end + 1;
    return text;
  }

  push(value: unknown): void {
    this.stack.push(value);
  }

  pop(): unknown {
    const floor = this.marks.length > 0 ? this.marks[this.marks.length - 1] : 0;
    if (this.stack.length <= floor) this.damaged();
    return this.stack.pop();
  }

  top(): unknown {
    if (this.stack.length === 0) this.damaged();
    return this.stack[this.stack.length - 1];
  }

  popped(count: number): unknown[] {
    const values: unknown[] = [];
    for (let i = 0; i < count; i++) values.unshift(this.pop());
    return values;
  }

  /** Everything above the last mark. */
  marked(): unknown[] {
    const mark = this.marks.pop();
    if (mark === undefined || mark > this.stack.length) this.damaged();
    return this.stack.splice(mark);
  }

  append(values: readonly unknown[]): void {
    const list = this.top();
    if (!Array.isArray(list)) this.damaged();
    for (const value of values) list.push(value);
  }

  setItems(values: readonly unknown[]): void {
    const dict = this.top();
    if (!(dict instanceof PickledDict) || values.length % 2 !== 0) this.damaged();
    for (let i = 0; i < values.length; i += 2) dict.set(values[i], values[i + 1]);
  }

  global(name: string): void {
    const known = this.context.global(name);
    if (!known) {
      this.refuse(`the pickle names ${shown(name)}, which is not read; ${this.context.wayOut}`);
    }
    this.push(known);
  }

  called(callee: unknown, args: unknown): void {
    if (!(callee instanceof PickledGlobal) || !Array.isArray(args)) this.damaged();
    if (!callee.call) {
      this.refuse(`the pickle makes a ${callee.name}, which is not read; ${this.context.wayOut}`);
    }
    this.push(callee.call(args));
  }

  get(index: number): void {
    if (!this.memo.has(index)) this.damaged();
    this.push(this.memo.get(index));
  }

  build(): void {
    const state = this.pop();
    const object = this.top();
    if (this.context.build(object, state)) return;
    this.refuse(
      `the pickle gives attributes to an object, which is not read; ${this.context.wayOut}`,
    );
  }
}

/** A two's complement integer, least significant byte first. */
function integerOf(machine: Machine, length: number): number | bigint {
  if (length > LONGEST_INTEGER) {
    machine.refuse(`the pickle has an integer of ${length} bytes, which is not read.`);
  }
  const bytes = machine.part(length);
  let value = 0n;
  for (let i = length - 1; i >= 0; i--) value = (value << 8n) | BigInt(bytes[i]);
  value = BigInt.asIntN(8 * length, value);
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

function dictOf(machine: Machine, values: readonly unknown[]): void {
  machine.push(new PickledDict());
  machine.setItems(values);
}

function stackGlobal(machine: Machine): void {
  const [module, name] = machine.popped(2);
  if (typeof module !== 'string' || typeof name !== 'string') machine.damaged();
  machine.global(`${module}.${name}`);
}

/** What each operation does, by its byte (PEP 3154, PEP 574, `pickletools`). */
const OPERATIONS: Readonly<Record<number, (machine: Machine) => void>> = {
  // Marks and the stack.
  40: (m) => m.marks.push(m.stack.length),
  48: (m) => m.pop(),
  49: (m) => m.marked(),
  50: (m) => m.push(m.top()),
  // Constants.
  78: (m) => m.push(null),
  136: (m) => m.push(true),
  137: (m) => m.push(false),
  74: (m) => m.push(m.view.getInt32(m.take(4), true)),
  75: (m) => m.push(m.size(1)),
  77: (m) => m.push(m.size(2)),
  138: (m) => m.push(integerOf(m, m.size(1))),
  139: (m) => m.push(integerOf(m, m.size(4))),
  71: (m) => m.push(m.view.getFloat64(m.take(8), false)),
  // Texts and bytes.
  88: (m) => m.push(m.text(m.size(4))),
  140: (m) => m.push(m.text(m.size(1))),
  141: (m) => m.push(m.text(m.size(8))),
  84: (m) => m.push(m.text(m.size(4))),
  85: (m) => m.push(m.text(m.size(1))),
  66: (m) => m.push(m.part(m.size(4))),
  67: (m) => m.push(m.part(m.size(1))),
  142: (m) => m.push(m.part(m.size(8))),
  150: (m) => m.push(m.part(m.size(8))),
  // Lists, tuples and sets, all of them lists here; dictionaries.
  93: (m) => m.push([]),
  97: (m) => m.append([m.pop()]),
  101: (m) => m.append(m.marked()),
  108: (m) => m.push(m.marked()),
  41: (m) => m.push([]),
  116: (m) => m.push(m.marked()),
  133: (m) => m.push(m.popped(1)),
  134: (m) => m.push(m.popped(2)),
  135: (m) => m.push(m.popped(3)),
  143: (m) => m.push([]),
  144: (m) => m.append(m.marked()),
  145: (m) => m.push(m.marked()),
  125: (m) => m.push(new PickledDict()),
  100: (m) => dictOf(m, m.marked()),
  115: (m) => m.setItems(m.popped(2)),
  117: (m) => m.setItems(m.marked()),
  // The memo.
  104: (m) => m.get(m.size(1)),
  106: (m) => m.get(m.size(4)),
  113: (m) => m.memo.set(m.size(1), m.top()),
  114: (m) => m.memo.set(m.size(4), m.top()),
  148: (m) => m.memo.set(m.memo.size, m.top()),
  // Names, and what is made by them.
  99: (m) => m.global(`${m.line()}.${m.line()}`),
  147: stackGlobal,
  82: (m) => {
    const [callee, args] = m.popped(2);
    m.called(callee, args);
  },
  129: (m) => {
    const [callee, args] = m.popped(2);
    m.called(callee, args);
  },
  98: (m) => m.build(),
  81: (m) => m.push(m.context.persistent(m.pop())),
  // A frame only announces its length.
  149: (m) => m.size(8),
};

const STOP = 0x2e;

/**
 * The value of the pickle at `start` and where it ends. Nothing runs but what `context` lists: every
 * other name is refused by name.
 */
export function unpickled(
  source: { readonly name: string },
  bytes: Uint8Array,
  context: PickleContext,
  start = 0,
): { readonly value: unknown; readonly end: number } {
  const machine = new Machine(source, bytes, context, start);
  const [proto, version] = machine.part(2);
  if (proto !== 0x80 || version < 2 || version > 5) {
    machine.refuse('the pickle is not of protocol 2 to 5; save it with a current Python.');
  }
  for (let count = 0; count < MOST_OPERATIONS; count++) {
    const code = machine.size(1);
    if (code === STOP) {
      if (machine.stack.length !== 1) machine.damaged();
      return { value: machine.pop(), end: machine.at };
    }
    const operation = OPERATIONS[code];
    if (!operation) {
      machine.refuse(
        `the pickle has the operation 0x${code.toString(16).padStart(2, '0')}, which is not read; ${context.wayOut}`,
      );
    }
    operation(machine);
  }
  return machine.refuse(`the pickle has more than ${MOST_OPERATIONS} operations.`);
}
