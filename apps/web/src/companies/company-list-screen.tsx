import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useCodes } from '../text/codes';
import { useText } from '../text/strings';
import { Pages } from '../ui/pages';
import { Screen } from '../ui/screen';
import { AtLeast } from '../ui/step-up';
import { type Column, Table } from '../ui/table';
import { TakeAway } from '../ui/take-away';
import type { CompanyView } from './answers';
import { CompanyBadge, CompanyPlace } from './company-parts';
import { companyStrings } from './strings';

const PAGE = 50;

/** The companies of one's region, by codename. */
export function CompanyListScreen(): ReactNode {
  const say = useText(companyStrings);
  return (
    <Screen title={say('title')} neutral={say('neutral')}>
      <p>{say('intro')}</p>
      <AtLeast level={2}>
        <Pages<CompanyView, '/api/companies'> path="/api/companies" query={{ limit: PAGE }} none={say('none')} more={say('more')}>
          {(items, n) => <Lines caption={say('caption', { n })} items={items} />}
        </Pages>
        <TakeAway path="/api/companies" reading={{ query: { limit: 200 } }} />
      </AtLeast>
    </Screen>
  );
}

function Lines({ caption, items }: { readonly caption: string; readonly items: readonly CompanyView[] }): ReactNode {
  const say = useText(companyStrings);
  const codes = useCodes();
  const counted: readonly Column<CompanyView>[] = items.some(({ reporters }) => reporters !== undefined)
    ? [{ title: say('reporters'), cell: ({ reporters }) => reporters ?? '–' }]
    : [];
  return (
    <Table
      caption={caption}
      rows={items}
      keyOf={({ handle }) => handle}
      columns={[
        {
          title: say('codename'),
          cell: ({ handle, codename }) => (
            <Link to="/imprese/$handle" params={{ handle }} className="rc-target">
              {codename}
            </Link>
          ),
        },
        { title: say('status'), cell: (one) => <CompanyBadge of={one} /> },
        { title: say('sector'), cell: ({ sector }) => codes.label('sector', sector) },
        { title: say('where'), cell: (one) => <CompanyPlace of={one} /> },
        ...counted,
        { title: say('ours'), cell: ({ ours }) => say(ours ? 'yes' : 'no') },
      ]}
    />
  );
}
