/**
 * The first words of the shared memory: how the threads agree on who does what. The main thread opens a
 * job of COUNT tasks; every thread takes the next number from NEXT until there is none left. Nobody
 * writes a job while ACTIVE threads look at it.
 */
export const EPOCH = 0;
export const OPEN = 1;
export const STOP = 2;
/** Threads that are looking at the job. */
export const ACTIVE = 3;
export const NEXT = 4;
export const COUNT = 5;
/** Index of the kernel in KERNEL_NAMES. */
export const KERNEL = 6;
/** Byte address 28 is FAILED of src/engine/kernels/tiles.as.ts. */
export const FAILED = 7;
/** Address of the job's description. */
export const JOB = 8;
/** Address of the first thread's scratch memory, and bytes from one thread's to the next. */
export const SCRATCH = 9;
export const SCRATCH_BYTES = 10;

/** A word that is 0 for ever, to sleep on. */
const NEVER = 11;

export const CONTROL_WORDS = 16;
/** A thread that waits for another in the middle of a task sleeps so long, and so often. */
const NAP_MS = 0.2;
const NAPS = 300_000;
/** Where a thread that fails leaves the reason, in ASCII, ended by 0. */
export const ERROR_TEXT = 64;
export const ERROR_BYTES = 256;
/**
 * What a worker thread runs: plain JavaScript, complete in itself, so that neither Node nor a bundler
 * has to find a file. It sleeps until EPOCH changes. The indices are those above.
 */
export const WORKER_TEXT = `(data) => {
  const { module, memory, id, kernelNames } = data;
  const control = new Int32Array(memory.buffer, 0, ${CONTROL_WORDS});
  const nap = (times) => {
    if (times > ${NAPS}) throw new Error('another thread does not answer');
    Atomics.wait(control, ${NEVER}, 0, ${NAP_MS});
  };
  const { exports } = new WebAssembly.Instance(module, { env: { memory, nap } });
  for (;;) {
    const epoch = Atomics.load(control, ${EPOCH});
    if (Atomics.load(control, ${STOP})) return;
    Atomics.add(control, ${ACTIVE}, 1);
    if (Atomics.load(control, ${OPEN})) {
      const kernel = exports[kernelNames[control[${KERNEL}]]];
      const job = control[${JOB}] >>> 0;
      const scratch = (control[${SCRATCH}] >>> 0) + id * control[${SCRATCH_BYTES}];
      const count = control[${COUNT}];
      try {
        for (;;) {
          const task = Atomics.add(control, ${NEXT}, 1);
          if (task >= count) break;
          kernel(job, task, scratch);
        }
      } catch (error) {
        const text = new Uint8Array(memory.buffer, ${ERROR_TEXT}, ${ERROR_BYTES - 1});
        const reason = String(error).slice(0, text.length).padEnd(text.length, '\\0');
        Array.from(reason, (c, i) => (text[i] = c.charCodeAt(0)));
        Atomics.store(control, ${FAILED}, 1);
      }
    }
    Atomics.sub(control, ${ACTIVE}, 1);
    Atomics.wait(control, ${EPOCH}, epoch);
  }
}`;
