/** Runs a suite that needs container images where containers can be run; elsewhere it is reported as skipped, never as passed. */
export function whereContainersRun(name: string, suite: (name: string) => void): void {
  const reason = process.env.NO_CONTAINERS;
  if (reason === undefined) return suite(name);
  describe(name, () => {
    it.skip(`passes the contract (skipped, no container engine: ${reason})`, () => {});
  });
}
