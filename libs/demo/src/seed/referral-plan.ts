import { idsOf } from '../base-world';
import type { PersonaKey } from '../personas';
import { STAYS_OPEN } from './case-plan';
import { type Deed, daysFrom } from './deed';
import { type ActiveRegion, demoWorld } from './demo-world';
import { caseKey, territoryOf } from './territory';

const ASSESSED = ['REF', 'ID', 'EXP', 'NEED', 'TERR'];
const GRANTED = ['ID', 'CON', 'NEED'];
const ids = idsOf(demoWorld());

/** How far a referral comes, and how many days it takes from one act to the next. */
export const ENDS = [
  ...['drafted', 'offered', 'urgent', 'expired', 'summary', 'clarified', 'accepted', 'service', 'outcome', 'closed', 'unanswered'],
  ...['declined', 'withdrawn', 'returned', 'redirected', 'consent-withdrawn', 'joint'],
] as const;
export type End = (typeof ENDS)[number];

/** One referral: which case goes where, when it was offered (days before today), and what became of it. */
export interface Scene {
  readonly from: ActiveRegion;
  readonly case: number;
  readonly to: ActiveRegion;
  readonly ago: number;
  readonly end: End;
}

const scene = (from: ActiveRegion, of: number, to: ActiveRegion, ago: number, end: End): Scene => ({ from, case: of, to, ago, end });

/** Every state a referral can be in, most of them more than once. No case is referred twice, so that each consent belongs to one. */
export const SCENES: readonly Scene[] = [
  scene('umbria', 0, 'toscana', 330, 'closed'),
  scene('umbria', 1, 'emilia-romagna', 260, 'closed'),
  scene('umbria', 2, 'piemonte', 200, 'returned'),
  scene('umbria', 3, 'toscana', 120, 'unanswered'),
  scene('umbria', 4, 'emilia-romagna', 40, 'service'),
  scene('umbria', 5, 'toscana', 6, 'offered'),
  // Offered so that it is still open today and falls due within the day after.
  scene('umbria', 6, 'toscana', 44 / 24, 'urgent'),
  scene('umbria', 7, 'lombardia', 3, 'drafted'),
  scene('toscana', 0, 'emilia-romagna', 210, 'joint'),
  scene('toscana', 1, 'umbria', 190, 'declined'),
  scene('toscana', 2, 'emilia-romagna', 70, 'consent-withdrawn'),
  scene('toscana', 3, 'piemonte', 20, 'accepted'),
  scene('toscana', 4, 'emilia-romagna', 60, 'expired'),
  scene('toscana', 5, 'umbria', 8, 'summary'),
  scene('emilia-romagna', 0, 'lombardia', 110, 'closed'),
  scene('emilia-romagna', 1, 'toscana', 90, 'redirected'),
  scene('emilia-romagna', 2, 'umbria', 25, 'outcome'),
  scene('emilia-romagna', 3, 'toscana', 7, 'clarified'),
  scene('piemonte', 0, 'lombardia', 100, 'declined'),
  scene('piemonte', 1, 'emilia-romagna', 50, 'withdrawn'),
  scene('piemonte', 2, 'lombardia', 15, 'service'),
  scene('lombardia', 0, 'piemonte', 30, 'accepted'),
  scene('lombardia', 1, 'emilia-romagna', 4, 'offered'),
];

export const referralPlan = (today: string): Deed[] => SCENES.flatMap((one) => played(one, today));

/** Asked of the person and answered at once; `part` is how. Learns the consent under `name`. */
export function consentDeeds(
  base: Pick<Deed, 'at' | 'lane' | 'who'>,
  of: string,
  name: string,
  scope: { recipient: string | undefined; purpose: string; groups: readonly string[] },
  answer?: 'giving' | 'refusal',
): Deed[] {
  const asked: Deed = {
    ...{ ...base, path: `/api/cases/{${of}}/consents`, learns: { [name]: 'handle' }, changes: name },
    body: {
      ...{ ...scope, language: 'fr', interpreter: true, how: 'spoken' },
      ...{ answerDue: daysFrom(base.at, 14), expires: daysFrom(base.at, 365) },
    },
  };
  const evidence = answer === 'giving' ? { evidence: 'Ha ascoltato e ha detto di sì (esempio).' } : {};
  const answered: Deed = { ...base, path: `/api/consents/{${name}}/${answer}`, body: evidence, changes: name };
  return answer === undefined ? [asked] : [asked, answered];
}

