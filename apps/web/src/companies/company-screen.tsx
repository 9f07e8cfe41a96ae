import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useRead } from '../api/query';
import { useCodes } from '../text/codes';
import { useText } from '../text/strings';
import { Facts, Notice } from '../ui/notice';
import { Screen, Shown } from '../ui/screen';
import { AtLeast } from '../ui/step-up';
import type { CompanyView } from './answers';
import { CompanyActs } from './company-acts';
import { CompanyBadge, CompanyPlace } from './company-parts';
import { CompanyValues } from './company-values';
import { companyRoute } from './routes';
import { companyStrings } from './strings';

const LISTS = ['indicator', 'forced-labour-indicator', '603bis-index', '603bis-element', '603bis-aggravating'] as const;

/** One company as one's organisation may know it, and what one may add to its dossier. */
export function CompanyScreen(): ReactNode {
  const say = useText(companyStrings);
  const { handle } = companyRoute.useParams();
  return (
    <Screen title={say('one')} neutral={say('neutral')} aside={<Link to="/imprese">{say('back')}</Link>}>
      <AtLeast level={2}>
        <Company handle={handle} />
      </AtLeast>
    </Screen>
  );
}

function Company({ handle }: { readonly handle: string }): ReactNode {
  const say = useText(companyStrings);
  const read = useRead<CompanyView>('/api/companies/{handle}', { params: { handle }, lively: true });
  return (
    <Shown of={read}>
      {({ data, etag }) => (
        <>
          {data.disputed ? <Notice tone="warn" title={say('disputedText')} /> : null}
          <What of={data} />
          {data.ours ? <CompanyValues handle={handle} /> : null}
          <CompanyActs of={data} record={{ path: '/api/companies/{handle}', params: { handle }, etag }} />
        </>
      )}
    </Shown>
  );
}

function What({ of }: { readonly of: CompanyView }): ReactNode {
  const say = useText(companyStrings);
  const codes = useCodes();
  const { codename, sector, indicators, reporters, ours } = of;
  const inWords = (code: string): string => LISTS.map((list) => codes.label(list, code)).find((words) => words !== code) ?? code;
  return (
    <>
      <Facts
        of={[
          [say('codename'), codename],
          [say('status'), <CompanyBadge key="status" of={of} />],
          [say('sector'), codes.label('sector', sector)],
          [say('where'), <CompanyPlace key="where" of={of} />],
          ...(reporters === undefined ? [] : [[say('reporters'), String(reporters)] as const]),
          [say('ours'), say(ours ? 'yes' : 'no')],
        ]}
      />
      {indicators === undefined ? null : (
        <section aria-labelledby="indicators">
          <h2 id="indicators">{say('indicators')}</h2>
          {indicators.length === 0 ? (
            <p>{say('noIndicators')}</p>
          ) : (
            <ul>
              {indicators.map((code) => (
                <li key={code}>{inWords(code)}</li>
              ))}
            </ul>
          )}
        </section>
      )}
    </>
  );
}
