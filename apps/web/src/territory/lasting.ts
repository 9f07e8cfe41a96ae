const DAY = 86_400_000;
/** So many days before its last a dynamic is said to be ending: time to look again. */
const SOON = 14;

/** Days left until the last day, that day included; undefined where there is no need to say it yet, or nothing left to say. */
export function daysLeft(to: string, today: string): number | undefined {
  const left = Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${today}T00:00:00Z`)) / DAY);
  return left >= 0 && left <= SOON ? left : undefined;
}