function played({ from, case: n, to, ago, end }: Scene, today: string): Deed[] {
  if (n >= STAYS_OPEN) throw new Error('this case may be closed before its referral');
  const of = caseKey(from, n);
  const [ours, theirs] = [`referral-${of}`, `referral-${of}@${to}`];
  const [sender, receiver] = [territoryOf(from).lead, territoryOf(to).lead];
  const recipient = ids.organisations[territoryOf(to).organisation];
  const offeredAt = daysFrom(today, -ago);
  const urgent = end === 'urgent' || end === 'expired';
  const joint = end === 'joint';
  const [purpose, groups] = joint ? ['joint_case', ['ID', 'NEED']] : ['direct_assistance', GRANTED];
  const terms = { service: 'housing_placement', urgency: urgent ? 'urgent' : 'ordinary', language: 'fr' };
  const base = { at: offeredAt, lane: of, who: sender };
  const act = (who: PersonaKey, record: string, days: number, part: string, body: object = {}, why?: string): Deed => ({
    ...{ at: daysFrom(offeredAt, days), lane: of, who, path: `/api/referrals/{${record}}/${part}`, body },
    ...{ changes: record, versionAt: `/api/referrals/{${record}}`, ...(why === undefined ? {} : { purpose: why }) },
  });
  const receives = (days: number, part: string, body: object = {}): Deed => act(receiver, theirs, days, part, body);
  const sends = (days: number, part: string, body: object = {}): Deed => act(sender, ours, days, part, body);

  const drafted: Deed[] = [
    ...consentDeeds(base, of, `${ours}.assess`, { recipient, purpose: 'referral_assessment', groups: ASSESSED }, 'giving'),
    ...consentDeeds(base, of, `${ours}.assist`, { recipient, purpose, groups }, 'giving'),
    {
      ...{ ...base, path: '/api/referrals', learns: { [ours]: 'handle' }, changes: ours },
      body: {
        ...{ case: `{${of}}`, receiver: recipient, ...terms, purpose, groups, mode: joint ? 'joint' : 'service' },
        reason: joint ? 'joint_case_border_zone' : 'additional_services_required',
        bases: [`{${ours}.assess}`, `{${ours}.assist}`].map((ref) => ({ kind: 'consent', ref })),
      },
    },
  ];
  if (end === 'drafted') return drafted;
  const stages = ['stage0', 'stage1', 'accepted'];
  const offered: Deed[] = [
    ...drafted,
    {
      ...{ ...base, path: `/api/cases/{${of}}/previews`, body: { receiver: recipient, ...terms, purpose, groups, assessed: ASSESSED } },
      learns: Object.fromEntries(stages.map((stage) => [`${ours}.${stage}`, `${stage}.sha256`])),
    },
    sends(0, 'offer', { preview: Object.fromEntries(stages.map((stage) => [stage, `{${ours}.${stage}}`])) }),
    { at: offeredAt, lane: of, who: receiver, path: '/api/referrals/inbox', finds: { name: theirs, fits: { status: 'Offered' } } },
  ];
  if (end === 'offered' || end === 'urgent' || end === 'expired') return offered;
  if (end === 'declined') return [...offered, receives(2, 'decline', { reason: 'no_capacity' })];
  if (end === 'withdrawn') return [...offered, sends(3, 'withdrawal', { reason: 'need_met' })];
  if (end === 'redirected') {
    const third = ids.organisations[territoryOf('piemonte').organisation];
    return [...offered, receives(2, 'redirect-proposal', { to: third }), sends(4, 'redirect', { to: third })];
  }
  const read = [...offered, act(receiver, theirs, 1, 'summary', {}, 'referral_assessment')];
  if (end === 'summary') return read;
  const asked = [...read, receives(1.5, 'clarifications', { question: 'Per quanti mesi serve l’alloggio di esempio?' })];
  if (end === 'clarified') return [...asked, sends(2, 'clarifications/answers', { answer: 'Almeno sei mesi, per esempio.' })];
  const how = joint ? { mode: 'joint', team: ids.teams[territoryOf(to).team] } : { mode: 'service' };
  const accepted = [...read, { ...receives(3, 'acceptance', { responsible: ids.members[receiver], ...how }), settles: true as const }];
  if (joint) return [...accepted, ...sharedView(of, sender, receiver, to, offeredAt)];
  if (end === 'accepted') return accepted;
  if (end === 'consent-withdrawn') {
    const at = daysFrom(offeredAt, 30);
    const [consent, notice] = [`${ours}.assist`, `${ours}.notice`];
    const told: Deed = { at, lane: of, who: receiver, path: '/api/notices', finds: { name: notice, fits: { kind: 'consent-withdrawn' } } };
    return [
      ...accepted,
      { at, lane: of, who: sender, path: `/api/consents/{${consent}}/withdrawal`, body: { reason: 'person_asked' }, changes: consent },
      told,
      { at, lane: of, who: receiver, path: `/api/notices/{${notice}}/acknowledgement`, changes: notice },
    ];
  }
  const serving = [...accepted, receives(6, 'service')];
  if (end === 'service') return serving;
  if (end === 'returned') return [...serving, receives(14, 'return', { reason: 'capacity_lost' })];
  const reported = [...serving, receives(20, 'outcome', { outcome: 'provided' })];
  return end === 'closed' ? [...reported, sends(25, 'closure')] : reported;
}

/** Both halves of a joint case are shared with the team of the two regions: the view it sees side by side. */
function sharedView(of: string, sender: PersonaKey, receiver: PersonaKey, to: ActiveRegion, offeredAt: string): Deed[] {
  const team = ids.teams['equipe-appennino'];
  const linked = `${of}@${to}`;
  const at = daysFrom(offeredAt, 4);
  const found: Deed = { at, lane: of, who: receiver, path: '/api/cases', finds: { name: linked, fits: {}, begins: `${to}.` } };
  const shares = [
    [sender, of],
    [receiver, linked],
  ] as const;
  return [
    found,
    ...shares.flatMap(([who, half]) => {
      const consent = `${half}.team`;
      const base = { at, lane: of, who };
      const scope = { recipient: team, purpose: 'joint_case', groups: ['ID', 'NEED', 'EXP', 'TERR'] };
      const body = { team, basis: { kind: 'consent', ref: `{${consent}}` }, expires: daysFrom(at, 360) };
      const share: Deed = { ...base, path: `/api/cases/{${half}}/shares`, body, changes: half, versionAt: `/api/cases/{${half}}` };
      return [...consentDeeds(base, half, consent, scope, 'giving'), share];
    }),
  ];
}
