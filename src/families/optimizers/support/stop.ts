/** Watches windows of as many steps as show every row once, and says when to stop. */
export interface StopWatch {
  /** For the checkpoint. */
  readonly arrays: Readonly<Record<string, Float64Array>>;
  /** Takes in a step; at the end of a window, a reason to stop if there is one. */
  after(step: number, seen: StepSeen): 'converged' | 'stalled' | undefined;
}

export interface StepSeen {
  /** Mean squared gradient norm of the step's rows. */
  readonly meanSquare: number;
  /** Whether any coordinate changed. */
  readonly moved: boolean;
  /** Whether the schedule leaves enough of the learning rate that rows ought to move. */
  readonly atSpeed: boolean;
}

/**
 * 'converged': the root mean square gradient norm of a window is at most `tolerance` times that of
 * the first window. 'stalled': in a whole window no coordinate of any row changed.
 */
export function stopWatch(windowLength: number, tolerance: number): StopWatch {
  const window = new Float64Array(3);
  const [SUM, MOVED, FIRST] = [0, 1, 2];
  return {
    arrays: { window },
    after(step, { meanSquare, moved, atSpeed }) {
      window[SUM] += meanSquare;
      if (moved || !atSpeed) window[MOVED] = 1;
      if (step % windowLength !== 0) return undefined;
      const norm = Math.sqrt(window[SUM] / windowLength);
      if (step === windowLength) window[FIRST] = norm;
      const anyMoved = window[MOVED] === 1;
      window[SUM] = 0;
      window[MOVED] = 0;
      if (norm <= tolerance * window[FIRST]) return 'converged';
      return anyMoved ? undefined : 'stalled';
    },
  };
}
