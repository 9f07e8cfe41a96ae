import { InProcessBus, MemoryTopicLog } from '@platform/messaging';
import { TOPIC } from '../test/tally';
import { busConsumersContract } from './bus-consumers.contract';

busConsumersContract('a consumer of topics', () => {
  let log = new MemoryTopicLog();
  return Promise.resolve({
    open: () => new InProcessBus(log, { delays: [1], page: 5 }),
    topics: () => {
      log = new MemoryTopicLog();
      return Promise.resolve([TOPIC, 'third.events.v1'] as const);
    },
    close: () => Promise.resolve(),
  });
});
