import type { ReactNode } from 'react';
import { useCodes, useSpokenLanguages } from '../text/codes';
import { useDates } from '../text/dates';
import { useText } from '../text/strings';
import { Badge, Facts } from '../ui/notice';
import { Place } from '../ui/place';
import { codesOf, documentsOf, type FieldGroup, type ShownGroup, textOf } from './answers';
import { useFieldName } from './field-name';
import { identificationStrings } from './identification-strings';
import { pageStrings } from './page-strings';
import { caseStrings } from './strings';

export type Groups = Readonly<Partial<Record<FieldGroup, ShownGroup>>>;

/** Lists of codes a group may hold, with the list they belong to. */
const INDICATORS = ['indicator', 'forced-labour-indicator', '603bis-index', '603bis-element', '603bis-aggravating'] as const;
/** Shown in words of their own, or not at all. */
const APART = ['view', 'revealable', 'codename', 'profile', 'documents'];

interface Props {
  readonly groups: Groups;
  /** Level of the headings: one below what stands above. */
  readonly level?: 2 | 3 | 4;
  readonly extra?: (group: FieldGroup, shown: ShownGroup) => ReactNode;
}

/** The field groups of a case as this reader is shown them. What is not shown is not even named. */
export function GroupsView({ groups, level = 2, extra }: Props): ReactNode {
  const Heading = `h${level}` as const;
  const codes = useCodes();
  const page = useText(pageStrings);
  const all = Object.entries(groups) as [FieldGroup, ShownGroup][];
  const empty = all.filter(([, shown]) => isEmpty(shown));
  return (
    <>
      {all
        .filter(([, shown]) => !isEmpty(shown))
        .map(([group, shown]) => (
          <div key={group} className="rc-card">
            <div className="rc-head">
              <Heading className="rc-group-name">{codes.label('field-group', group)}</Heading>
              {shown.view === 'full' ? null : <Badge>{codes.label('view', shown.view)}</Badge>}
            </div>
            {group === 'EXP' ? <p className="rc-soft">{page('page.indication')}</p> : null}
            <GroupFacts group={group} shown={shown} />
            <Documents shown={shown} />
            {extra?.(group, shown)}
          </div>
        ))}
      {empty.length > 0 ? (
        <p className="rc-soft">{page('page.empty', { groups: empty.map(([group]) => codes.label('field-group', group)).join(', ') })}</p>
      ) : null}
    </>
  );
}

/** Open to the reader, and nothing in it yet. A pseudonym alone is something: it is all that is ever shown of a person. */
const isEmpty = ({ view, codename, ...content }: ShownGroup): boolean =>
  (codename === undefined || view === 'full') &&
  Object.values(content).every(
    (value) => value === null || value === false || value === '' || (Array.isArray(value) && value.length === 0),
  );

function GroupFacts({ group, shown }: { readonly group: FieldGroup; readonly shown: ShownGroup }): ReactNode {
  const say = useText(caseStrings);
  const page = useText(pageStrings);
  const codes = useCodes();
  const identified = useText(identificationStrings);
  const spoken = useSpokenLanguages();
  const { day } = useDates();
  const list = (name: string, of: unknown): string =>
    codesOf(of)
      .map((code) => codes.label(name, code))
      .join(', ') || '–';
  const indicators = (of: unknown): string =>
    codesOf(of)
      .map((code) => INDICATORS.map((name) => codes.label(name, code)).find((label) => label !== code) ?? code)
      .join('; ') || (textOf(of) ? say('line.recorded', { band: String(of) }) : '–');
  switch (group) {
    case 'REF':
      return (
        <Facts
          of={[
            [page('page.region'), codes.label('region', textOf(shown.region))],
            [page('page.language'), spoken.name(textOf(shown.language) ?? '')],
            ...(shown.urgent === true ? ([[page('page.urgency'), say('line.urgent')]] as const) : []),
            ...(textOf(shown.openedOn) ? ([[page('page.opened'), day(String(shown.openedOn))]] as const) : []),
            ...(textOf(shown.ageBand)
              ? ([[say('new.age'), say(shown.ageBand === 'adult' ? 'new.ages.adult' : 'new.ages.unknown')]] as const)
              : []),
          ]}
        />
      );
    case 'PLAN':
      if (!textOf(shown.phase)) return <Plain shown={shown} />;
      return (
        <>
          <Facts of={[[say('list.phase'), codes.label('phase', String(shown.phase))]]} />
          {codesOf(shown.revealable).length > 0 ? <p>{identified('strategy')}</p> : null}
        </>
      );
    case 'LEG':
      return <Legal shown={shown} />;
    case 'ID':
      return shown.view === 'full' ? <Openable shown={shown} /> : <p>{page('page.pseudonym')}</p>;
    case 'NEED':
      return <p>{list('need', shown.needs)}</p>;
    case 'TERR':
      return (
        <p>
          <Place of={textOf(shown.comune)} band={textOf(shown.province) ?? textOf(shown.region)} />
          {textOf(shown.from) ? ` – ${page('page.since', { day: day(String(shown.from)) })}` : ''}
        </p>
      );
    case 'EXP':
      return <Exploitation shown={shown} indicators={indicators} list={list} />;
    case 'COMP': {
      const companies = (Array.isArray(shown.companies) ? shown.companies : []) as { codename: string }[];
      return <p>{companies.map(({ codename }) => codename).join(', ') || '–'}</p>;
    }
    default:
      return <Plain shown={shown} />;
  }
}

