export interface HostOptions {
  readonly profileFolder: string;
  readonly mainFolder: URL;
  readonly port: number;
  readonly openBrowser: boolean;
  readonly until: AbortSignal;
}
export async function serveHost(_options: HostOptions): Promise<void> {
  await Promise.resolve();
}
