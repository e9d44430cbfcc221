import pino from 'pino';

/** What the program writes down about itself. Never an input, a name or a secret: identifiers, timings and stacks. */
export type Log = Pick<pino.Logger, 'error' | 'warn' | 'info'>;

/** A log in a file of the profile. */
export function fileLog(file: string): Log {
  return pino(
    {
      level: 'info',
      base: null,
      serializers: { error: pino.stdSerializers.err },
      redact: { paths: ['*.passPhrase', '*.token', '*.recoveryKey', '*.dataKey'], censor: '[secret]' },
    },
    pino.destination({ dest: file, mkdir: true, sync: true, mode: 0o600 }),
  );
}

export const silentLog: Log = pino({ level: 'silent' });
