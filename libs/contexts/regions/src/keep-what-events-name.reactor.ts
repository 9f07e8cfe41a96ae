import { Injectable } from '@nestjs/common';
import type { Consumer } from '@platform/consuming';
import { type RecordedEvent, regionOf } from '@platform/kernel';
import { Vaults } from '@platform/pseudonymity';

/** A value that no event names is swept from the vault after a day; those that one names stay. */
@Injectable()
export class KeepWhatEventsName {
  constructor(private readonly vaults: Vaults) {}

  consumer(): Consumer {
    const keep = async ({ log, data }: RecordedEvent<{ nameRef?: string; minutesRef?: string }>): Promise<void> => {
      const refs = [data.nameRef, data.minutesRef].filter((ref) => ref !== undefined);
      if (refs.length > 0) await this.vaults.of(regionOf(log)).keep(refs);
    };
    return {
      name: 'regions-keep-what-events-name',
      context: 'regions',
      source: { store: 'regions' },
      reactor: true,
      tables: [],
      handlers: { MemberInvited: keep, OrganisationRegistered: keep, TeamMeetingRecorded: keep },
    };
  }
}
