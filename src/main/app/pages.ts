import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { extname, join, resolve, sep } from 'node:path';

/** The built window, as a door hands it to its browser. */
export interface Pages {
  /** What lies at a path: a file, or the page itself for every place inside the app. */
  answer(pathname: string): Promise<Response>;
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
};

const deniedFeatures = [
  'accelerometer',
  'autoplay',
  'browsing-topics',
  'camera',
  'clipboard-read',
  'clipboard-write',
  'display-capture',
  'encrypted-media',
  'fullscreen',
  'gamepad',
  'geolocation',
  'gyroscope',
  'hid',
  'idle-detection',
  'local-fonts',
  'magnetometer',
  'microphone',
  'midi',
  'payment',
  'picture-in-picture',
  'publickey-credentials-create',
  'publickey-credentials-get',
  'screen-wake-lock',
  'serial',
  'storage-access',
  'usb',
  'window-management',
  'xr-spatial-tracking',
];

/** What a page may load and do. Without a nonce, nothing at all: that is for answers that are no page. */
export function contentSecurityPolicy(nonce: string | null): string {
  const own = nonce === null ? [] : [
    `script-src 'self' 'nonce-${nonce}'`,
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
  ];
  return ["default-src 'none'", ...own, "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'", "object-src 'none'"].join('; ');
}

/** The headers that go with everything a door hands to a browser. */
export function securityHeaders(nonce: string | null = null): Readonly<Record<string, string>> {
  return {
    'content-security-policy': contentSecurityPolicy(nonce),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': deniedFeatures.map((feature) => `${feature}=()`).join(', '),
  };
}

/** The file in a folder that a request's path means, or null where it would lead anywhere else. */
export function fileInside(folder: string, pathname: string): string | null {
  let plain: string;
  try {
    plain = decodeURIComponent(pathname);
  } catch {
    return null;
  }
  // A colon names a drive or a stream on Windows, a backslash is a slash there.
  if (/[\0\\:]/.test(plain) || plain.split('/').includes('..')) return null;
  const path = join(folder, plain);
  return path.startsWith(folder + sep) ? path : null;
}

const bridgeScript = '<script type="module" src="/bridge.js"></script>';

/** The page with its nonce and, for a browser that has no preload script, the bridge before the app's own script. */
function pageWith(html: string, nonce: string, bridge: boolean): string {
  const page = html.replaceAll('__NONCE__', nonce);
  return bridge ? page.replace(/<script\b|<\/head>/, `${bridgeScript}$&`) : page;
}

function plain(status: number, text: string): Response {
  return new Response(text, { status, headers: { ...securityHeaders(), 'content-type': types['.txt'] ?? '', 'cache-control': 'no-store' } });
}

/**
 * Serves the built window from its folder.
 *
 * @param bridge whether the page gets the bridge over HTTP, which Electron's preload script makes needless
 */
export function createPages(options: { readonly folder: string; readonly bridge: boolean }): Pages {
  const folder = resolve(options.folder);

  const page = async (): Promise<Response> => {
    const html = await readFile(join(folder, 'index.html'), 'utf8').catch(() => null);
    if (html === null) return plain(500, 'The window of Ivy is not built.');
    const nonce = randomBytes(18).toString('base64url');
    return new Response(pageWith(html, nonce, options.bridge), {
      headers: { ...securityHeaders(nonce), 'content-type': types['.html'] ?? '', 'cache-control': 'no-cache' },
    });
  };

  return {
    async answer(pathname) {
      const path = fileInside(folder, pathname === '/' ? '/index.html' : pathname);
      if (path === null) return plain(400, 'There is no such place in Ivy.');
      const extension = extname(path).toLowerCase();
      if (extension === '' || path === join(folder, 'index.html')) return page();
      const type = types[extension];
      const content = type === undefined ? null : await readFile(path).catch(() => null);
      if (type === undefined || content === null) return plain(404, 'There is no such file in Ivy.');
      // A hashed name means the same content for ever.
      const kept = pathname.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache';
      return new Response(new Uint8Array(content), { headers: { ...securityHeaders(), 'content-type': type, 'cache-control': kept } });
    },
  };
}
