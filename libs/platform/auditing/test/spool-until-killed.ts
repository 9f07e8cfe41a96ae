// Child process of spool.spec.ts: records entries and tells each receipt until it is killed.
import { SpoolRecorder } from '../src/spool-recorder';
import { aBody } from './bodies';

void (async () => {
  const recorder = await SpoolRecorder.open(process.argv[2] ?? '', 'killed');
  for (let n = 0; ; n += 8) {
    const receipts = await Promise.all(Array.from({ length: 8 }, (_, k) => recorder.record(aBody({ request: `request-${n + k}` }))));
    process.send?.(receipts.map(({ producer, seq, sha256 }) => ({ producer, seq, sha256 })));
  }
})();
