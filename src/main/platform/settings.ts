import { getCountries } from 'libphonenumber-js';
import { Refusal } from '#contract/errors';
import type { settingsEntries } from '#contract/platform/settings';
import type { HandlersOf } from '#main/app/context';
import type { HandlerParts } from '#main/app/parts';
import { writeSettings } from '#main/store/platform/workspace';
import { knownTimeZone } from './workspaces';

export function settingsHandlers(parts: HandlerParts): HandlersOf<typeof settingsEntries> {
  const { workspace } = parts;
  return {
    'platform.settings.get': () => workspace.settings(),
    'platform.settings.update': (input, context) => {
      if (input.timeZone !== undefined && knownTimeZone(input.timeZone) === null) {
        throw new Refusal('invalid_input', `There is no time zone ${input.timeZone}. Give one such as Europe/London.`);
      }
      if (input.defaultCountry !== undefined && !(getCountries() as readonly string[]).includes(input.defaultCountry)) {
        throw new Refusal('invalid_input', `There is no country ${input.defaultCountry}. Give two letters such as GB.`);
      }
      context.transact((writer, notes) => {
        writeSettings(writer, input, context.now());
        for (const name of Object.keys(input)) notes.detail(name, true);
      });
      workspace.forgetSettings();
      return workspace.settings();
    },
  };
}
