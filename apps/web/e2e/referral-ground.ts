import type { Page } from 'playwright-core';
import { change, openCase, read, until } from './asking.ts';

const DAY = 86_400_000;
const inDays = (days: number): string => new Date(Date.now() + days * DAY).toISOString();
const ASSESSED = ['REF', 'ID', 'NEED'];
const OFFER = { service: 'housing_placement', urgency: 'urgent', language: 'fr' };

interface Preview {
  readonly stage0: { readonly sha256: string };
  readonly stage1: { readonly sha256: string };
  readonly accepted: { readonly sha256: string };
}
interface Consents {
  readonly consents: readonly { readonly handle: string; readonly etag: string }[];
}

/** A consent that somebody asked for and wrote down, on a case of theirs. Answers its handle. */
export async function consentOf(page: Page, of: string, recipient: string, purpose: string, groups: readonly string[]): Promise<string> {
  const access = `/api/cases/${of}/access`;
  const body = {
    recipient,
    purpose,
    groups,
    language: 'fr',
    interpreter: false,
    how: 'spoken',
    answerDue: inDays(7),
    expires: inDays(300),
  };
  const { handle } = await change<{ handle: string }>(page, `/api/cases/${of}/consents`, body);
  const shown = await until<Consents>(page, access, ({ consents }) => consents.some((one) => one.handle === handle));
  const etag = shown.consents.find((one) => one.handle === handle)?.etag ?? '';
  await change(page, `/api/consents/${handle}/giving`, {}, { 'if-match': etag });
  return handle;
}

/** A case that `sender` offered to the organisation of `receiver`, as both call the referral. All through the API: the screens are looked at elsewhere. */
export async function offerReferral(sender: Page, receiver: Page): Promise<{ sent: string; received: string; case: string }> {
  const { handle } = await openCase(sender);
  const { organisation } = await read<{ organisation: string }>(receiver, '/api/members/me');
  const terms = { receiver: organisation, ...OFFER, purpose: 'direct_assistance', groups: ['ID', 'NEED'] };
  const refs = [
    await consentOf(sender, handle, organisation, 'referral_assessment', ASSESSED),
    await consentOf(sender, handle, organisation, 'direct_assistance', terms.groups),
  ];
  const drafted = await change<{ handle: string }>(sender, '/api/referrals', {
    ...{ case: handle, ...terms, reason: 'migration_or_change_of_location', mode: 'service' },
    bases: refs.map((ref) => ({ kind: 'consent', ref })),
  });
  const preview = await change<Preview>(sender, `/api/cases/${handle}/previews`, { ...terms, assessed: ASSESSED });
  const digests = { stage0: preview.stage0.sha256, stage1: preview.stage1.sha256, accepted: preview.accepted.sha256 };
  const referral = `/api/referrals/${drafted.handle}`;
  const etag = await sender.evaluate(async (address) => (await fetch(address)).headers.get('etag'), referral);
  await change(sender, `${referral}/offer`, { preview: digests }, { 'if-match': etag ?? '' });
  const inbox = await until<{ items: { handle: string }[] }>(receiver, '/api/referrals/inbox', ({ items }) => items.length > 0);
  return { sent: drafted.handle, received: inbox.items[0]?.handle ?? '', case: handle };
}
