import { Injectable } from '@nestjs/common';
import { hide, type Judgement } from '@platform/access';
import type { Authority, FieldGroup, OrganisationKind } from '@platform/kernel';
import { regionOfHandle, Vaults } from '@platform/pseudonymity';
import { Reading } from '@platform/querying';
import { AlertLog, type Folded } from '../alert-log';
import { contentFor } from '../alert-delivery/alert-profile';
import { type DeliveredContent, withoutCompany } from '../alert-delivery/alert-delivery';
import { Deliveries, type DeliveryLine } from '../alert-delivery/deliveries.projection';
import { Cohorts } from '../cohorts.projection';
import { PolicyBook } from '../policy-book';
import { Principals } from '../principals';
import { competenceOf, RECIPIENT_KINDS } from '../recipients';
import { type Band, bandOf, isLargeEnough } from '../small-numbers';
import type { Alert, AlertContent, OpenedAlert } from './alert';
import { alertDecider } from './alert.decider';

export interface AlertView extends Omit<AlertContent, 'issuer' | 'subject'> {
  readonly handle: string;
  readonly codename: string;
  readonly status: string;
  readonly subject: { readonly kind: string; readonly company: { readonly handle: string; readonly codename: string } | null };
  readonly heldFor: string | null;
  /** Counted now, over the region; in bands to the issuer, too. */
  readonly cohort: { readonly workers: Band; readonly companies: Band; readonly enough: boolean };
}
/** What a kind of recipient would be told; null: nothing. */
export interface AlertPreview {
  readonly kind: OrganisationKind;
  readonly signatory: boolean;
  readonly content: (Omit<DeliveredContent, 'company'> & { readonly company: boolean }) | null;
}
export interface RecipientLine {
  readonly recipient: string;
  readonly kind: string;
  readonly status: string;
  readonly outcome: string | null;
}

const GROUPS: readonly FieldGroup[] = ['COMP', 'EXP', 'TERR'];

/** An alert as its issuer sees it. For everybody else there is none. */
@Injectable()
export class AlertReading {
  constructor(
    private readonly log: AlertLog,
    private readonly vaults: Vaults,
    private readonly policies: PolicyBook,
    private readonly reading: Reading,
    private readonly cohorts: Cohorts,
    private readonly deliveries: Deliveries,
    private readonly principals: Principals,
  ) {}

  show(by: Authority, handle: string): Promise<{ view: AlertView; folded: Folded<Alert> }> {
    return this.#shown(by, handle, 'ReadAlert', async (folded) => ({ view: await this.#view(by, folded), folded }));
  }

  /** What each kind of recipient would be told of it as it stands now: by the code that will make the deliveries. */
  previews(by: Authority, handle: string): Promise<AlertPreview[]> {
    return this.#shown(by, handle, 'PreviewAlert', async ({ state, region }) => {
      const { value } = await this.cohorts.behind(by, region, state);
      const counted = value.cohort ?? { workers: 0, organisations: 0, companies: 0 };
      const enough =
        isLargeEnough(counted, state.subject.kind) && (state.subject.kind === 'territory' || value.company?.disputed === false);
      const issued = { ...state, cohort: counted, audience: [], company: {} };
      return RECIPIENT_KINDS.flatMap((kind) =>
        (kind === 'trade_union' ? [false, true] : [false]).map((signatory) => {
          const profile = competenceOf(kind)?.profile;
          const told = enough && profile ? contentFor(profile, issued, signatory) : undefined;
          return { kind, signatory, content: told ? { ...withoutCompany(told), company: told.company !== undefined } : null };
        }),
      );
    });
  }

  /** Whom it reached and what they answered. */
  recipients(by: Authority, handle: string): Promise<RecipientLine[]> {
    return this.#shown(by, handle, 'ReadAlert', async ({ at }) => {
      const lines = await this.principals.as(by, (tx) => this.deliveries.ofAlert(tx, at.stream));
      return lines.map(({ recipient, kind, status, outcome }: DeliveryLine) => ({ recipient, kind, status, outcome }));
    });
  }

  async #shown<T>(by: Authority, handle: string, act: string, load: (folded: Folded<Alert>) => Promise<T>): Promise<T> {
    const region = regionOfHandle(handle);
    const known = region !== undefined && this.vaults.regions().includes(region);
    const stream = known ? await this.vaults.of(region).resolve(handle, by.actor.organisation) : undefined;
    const folded = stream?.startsWith('alert-') ? await this.log.find(alertDecider, stream) : undefined;
    const judgement: Judgement = folded
      ? this.policies.judge(act, by, folded.state.issuer === by.actor.organisation ? ['issuer'] : [], [folded.at])
      : hide({ policy: this.policies.shipped.hash, reasons: ['alert.unknown'] });
    const question = { act, noun: 'alert', region: folded?.region ?? by.actor.region, judgement, cases: [], groups: GROUPS };
    return this.reading.show(by, question, () => {
      if (!folded) throw new Error('an alert that was not found was permitted');
      return load(folded);
    });
  }

  async #view(by: Authority, { state, region, at }: Folded<Alert>): Promise<AlertView> {
    const { subject, comune, area, sector, patterns, indicators, period, expires, status, held }: OpenedAlert = state;
    const refs = [at.stream, ...(subject.dossier === undefined ? [] : [subject.dossier])];
    const called = await this.vaults.of(region).handlesFor(refs, by.actor.organisation);
    const { value } = await this.cohorts.behind(by, region, state);
    const { workers = 0, organisations = 0, companies = 0 } = value.cohort ?? {};
    const company = subject.dossier === undefined ? undefined : called.get(subject.dossier);
    return {
      handle: called.get(at.stream)?.handle ?? '',
      codename: called.get(at.stream)?.codename ?? '',
      status,
      subject: { kind: subject.kind, company: company ? { handle: company.handle, codename: company.codename } : null },
      ...{ comune, area, sector, patterns, indicators, period, expires, heldFor: held?.reason ?? null },
      cohort: {
        workers: bandOf(workers),
        companies: bandOf(companies),
        enough: isLargeEnough({ workers, organisations, companies }, subject.kind),
      },
    };
  }
}
