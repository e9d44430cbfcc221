import manifest from '#manifest';

/** The version of this program. */
export const version: string = manifest.version;
