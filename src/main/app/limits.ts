/** The largest input of an entry that a door takes, as JSON. Files do not travel this way. */
export const maximumInputBytes = 8 * 1_024 * 1_024;
