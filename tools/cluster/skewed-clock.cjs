// For `node --require`: this process's clock is three minutes behind the machine's, as that of a machine that lost its time server.
const skew = -180_000;
const Machine = Date;
class Skewed extends Machine {
  constructor(...given) {
    if (given.length === 0) super(Machine.now() + skew);
    else super(...given);
  }
  static now() {
    return Machine.now() + skew;
  }
}
globalThis.Date = Skewed;
