import type { ReactNode } from 'react';
import { useDates } from '../text/dates';
import { useText } from '../text/strings';
import { Facts } from '../ui/notice';
import type { Told } from './answers';
import { deliveryStrings } from './strings';
import { useAlertWords } from './words';

/** What somebody is told: the issuer's preview and the recipient's own page show it by the same lines. */
export function ToldFacts({ told, company }: { readonly told: Told; readonly company?: boolean }): ReactNode {
  const say = useText(deliveryStrings);
  const { codes, band, patterns, indicators } = useAlertWords();
  const { day } = useDates();
  const lines: (readonly [string, ReactNode] | false)[] = [
    [say('told.about'), say(`subject.${told.subject}`)],
    company !== undefined && told.subject === 'company' && [say('told.company'), say(company ? 'told.companyYes' : 'told.companyNo')],
    [say('told.region'), codes.label('region', told.region)],
    told.province !== undefined && [say('told.province'), codes.label('province', told.province)],
    told.sector !== undefined && [say('told.sector'), codes.label('sector', told.sector)],
    [say('told.period'), `${day(told.period.from)} – ${day(told.period.to)}`],
    [say('told.patterns'), patterns(told.patterns)],
    told.indicators !== undefined && [say('told.indicators'), indicators(told.indicators)],
    told.workers !== undefined && [say('told.workers'), band(told.workers)],
    told.companies !== undefined && [say('told.companies'), band(told.companies)],
    told.rounded !== undefined && [say('told.workers'), say('told.rounded', { count: told.rounded })],
  ];
  return <Facts of={lines.filter((line) => line !== false)} />;
}
