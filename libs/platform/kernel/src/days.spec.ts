import { dayInItaly } from './days';

describe('the day it is in Italy', () => {
  it.each([
    ['in winter an hour before it is that day in UTC', '2031-01-14T22:59:59.999Z', '2031-01-14'],
    ['in winter from its own midnight', '2031-01-14T23:00:00.000Z', '2031-01-15'],
    ['in summer two hours before', '2031-07-31T22:00:00.000Z', '2031-08-01'],
    ['in the night the clocks go forward', '2031-03-29T23:00:00.000Z', '2031-03-30'],
    ['in the night they go back', '2031-10-25T22:00:00.000Z', '2031-10-26'],
    ['on the last night of a year', '2031-12-31T23:30:00.000Z', '2032-01-01'],
    ['on the day there is every four years', '2032-02-28T23:30:00.000Z', '2032-02-29'],
    ['at noon', '2031-03-14T12:00:00.000Z', '2031-03-14'],
  ])('begins %s', (_, at, day) => expect(dayInItaly(at)).toBe(day));
});
