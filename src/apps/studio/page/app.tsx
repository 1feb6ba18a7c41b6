import { panels } from './panels/index.ts';
import { DropZone } from './parts/drop.tsx';
import { Help } from './parts/help.tsx';
import { OpenPanel, Rail } from './parts/rail.tsx';
import { SideBar } from './parts/side-bar.tsx';
import { StageArea } from './parts/stage.tsx';
import { StatusLine } from './parts/status-line.tsx';
import { Toasts } from './parts/toasts.tsx';
import { TopBar } from './parts/top-bar.tsx';
import { panel } from './state/ui.ts';

export function App() {
  const isOpen = panels().some(({ id }) => id === panel.value);
  return (
    <div class={isOpen ? 'app' : 'app wide'}>
      <TopBar />
      <SideBar />
      <StageArea />
      <OpenPanel />
      <Rail />
      <StatusLine />
      <Toasts />
      <Help />
      <DropZone />
    </div>
  );
}
