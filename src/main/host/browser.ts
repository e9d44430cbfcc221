import { spawn } from 'node:child_process';

/** The program that opens a link in the person's browser, and its arguments; null where there is nobody to look. No shell reads the link. */
export function browserCommand(link: string, platform: NodeJS.Platform, environment: NodeJS.ProcessEnv): readonly [string, ...string[]] | null {
  if ((environment.IVY_NO_BROWSER ?? '') !== '') return null;
  switch (platform) {
    case 'darwin':
      return ['open', link];
    case 'win32':
      // "start" is a word of the shell; this is what stands behind it.
      return ['rundll32', 'url.dll,FileProtocolHandler', link];
    default: {
      const hasDisplay = (environment.DISPLAY ?? '') !== '' || (environment.WAYLAND_DISPLAY ?? '') !== '';
      return hasDisplay ? ['xdg-open', link] : null;
    }
  }
}

/** Opens a link in the person's browser where there is one. Where that fails, the printed link is still there. */
export function openInBrowser(link: string): void {
  const command = browserCommand(link, process.platform, process.env);
  if (command === null) return;
  const [program, ...args] = command;
  const child = spawn(program, args, { stdio: 'ignore', detached: true });
  child.on('error', () => undefined);
  child.unref();
}
