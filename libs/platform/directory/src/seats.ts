/**
 * SQL of the seats that history leaves standing, at most one for each team and member. Within a stream the last revision counts, whatever its
 * clock said; between the team's stream and a visitor's a removal ends every visit that began before it or at the same instant.
 * @param chosen condition on rows `h` of the history, without user input
 * @param until further condition on every row considered, e.g. an instant for replays
 */
export const seatsFrom = (schema: string, chosen: string, until = (row: string): string => `${row}.at is not null`): string => `
  select distinct on (last.team, last.member) last.*
  from (
    select distinct on (h.team, h.member, h.stream) h.*
    from ${schema}.directory_seat_history h
    where ${chosen} and ${until('h')}
    order by h.team, h.member, h.stream, h.revision desc
  ) last
  where last.seated and (last.stream = last.team or not exists (
    select 1 from ${schema}.directory_seat_history gone
    where gone.team = last.team and gone.member = last.member and gone.stream = gone.team and not gone.seated and gone.at >= last.at and ${until('gone')}
  ))
  order by last.team, last.member, (last.stream = last.team) desc`;
