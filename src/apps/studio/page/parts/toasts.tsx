import { dismiss, toasts } from '../state/toasts.ts';

export function Toasts() {
  return (
    <div class="toasts" aria-live="polite">
      {toasts.value.map(({ id, sentence, tone }) => (
        <div key={id} class={`toast ${tone}`} role={tone === 'error' ? 'alert' : 'status'}>
          <p>{sentence}</p>
          <button type="button" class="quiet" aria-label="Dismiss" onClick={() => dismiss(id)}>
            ×
          </button>
        </div>
      ))}
    </div>
  );
}
