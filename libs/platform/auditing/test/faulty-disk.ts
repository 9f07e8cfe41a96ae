import { NodeDisk, type SpoolFile } from '../src/spool-disk';

const failure = (code: string): Error => Object.assign(new Error(code), { code });

/** A real disk that fails on demand, for specs. */
export class FaultyDisk extends NodeDisk {
  /** Bytes the disk still takes; a write that reaches the limit is cut short, the next one fails with ENOSPC. */
  room = Infinity;
  /** The next syncs fail with this code. */
  syncFails: string | undefined;
  writeFails: string | undefined;
  truncateFails = false;
  createFails: string | undefined;
  /** Syncs wait for this. */
  gate: Promise<void> = Promise.resolve();
  syncs = 0;

  override async create(file: string): Promise<SpoolFile> {
    if (this.createFails) throw failure(this.createFails);
    const real = await super.create(file);
    return {
      write: async (bytes) => {
        if (this.writeFails) throw failure(this.writeFails);
        if (this.room === 0) throw failure('ENOSPC');
        const taken = await real.write(bytes.subarray(0, Math.min(bytes.length, this.room)));
        this.room -= taken;
        return taken;
      },
      datasync: async () => {
        await this.gate;
        this.syncs++;
        if (this.syncFails) throw failure(this.syncFails);
        await real.datasync();
      },
      truncate: async (length) => {
        if (this.truncateFails) throw failure('EIO');
        await real.truncate(length);
      },
      close: () => real.close(),
    };
  }
}
