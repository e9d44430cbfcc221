import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { Refusal } from '#contract/errors';
import { securityHeaders } from '#main/app/pages';
import { fileName } from './uploads';

/** How a browser is told to save a file under a name, whatever letters are in it (RFC 6266, RFC 8187). */
export function attachment(name: string): string {
  const safe = fileName(name);
  const plain = safe.replace(/[^\x20-\x7E]|["\\%]/g, '_');
  const exact = encodeURIComponent(safe).replace(/['()*]/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`);
  return `attachment; filename="${plain}"; filename*=UTF-8''${exact}`;
}

/** A result on its way to the person's downloads. */
export async function sendDownload(file: { readonly path: string; readonly name: string }, withBody: boolean): Promise<Response> {
  const about = await stat(file.path).catch(() => null);
  if (about?.isFile() !== true) throw new Refusal('not_found', 'That download is no longer at hand. Make it again.');
  // A fetch that is given up destroys the stream, which closes the file.
  const body = withBody ? (Readable.toWeb(createReadStream(file.path)) as ReadableStream<Uint8Array>) : null;
  return new Response(body, {
    headers: {
      ...securityHeaders(),
      'content-type': 'application/octet-stream',
      'content-disposition': attachment(file.name),
      'content-length': String(about.size),
      'cache-control': 'no-store',
    },
  });
}
