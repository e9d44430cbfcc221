/**
 * The condition under which a person sees something that its owner may share: one's own, one's team's, everyone's.
 * @param table the table's name in the statement
 * @returns a condition with two places: the person's key, and the key of their team or null
 */
export function sharedWith(table: string): string {
  return `(${table}.owner_key = ? or ${table}.audience = 'everyone' or ${table}.audience = 'team' and ${table}.team_key = ?)`;
}
