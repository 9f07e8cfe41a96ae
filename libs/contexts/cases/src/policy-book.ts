import { existsSync, readFileSync } from 'node:fs';
import * as path from 'node:path';
import { loadPolicy, narrow, type Policy, type RegionPolicies } from '@platform/access';
import { PostgresDirectory } from '@platform/directory';
import { Injectable } from '@nestjs/common';

/** The policy file stands beside the source; the built application may run without a copy of it beside the output. */
const policyFile = (): string => {
  const beside = path.join(__dirname, 'case', 'case.policy.yaml');
  return existsSync(beside) ? beside : beside.replace(`${path.sep}dist${path.sep}`, path.sep);
};

/** The policy this release ships: the ceiling. No region can ever widen it. */
export const shippedCasePolicy = (): Policy => loadPolicy(readFileSync(policyFile(), 'utf8'));

/** Which policy decides about a region's cases, now or then. */
@Injectable()
export class PolicyBook {
  readonly #shipped = shippedCasePolicy();
  readonly #known = new Map<string, Policy>();

  constructor(private readonly directory: PostgresDirectory) {}

  get shipped(): Policy {
    return this.#shipped;
  }

  /** The region's own policy in force, narrowed by the shipped ceiling; the ceiling itself where the region activated none. */
  async inForce(region: string, at?: string): Promise<Policy> {
    const own = await this.directory.policyInForce(region, at);
    if (!own) return this.#shipped;
    const known = this.#known.get(own.hash);
    if (known) return known;
    const narrowed = narrow(this.#shipped, own.document);
    this.#known.set(own.hash, narrowed);
    return narrowed;
  }

  /** All that are in force now: for what reaches over several regions. */
  async everywhere(): Promise<RegionPolicies> {
    const own = new Map<string, Policy>();
    for (const { region, hash } of await this.directory.ownPolicies())
      own.set(region, this.#known.get(hash) ?? (await this.inForce(region)));
    return { otherwise: this.#shipped, own };
  }
}
