const ROME = new Intl.DateTimeFormat('en-GB', {
  ...{ timeZone: 'Europe/Rome', hourCycle: 'h23' },
  ...{ year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit' },
});

const [OPENS, CLOSES] = [7, 20];

export interface PostTime {
  /** YYYY-MM-DD in Rome. */
  readonly day: string;
  /** Letters go out between seven and twenty only: nobody's phone lights up at night. */
  readonly open: boolean;
}

export function postTime(now: string): PostTime {
  const parts = new Map(ROME.formatToParts(new Date(now)).map(({ type, value }) => [type, value]));
  const hour = Number(parts.get('hour'));
  return { day: `${parts.get('year')}-${parts.get('month')}-${parts.get('day')}`, open: hour >= OPENS && hour < CLOSES };
}
