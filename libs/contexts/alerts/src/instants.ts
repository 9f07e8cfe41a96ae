/** SQL of an instant as text: ISO 8601 in UTC with milliseconds. */
export const iso = (column: string): string => `to_char(${column} at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
