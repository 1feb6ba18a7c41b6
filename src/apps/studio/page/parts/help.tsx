import { useEffect, useRef } from 'preact/hooks';
import { panels } from '../panels/index.ts';
import { keys, MAP_KEYS } from '../state/keys.ts';
import { isHelpOpen } from '../state/ui.ts';

/** Every key, and what each panel is for. */
export function Help() {
  const dialog = useRef<HTMLDialogElement>(null);
  const isOpen = isHelpOpen.value;
  useEffect(() => {
    if (isOpen) dialog.current?.showModal();
    else dialog.current?.close();
  }, [isOpen]);
  const close = () => {
    isHelpOpen.value = false;
  };
  const ofPage = keys().filter(({ title }) => !title.endsWith(' panel'));
  return (
    <dialog ref={dialog} class="help" aria-label="Keys" onClose={close}>
      <header>
        <h2>Keys</h2>
        <button type="button" class="quiet" onClick={close}>
          Close
        </button>
      </header>
      <div class="columns">
        <dl>
          {[...ofPage, ...MAP_KEYS].map(({ shown, title }) => (
            <div key={shown}>
              <dt>
                <kbd>{shown}</kbd>
              </dt>
              <dd>{title}</dd>
            </div>
          ))}
        </dl>
        <dl>
          {panels().map(({ id, key, title, about }) => (
            <div key={id}>
              <dt>
                <kbd>{key.toUpperCase()}</kbd>
              </dt>
              <dd>
                <b>{title}.</b> {about}
              </dd>
            </div>
          ))}
        </dl>
      </div>
    </dialog>
  );
}
