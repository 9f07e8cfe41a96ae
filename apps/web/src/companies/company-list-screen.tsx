import { Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { useRead } from '../api/query';
import { useCodes } from '../text/codes';
import { useText } from '../text/strings';
import { Actions, Button } from '../ui/button';
import { Screen, Shown } from '../ui/screen';
import { AtLeast } from '../ui/step-up';
import { type Column, Table } from '../ui/table';
import { TakeAway } from '../ui/take-away';
import type { CompanyPage, CompanyView } from './answers';
import { CompanyBadge, CompanyPlace } from './company-parts';
import { companyStrings } from './strings';

const PAGE = 50;

/** The companies of one's region, by codename. */
export function CompanyListScreen(): ReactNode {
  const say = useText(companyStrings);
  /** Where each page shown begins. */
  const [pages, setPages] = useState<readonly (string | undefined)[]>([undefined]);
  return (
    <Screen title={say('title')} neutral={say('neutral')}>
      <p>{say('intro')}</p>
      <AtLeast level={2}>
        {pages.map((after, n) => (
          <Page
            key={after ?? 'first'}
            after={after}
            number={n + 1}
            onMore={n === pages.length - 1 ? (next) => setPages([...pages, next]) : undefined}
          />
        ))}
        <TakeAway path="/api/companies" reading={{ query: { limit: 200 } }} />
      </AtLeast>
    </Screen>
  );
}

interface PageProps {
  readonly after: string | undefined;
  readonly number: number;
  readonly onMore: ((next: string) => void) | undefined;
}

function Page({ after, number, onMore }: PageProps): ReactNode {
  const say = useText(companyStrings);
  const query = { limit: PAGE, ...(after === undefined ? {} : { after }) };
  const page = useRead<CompanyPage, '/api/companies'>('/api/companies', { query, lively: true });
  return (
    <Shown of={page}>
      {({ data: { items, next } }) => (
        <>
          {items.length > 0 ? <Lines caption={say('caption', { n: number })} items={items} /> : number === 1 ? <p>{say('none')}</p> : null}
          {next !== undefined && onMore ? (
            <Actions>
              <Button kind="second" onClick={() => onMore(next)}>
                {say('more')}
              </Button>
            </Actions>
          ) : null}
        </>
      )}
    </Shown>
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
