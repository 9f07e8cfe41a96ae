import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useRead } from '../api/query';
import { useCodes } from '../text/codes';
import { useDates } from '../text/dates';
import { useText } from '../text/strings';
import { Facts } from '../ui/notice';
import { Screen, Shown } from '../ui/screen';
import { AtLeast } from '../ui/step-up';
import { useActs } from './acts';
import type { Fact, ShownEntry } from './answers';
import { Handle, shortHash, Who } from './handle';
import { InclusionProof } from './verify/inclusion-proof';
import { useReasons } from './reasons';
import { entryRoute } from './routes';
import { auditStrings } from './strings';

/** One entry, as a sentence, as facts, and as the very text that was signed. */
export function EntryScreen(): ReactNode {
  const say = useText(auditStrings);
  const { index } = entryRoute.useParams();
  const entry = useRead<ShownEntry>('/api/audit/entries/{index}', { params: { index }, purpose: 'audit', steady: true });
  return (
    <Screen title={say('entry.title', { index })} neutral={say('neutral')} aside={<Link to="/registro">{say('entry.back')}</Link>}>
      <AtLeast level={2}>
        <Shown of={entry}>
          {({ data }) => (
            <>
              <Content shown={data} />
              <InclusionProof shown={data} />
              <details className="rc-card">
                <summary>{say('entry.raw')}</summary>
                <pre className="rc-raw" tabIndex={0}>
                  {JSON.stringify(data.entry, null, 2)}
                </pre>
              </details>
            </>
          )}
        </Shown>
      </AtLeast>
    </Screen>
  );
}

/** Of the process itself: timers and reactors have none. */
const NO_ROLE = 'none';

const FactList = ({ of }: { readonly of: readonly Fact[] }): ReactNode => (
  <ul className="rc-grounds">
    {of.map(({ stream, revision }) => (
      <li key={stream + revision}>
        <Handle of={`${stream} #${revision}`} />
      </li>
    ))}
  </ul>
);

function Content({ shown: { index, entry } }: { readonly shown: ShownEntry }): ReactNode {
  const say = useText(auditStrings);
  const acts = useActs();
  const { label } = useCodes();
  const { instant } = useDates();
  const reasons = useReasons();
  const { body, event } = entry;
  const none = say('entry.none');
  return (
    <div className="rc-card">
      <p className="rc-big">{say(`entry.${body.effect}`, { act: acts.name(body.act) })}</p>
      <Facts
        of={[
          [say('entry.when'), instant(body.at)],
          [
            say('entry.who'),
            <>
              <Who of={body.actor} />{' '}
              <Link to="/registro" search={{ chi: body.actor }}>
                {say('entry.search')}
              </Link>
            </>,
          ],
          [say('entry.organisation'), <Who of={body.organisation} />],
          [
            say('entry.role'),
            body.role === NO_ROLE
              ? say('entry.noRole')
              : body.role
                  .split('+')
                  .map((one) => label('role', one))
                  .join(', '),
          ],
          [say('entry.acr'), body.acr],
          [say('entry.purpose'), label('purpose', body.purpose)],
          [say('entry.reasons'), reasons(body.reasons) || none],
          [say('entry.groups'), body.groups.map((one) => label('field-group', one)).join(', ') || none],
          [say('entry.policy'), body.policy ? <Handle of={shortHash(body.policy)} /> : none],
          [say('entry.event'), event ? <Handle of={`${event.type} (${event.log})`} /> : none],
          [say('entry.facts'), body.facts.length === 0 ? none : <FactList of={body.facts} />],
        ]}
      />
      {body.cases.map((one) => (
        <p key={one}>
          {say('entry.cases')}: <Handle of={one} />{' '}
          <Link to="/ricostruzione" search={{ caso: one, punto: index }}>
            {say('entry.replay')}
          </Link>
        </p>
      ))}
    </div>
  );
}
