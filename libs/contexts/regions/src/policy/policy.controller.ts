import { Body, Get, HttpCode, Param, Post } from '@nestjs/common';
import { Act, Code, ContextController, type Exchange, Field, type FieldRule, Http, ListOf, newStreamId, Slug, slug } from '@platform/http';
import { type Authority, notFound } from '@platform/kernel';
import { Reading } from '@platform/querying';
import { Awaiting } from '../awaiting';
import { judged } from '../rulebook';
import { Running } from '../running';
import { POLICY_REFUSALS, type PolicyRefusal } from './policy';
import { ActivatePolicy, policyDecider, ProposePolicy, RefusePolicy } from './policy.decider';
import { PolicyRegister, type PolicyRow } from './policy-register.projection';

/** Its words are judged where the policy is read; here only that it is an object. */
const document: FieldRule = {
  schema: { type: 'object', additionalProperties: true },
  faults: (value) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? []
      : [{ pointer: '', message: 'object.type: must be an object' }],
};

export class ProposePolicyBody {
  @Field(document, { description: 'The access policy as data, in its closed vocabulary' }) document!: Record<string, unknown>;
}
export class ActivatePolicyBody {
  @Slug({ pattern: '^[0-9a-f]{64}$', description: 'Hash of what was read before signing' }) hash!: string;
  @ListOf(slug('^[a-z]+(\\.[A-Za-z0-9][A-Za-z0-9_-]{0,47}){1,4}$'), {
    max: 5000,
    description: 'Lines that widen access, each signed by name',
  })
  signed!: string[];
}
export class RefusePolicyBody {
  @Code(POLICY_REFUSALS) reason!: PolicyRefusal;
}
type Listed = Omit<PolicyRow, 'document' | 'lines' | 'revision'> & {
  readonly widens: number;
  readonly narrows: number;
  readonly etag: string;
};

@ContextController('policies', 'Access policies')
export class PolicyController {
  constructor(
    private readonly running: Running,
    private readonly register: PolicyRegister,
    private readonly reading: Reading,
    private readonly awaiting: Awaiting,
  ) {}

  /** Policies of the caller's region, latest first. */
  @Get()
  @Act('ReadPolicies')
  async list(@Http() http: Exchange): Promise<{ items: Listed[] }> {
    return this.#show(http, async () => {
      const rows = await this.register.ofRegion(http.by.actor.region);
      return {
        items: rows.map(({ policy, region, number, hash, status, proposer, signatures, proposedAt, decidedAt, lines, revision }) => {
          const widens = lines.filter(({ direction }) => direction === 'WIDENS').length;
          const counts = { widens, narrows: lines.length - widens };
          return {
            policy,
            region,
            number,
            hash,
            status,
            proposer,
            signatures,
            proposedAt,
            decidedAt,
            ...counts,
            etag: http.etagOf(policy, revision),
          };
        }),
      };
    });
  }

  /** One policy with its document and its difference to the one before, line by line. */
  @Get(':policy')
  @Act('ReadPolicies')
  async read(@Http() http: Exchange, @Param('policy') policy: string): Promise<PolicyRow> {
    return this.#show(http, async () => {
      const row = await this.register.find(policy);
      if (row?.region !== http.by.actor.region) throw notFound('policy');
      http.tag(policy, row.revision);
      return row;
    });
  }

  @Post()
  @Act('ProposePolicy')
  async propose(@Http() http: Exchange, @Body() body: ProposePolicyBody): Promise<{ policy: string }> {
    const id = newStreamId('policy', http.by.commandId);
    await this.running.run(http, http.by, new ProposePolicy(id, body.document));
    http.created(`/api/policies/${id}`);
    return { policy: id };
  }

  @Post(':policy/activation')
  @HttpCode(204)
  @Act('ActivatePolicy')
  async activate(@Http() http: Exchange, @Param('policy') id: string, @Body() { hash, signed }: ActivatePolicyBody): Promise<void> {
    await this.running.run(http, await this.#at(http, id), new ActivatePolicy(id, hash, signed));
  }

  @Post(':policy/refusal')
  @HttpCode(204)
  @Act('RefusePolicy')
  async refuse(@Http() http: Exchange, @Param('policy') id: string, @Body() { reason }: RefusePolicyBody): Promise<void> {
    await this.running.run(http, await this.#at(http, id), new RefusePolicy(id, reason));
  }

  async #at(http: Exchange, id: string): Promise<Authority> {
    return (await this.running.at(http, policyDecider, 'policy', id)).by;
  }

  async #show<T>(http: Exchange, load: () => Promise<T>): Promise<T> {
    await this.awaiting.caughtUp(http, PolicyRegister.consumer);
    const { actor } = http.by;
    const judgement = judged('ReadPolicies', { organisations: [actor.organisation], region: actor.region }, http.by);
    return this.reading.show(
      http.by,
      { act: 'ReadPolicies', noun: 'policy', region: actor.region, judgement, cases: [], groups: [] },
      load,
    );
  }
}
