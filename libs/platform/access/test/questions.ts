import { DISCIPLINES, FIELD_GROUPS, ORGANISATION_KINDS, PHASES, PURPOSES, ROLES } from '@platform/kernel';
import * as fc from 'fast-check';
import { type CommandQuestion, type Policy, type ReadQuestion, RELATIONS, SERVICE_FAMILIES, STANDINGS } from '../src';

const groups = fc.subarray([...FIELD_GROUPS]);
const purpose = fc.constantFrom(...PURPOSES);

/** Any question there can be; most ask for a purpose the relation allows, or nothing would ever be shown. */
export const readQuestions = (policy: Policy): fc.Arbitrary<ReadQuestion> =>
  fc.constantFrom(...RELATIONS).chain((relation) => {
    const allowed = policy.reading?.relations.find((row) => row.name === relation)?.purposes ?? [];
    const asked =
      allowed.length > 0 ? fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...allowed) }, { weight: 1, arbitrary: purpose }) : purpose;
    return asked.chain((wanted) => {
      const grant = fc.record({
        live: fc.constantFrom(true, true, true, false),
        groups: fc.oneof(
          groups,
          fc.constant(FIELD_GROUPS),
          fc.constantFrom(...FIELD_GROUPS).map((group) => [group]),
        ),
        purpose: fc.oneof({ weight: 4, arbitrary: fc.constant(wanted) }, { weight: 1, arbitrary: purpose }),
      });
      return fc.record(
        {
          kind: fc.oneof(
            { weight: 1, arbitrary: fc.constant('anti_trafficking_project') },
            { weight: 2, arbitrary: fc.constantFrom(...ORGANISATION_KINDS, 'none') },
          ),
          relation: fc.constant(relation),
          disciplines: fc.subarray([...DISCIPLINES], { maxLength: 3 }),
          serviceFamily: fc.constantFrom(...SERVICE_FAMILIES),
          grant,
          purpose: fc.constant(wanted),
          phase: fc.constantFrom(...PHASES),
          acr: fc.constantFrom(0, 1, 2, 2, 2, 3),
          recused: fc.constantFrom(false, false, false, true),
          sealedGroups: fc.subarray([...FIELD_GROUPS], { maxLength: 3 }),
          responsible: fc.boolean(),
        },
        { requiredKeys: ['kind', 'relation', 'disciplines', 'purpose', 'phase', 'acr', 'recused', 'sealedGroups'] },
      );
    });
  });

/** Any question about a command; half of them fit the rule's own words. */
export const commandQuestions = (policy: Policy): fc.Arbitrary<CommandQuestion> =>
  fc.constantFrom(...policy.commands).chain((rule) => {
    const some = <W>(own: readonly W[], all: readonly W[]): fc.Arbitrary<readonly W[]> =>
      fc.oneof(fc.subarray([...all], { maxLength: 3 }), own.length > 0 ? fc.subarray([...own], { minLength: 1 }) : fc.constant([]));
    return fc.record({
      command: fc.oneof({ weight: 9, arbitrary: fc.constant(rule.command) }, { weight: 1, arbitrary: fc.constant('NoSuchCommand') }),
      actor: fc.record({
        member: fc.constantFrom('member-1', 'member-1', 'member-1', 'system'),
        session: fc.constantFrom('session-1', 'system'),
        kind: fc.oneof(
          fc.constant('anti_trafficking_project' as const),
          fc.constantFrom(...ORGANISATION_KINDS),
          ...(rule.kinds ? [fc.constantFrom(...rule.kinds)] : []),
        ),
        roles: some(rule.roles, ROLES),
        acr: fc.constantFrom(1, 2, 2, 3, 3),
      }),
      standings: some(rule.standings, STANDINGS),
      purpose: fc.oneof(fc.constantFrom(...(rule.purposes ?? PURPOSES)), purpose),
      recused: fc.constantFrom(false, false, false, true),
    });
  });
