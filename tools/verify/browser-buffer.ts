// The verifier works with Buffers; a browser has none. First import of the browser's entry: the others look for it as soon as they are read.
import { Buffer } from 'buffer/';

(globalThis as { Buffer?: unknown }).Buffer ??= Buffer;
