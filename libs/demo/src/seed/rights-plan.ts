import { idsOf } from '../base-world';
import { type Deed, daysFrom } from './deed';
import { demoWorld } from './demo-world';
import { consentDeeds } from './referral-plan';
import { caseKey, TERRITORIES } from './territory';

const ids = idsOf(demoWorld());

/** People who said no, or nothing: one of each in every region, to different services. */
export function answersPlan(today: string): Deed[] {
  return TERRITORIES.flatMap((territory, n) => {
    const of = caseKey(territory.region, 1);
    const recipient = ids.organisations[n === 0 ? 'asl-umbria' : 'progetto-umbria'];
    const scope = { recipient, purpose: 'health_care', groups: ['NEED'] };
    const base = (days: number) => ({ at: daysFrom(today, -days), lane: of, who: territory.lead });
    return [
      ...consentDeeds(base(100 - n), of, `${of}.refused`, scope, 'refusal'),
      ...consentDeeds(base(45 - n), of, `${of}.unanswered`, { ...scope, purpose: 'direct_assistance' }),
    ];
  });
}

/** A person in Umbria is forgotten: asked by the team, approved by the data protection officer, and the key destroyed. */
export function erasurePlan(today: string): Deed[] {
  const of = caseKey('umbria', 8);
  const at = daysFrom(today, -34);
  const account = 'Lo ha chiesto la persona (esempio).';
  const approval = { path: '/api/erasures/{erasure@dpo}/approval', body: {}, changes: 'erasure@dpo', acr: 3 as const };
  return [
    {
      ...{ at, lane: of, who: 'giulia', path: '/api/erasures', body: { subject: `{${of}}`, ground: 'asked_by_person', account } },
      learns: { erasure: 'handle' },
    },
    {
      at: daysFrom(at, 2),
      lane: of,
      who: 'dora',
      path: '/api/erasures',
      finds: { name: 'erasure@dpo', fits: { ground: 'asked_by_person' } },
    },
    { at: daysFrom(at, 2), lane: of, who: 'dora', ...approval },
  ];
}

/** In Emilia-Romagna another organisation had to look: the review is due the day after today. */
export function glassPlan(today: string): Deed[] {
  const of = caseKey('emilia-romagna', 5);
  const at = daysFrom(today, -1.5);
  return [
    {
      ...{
        at,
        lane: of,
        who: 'zoe',
        path: '/api/break-glass',
        learns: { glass: 'handle' },
        changes: 'glass',
        purpose: 'emergency',
        acr: 3,
      },
      body: {
        ...{ custodian: ids.organisations['progetto-emilia'], codename: `{${of}.codename}`, group: 'CON' },
        ...{ reason: 'medical_emergency', account: 'Il pronto soccorso di esempio cerca un contatto.' },
      },
    },
    { at: daysFrom(at, 0.01), lane: of, who: 'zoe', path: '/api/break-glass/{glass}/closing', body: {}, changes: 'glass' },
  ];
}
