import { eventStoreContract } from '../event-store.contract';
import { MemoryEventStore } from './memory-event-store';

eventStoreContract('the memory event store', () => {
  const store = new MemoryEventStore();
  return Promise.resolve({ store, other: store, disturb: () => Promise.resolve(() => Promise.resolve()), close: () => store.close() });
});
