import { Menu, type MenuItemConstructorOptions } from 'electron';

export interface MenuOptions {
  readonly platform: NodeJS.Platform;
  /** Whether the developer's tools are at hand. */
  readonly development: boolean;
}

const separator: MenuItemConstructorOptions = { type: 'separator' };

/** The application's menu. Whatever has to do with the work itself is on the screens. */
export function menuTemplate({ platform, development }: MenuOptions): MenuItemConstructorOptions[] {
  const mac = platform === 'darwin';
  const developers: MenuItemConstructorOptions[] = development ? [{ role: 'reload' }, { role: 'toggleDevTools' }, separator] : [];
  return [
    ...(mac ? [{ role: 'appMenu' as const }] : []),
    { label: '&File', submenu: [{ role: mac ? 'close' : 'quit' }] },
    { role: 'editMenu' },
    {
      label: '&View',
      submenu: [...developers, { role: 'resetZoom' }, { role: 'zoomIn' }, { role: 'zoomOut' }, separator, { role: 'togglefullscreen' }],
    },
    { role: 'windowMenu' },
  ];
}

export function installMenu(options: MenuOptions): void {
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(options)));
}