function Exploitation(props: {
  readonly shown: ShownGroup;
  readonly indicators: (of: unknown) => string;
  readonly list: (name: string, of: unknown) => string;
}): ReactNode {
  const { shown, indicators, list } = props;
  const page = useText(pageStrings);
  const say = useText(identificationStrings);
  const { day } = useDates();
  const article = shown.article603bis as { codes?: unknown; bothHalves?: boolean } | undefined;
  const indication = textOf(shown.indication);
  const known =
    indication && indication in pageStrings.it.page.indications ? (indication as keyof typeof pageStrings.it.page.indications) : undefined;
  return (
    <Facts
      of={[
        [page('page.indicators'), indicators(shown.indicators)],
        ...(known ? ([[page('page.score'), page(`page.indications.${known}`)]] as const) : []),
        ...(codesOf(shown.exploitation).length > 0 ? ([[page('page.types'), list('exploitation-type', shown.exploitation)]] as const) : []),
        ...(article ? ([[page('page.article'), indicators(article.codes)]] as const) : []),
        ...(textOf(shown.preliminary) ? ([[say('preliminary'), say('completed', { day: day(String(shown.preliminary)) })]] as const) : []),
      ]}
    />
  );
}

/** What an authority decided, in words; of anything else, that there is something. */
function Legal({ shown: { on, decidedBy, outcome, ...rest } }: { readonly shown: ShownGroup }): ReactNode {
  const say = useText(identificationStrings);
  const { label } = useCodes();
  const { day } = useDates();
  if (!textOf(outcome)) return <Plain shown={{ ...rest }} />;
  const decided = {
    outcome: label('identification-outcome', textOf(outcome)),
    authority: label('identification-authority', textOf(decidedBy)),
    day: day(String(on)),
  };
  return (
    <>
      <Facts of={[[say('formal'), say('decided', decided)]]} />
      {Object.keys(rest).some((key) => !APART.includes(key)) ? <Plain shown={{ ...rest }} /> : null}
    </>
  );
}

/** Groups whose values lie in the vault: whether anything is recorded, and nothing more. */
function Plain({ shown }: { readonly shown: ShownGroup }): ReactNode {
  const page = useText(pageStrings);
  const more = Object.keys(shown).filter((key) => !APART.includes(key) && key !== 'recorded');
  const revealable = codesOf(shown.revealable);
  if (revealable.length > 0) return <Openable shown={shown} />;
  if (more.length === 0 && documentsOf({ ID: shown }).length > 0) return null;
  return <p>{page(more.length > 0 || shown.recorded === true ? 'page.something' : 'page.nothing')}</p>;
}

/** By their references; what they are stands in a part of its own. */
function Documents({ shown }: { readonly shown: ShownGroup }): ReactNode {
  const page = useText(pageStrings);
  const references = documentsOf({ ID: shown }).flatMap(({ reference, withdrawn }) => (withdrawn ? [] : [reference]));
  return references.length === 0 ? null : <p>{page('page.documents', { references: references.join(', ') })}</p>;
}

/** Values are never shown, only what there is to be opened. */
function Openable({ shown }: { readonly shown: ShownGroup }): ReactNode {
  const page = useText(pageStrings);
  const name = useFieldName();
  return <p>{page('page.openable', { fields: codesOf(shown.revealable).map(name).join(', ') || '–' })}</p>;
}
