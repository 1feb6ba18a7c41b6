import { panels } from '../panels/index.ts';
import { openPanel } from '../state/keys.ts';
import { panel } from '../state/ui.ts';

/** The tabs of the panels. */
export function Rail() {
  const shown = panels();
  return (
    <div class="rail" role="tablist" aria-orientation="vertical" aria-label="Panels">
      {shown.map(({ id, key, title, about, group }, i) => (
        <button
          type="button"
          role="tab"
          key={id}
          id={`tab-${id}`}
          class={i > 0 && shown[i - 1].group !== group ? 'tab first' : 'tab'}
          aria-selected={panel.value === id}
          aria-controls="panel"
          title={about}
          onClick={() => openPanel(id)}
        >
          <span>{title}</span>
          <span class="kbd" aria-hidden="true">
            {key.toUpperCase()}
          </span>
        </button>
      ))}
    </div>
  );
}

/** The panel that is open. */
export function OpenPanel() {
  const open = panels().find(({ id }) => id === panel.value);
  if (!open) return null;
  const { id, title, Panel } = open;
  return (
    <section class="panel" id="panel" role="tabpanel" aria-labelledby={`tab-${id}`} key={id}>
      <header>
        <h2>{title}</h2>
        <button
          type="button"
          class="quiet"
          aria-label="Close the panel"
          onClick={() => openPanel(id)}
        >
          ×
        </button>
      </header>
      <Panel />
    </section>
  );
}
