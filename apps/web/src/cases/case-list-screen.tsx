import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useRead } from '../api/query';
import { useCodes } from '../text/codes';
import { useText } from '../text/strings';
import { ButtonLink } from '../ui/button';
import { Pick } from '../ui/pick';
import { Screen, Shown } from '../ui/screen';
import { TakeAway } from '../ui/take-away';
import type { CaseList } from './answers';
import { CaseLines } from './case-lines';
import { type CaseFilters, caseListRoute } from './routes';
import { caseStrings } from './strings';

const PAGE = 100;

export function CaseListScreen(): ReactNode {
  const say = useText(caseStrings);
  const filters = caseListRoute.useSearch();
  const { fase, bisogno, urgente, miei } = filters;
  const query = {
    ...(fase ? { phase: fase as 'Emersion' } : {}),
    ...(bisogno ? { need: bisogno as 'legal' } : {}),
    ...(urgente ? { urgent: true } : {}),
    ...(miei ? { responsible: 'me' as const } : {}),
    limit: PAGE,
  };
  const list = useRead<CaseList, '/api/cases'>('/api/cases', { query, lively: true });
  return (
    <Screen title={say('list.title')} neutral={say('list.neutral')} aside={<ButtonLink to="/casi/nuovo">{say('list.new')}</ButtonLink>}>
      <Filters of={filters} />
      <Shown of={list}>
        {({ data }) =>
          data.items.length === 0 ? (
            <p>{say('list.none')}</p>
          ) : (
            <>
              <CaseLines caption={say('list.caption', { count: data.total })} items={data.items} />
              <TakeAway path="/api/cases" reading={{ query }} />
            </>
          )
        }
      </Shown>
    </Screen>
  );
}

/** They stand in the address: going back undoes them, and a colleague can be sent the same list. */
function Filters({ of }: { readonly of: CaseFilters }): ReactNode {
  const say = useText(caseStrings);
  const codes = useCodes();
  const navigate = useNavigate();
  const set = (change: CaseFilters): void => void navigate({ to: '/casi', search: { ...of, ...change } });
  return (
    <fieldset className="rc-card">
      <legend>{say('list.filters')}</legend>
      <div className="rc-choices rc-choices-low">
        <Pick
          label={say('list.phase')}
          any={say('list.any')}
          value={of.fase}
          choices={codes.of('phase')}
          onPick={(fase) => set({ fase })}
        />
        <Pick
          label={say('list.need')}
          any={say('list.anyNeed')}
          value={of.bisogno}
          choices={codes.of('need')}
          onPick={(bisogno) => set({ bisogno })}
        />
        <label className="rc-choice">
          <input type="checkbox" checked={of.urgente ?? false} onChange={(event) => set({ urgente: event.target.checked || undefined })} />
          <span>{say('list.urgent')}</span>
        </label>
        <label className="rc-choice">
          <input type="checkbox" checked={of.miei ?? false} onChange={(event) => set({ miei: event.target.checked || undefined })} />
          <span>{say('list.mine')}</span>
        </label>
      </div>
    </fieldset>
  );
}
