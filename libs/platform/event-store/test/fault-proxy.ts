import * as net from 'node:net';

/** A TCP proxy in front of one port of this machine that lets the network fail as told. */
export class FaultProxy {
  /** Bytes of this direction vanish while connections stay open. `both`: a black hole. */
  swallow: 'requests' | 'answers' | 'both' | undefined;
  /** New connections are reset, and those of now when it is set. */
  #refuses = false;
  /** Milliseconds each way. */
  latency = 0;
  readonly #sockets = new Set<net.Socket>();
  readonly #server: net.Server;

  private constructor(private readonly target: number) {
    this.#server = net.createServer((near) => {
      if (this.#refuses) return void near.on('error', () => undefined).resetAndDestroy();
      const far = net.connect(this.target, '127.0.0.1');
      this.#pipe(near, far, 'requests');
      this.#pipe(far, near, 'answers');
    });
  }

  static async start(target: number): Promise<FaultProxy> {
    const proxy = new FaultProxy(target);
    await new Promise<void>((resolve) => proxy.#server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  get port(): number {
    return (this.#server.address() as net.AddressInfo).port;
  }

  set refuses(refuses: boolean) {
    this.#refuses = refuses;
    if (refuses) this.cut();
  }

  /** Everything passes again. */
  heal(): void {
    this.swallow = undefined;
    this.#refuses = false;
  }

  /** As a firewall that lost its table: connections of now stay open and nothing passes through them any more; new ones work. */
  forget(): void {
    for (const socket of this.#sockets) socket.removeAllListeners('data').resume();
  }

  /** Resets every connection. */
  cut(): void {
    for (const socket of this.#sockets) socket.resetAndDestroy();
  }

  async stop(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.cut();
    await closed;
  }

  #pipe(from: net.Socket, to: net.Socket, direction: 'requests' | 'answers'): void {
    this.#sockets.add(from);
    from.setNoDelay(true);
    from.on('data', (bytes) => {
      if (this.swallow === 'both' || this.swallow === direction) return;
      // Timers of the same length fire in the order they were set, so bytes stay in order.
      if (this.latency > 0) setTimeout(() => to.writable && to.write(bytes), this.latency);
      else if (to.writable) to.write(bytes);
    });
    from.on('end', () => to.end());
    from.on('error', () => to.destroy());
    from.on('close', () => {
      this.#sockets.delete(from);
      to.destroy();
    });
  }
}
