import type { ReactNode } from 'react';
import type { BodyOf } from '../api/client';
import { useCodes } from '../text/codes';
import { useText } from '../text/strings';
import { Choices, CodeChoices, CodeSelect, Tick } from '../ui/code-fields';
import { ComuneField } from '../ui/comune-field';
import { Select, TextField } from '../ui/fields';
import { RecordForm } from '../ui/record-form';
import { codesOf, textOf } from './answers';
import { type ActionProps, CASE_PATHS } from './case-actions';
import { useFieldName } from './field-name';
import { pageStrings } from './page-strings';
import { caseStrings } from './strings';
import { ThisCase } from './this-case';

/** What is recorded about a case in codes. Each form begins with what is there, so that recording again changes nothing by oversight. */

export function NeedsForm({ view, record, onDone }: ActionProps): ReactNode {
  const page = useText(pageStrings);
  const say = useText(caseStrings);
  const { label } = useCodes();
  return (
    <RecordForm<'/api/cases/{handle}/needs', { needs: string[]; urgent: boolean }>
      path="/api/cases/{handle}/needs"
      params={record.params}
      record={record}
      initial={{ needs: [...codesOf(view.groups.NEED?.needs)], urgent: view.groups.REF?.urgent === true }}
      body={(values) => values as BodyOf<'/api/cases/{handle}/needs'>}
      refresh={CASE_PATHS}
      submit={page('do.save')}
      yours={({ needs }) => <p>{needs.map((need) => label('need', need)).join(', ')}</p>}
      theirs={(now) => <ThisCase now={now} only={['NEED']} />}
      onDone={onDone}
    >
      {(form) => (
        <>
          <CodeChoices form={form} name="needs" label={page('do.needs')} list="need" />
          <Tick form={form} name="urgent" label={say('new.urgent')} />
        </>
      )}
    </RecordForm>
  );
}

/** Which code lists an assessment chooses from. */
const LISTS = {
  ilo_delphi: ['indicator'],
  ilo_forced_labour: ['forced-labour-indicator'],
  art_603bis: ['603bis-index', '603bis-element', '603bis-aggravating'],
} as const;
type List = keyof typeof LISTS;

export function IndicatorsForm({ view, record, onDone }: ActionProps): ReactNode {
  const page = useText(pageStrings);
  const codes = useCodes();
  const held = view.groups.EXP;
  const article = held?.article603bis as { codes?: unknown } | undefined;
  const lists = (Object.keys(LISTS) as List[]).map((value) => ({ value, label: page(`do.lists.${value}`) }));
  return (
    <RecordForm<'/api/cases/{handle}/indicators', { list: List; indicators: string[]; exploitation: string[] }>
      path="/api/cases/{handle}/indicators"
      params={record.params}
      record={record}
      initial={{
        list: 'ilo_delphi',
        indicators: [...codesOf(held?.indicators), ...codesOf(held?.forcedLabour), ...codesOf(article?.codes)],
        exploitation: [...codesOf(held?.exploitation)],
      }}
      body={({ list, indicators, exploitation }) => {
        const known = new Set(LISTS[list].flatMap((name) => codes.of(name).map(({ value }) => value)));
        // The types are recorded anew with each assessment: not sent they would be none.
        return { list, indicators: indicators.filter((code) => known.has(code)), exploitation } as BodyOf<'/api/cases/{handle}/indicators'>;
      }}
      refresh={CASE_PATHS}
      submit={page('do.save')}
      yours={({ indicators }) => <p>{indicators.join(', ')}</p>}
      theirs={(now) => <ThisCase now={now} only={['EXP']} />}
      onDone={onDone}
    >
      {(form) => (
        <>
          <p className="rc-soft">{page('page.indication')}</p>
          <Select form={form} name="list" label={page('do.list')} choices={lists} />
          <Choices
            form={form}
            name="indicators"
            label={page('do.indicators')}
            choices={LISTS[form.watch('list')].flatMap((name) => codes.of(name))}
          />
          <CodeChoices
            form={form}
            name="exploitation"
            label={page('page.types')}
            hint={page('do.typesHint')}
            list="exploitation-type"
            optional
          />
        </>
      )}
    </RecordForm>
  );
}

export function ZoneForm({ view, record, onDone }: ActionProps): ReactNode {
  const page = useText(pageStrings);
  return (
    <RecordForm<'/api/cases/{handle}/work-zone', { comune: string; from: string; to: string }>
      path="/api/cases/{handle}/work-zone"
      params={record.params}
      record={record}
      initial={{ comune: '', from: textOf(view.groups.TERR?.from) ?? '', to: textOf(view.groups.TERR?.to) ?? '' }}
      body={({ comune, from, to }) => ({ comune, ...(from ? { from } : {}), ...(to ? { to } : {}) })}
      refresh={CASE_PATHS}
      submit={page('do.save')}
      yours={({ comune }) => <p>{comune}</p>}
      theirs={(now) => <ThisCase now={now} only={['TERR']} />}
      onDone={onDone}
    >
      {(form) => (
        <>
          <ComuneField form={form} name="comune" label={page('do.comune')} />
          <TextField form={form} name="from" label={page('do.from')} type="date" optional />
          <TextField form={form} name="to" label={page('do.to')} type="date" optional />
        </>
      )}
    </RecordForm>
  );
}

export function SafetyForm({ record, onDone }: ActionProps): ReactNode {
  const page = useText(pageStrings);
  const { label } = useCodes();
  return (
    <RecordForm<'/api/cases/{handle}/safety', { status: string; address: string }>
      path="/api/cases/{handle}/safety"
      params={record.params}
      record={record}
      initial={{ status: '', address: '' }}
      body={({ status, address }) => {
        const place = address.trim() ? { place: [{ group: 'PROT', field: 'address', value: address.trim() }] } : {};
        return { status, ...place } as BodyOf<'/api/cases/{handle}/safety'>;
      }}
      refresh={CASE_PATHS}
      submit={page('do.save')}
      yours={({ status }) => <p>{label('safety-status', status)}</p>}
      theirs={(now) => <ThisCase now={now} />}
      onDone={onDone}
    >
      {(form) => (
        <>
          <CodeSelect form={form} name="status" label={page('do.safety')} list="safety-status" />
          <TextField form={form} name="address" label={page('do.place')} hint={page('do.placeHint')} maxLength={400} optional />
        </>
      )}
    </RecordForm>
  );
}

/** The values people most often give; the rest comes with the papers. */
const PERSON = [
  ['ID', 'given_name'],
  ['ID', 'family_name'],
  ['ID', 'birth_date'],
  ['ID', 'citizenship'],
  ['CON', 'phone'],
  ['CON', 'safe_hours'],
] as const;
type PersonValues = Record<(typeof PERSON)[number][1], string>;

export function PersonForm({ record, onDone }: ActionProps): ReactNode {
  const page = useText(pageStrings);
  const words = useFieldName();
  return (
    <RecordForm<'/api/cases/{handle}/particulars', PersonValues>
      path="/api/cases/{handle}/particulars"
      params={record.params}
      record={record}
      initial={{ given_name: '', family_name: '', birth_date: '', citizenship: '', phone: '', safe_hours: '' }}
      body={(values) => ({
        person: PERSON.filter(([, field]) => values[field] !== '').map(([group, field]) => ({ group, field, value: values[field] })),
      })}
      refresh={CASE_PATHS}
      submit={page('do.save')}
      theirs={(now) => <ThisCase now={now} only={['ID', 'CON']} />}
      onDone={onDone}
    >
      {(form) =>
        PERSON.map(([, field]) => (
          <TextField key={field} form={form} name={field} label={words(field)} type={field === 'birth_date' ? 'date' : 'text'} optional />
        ))
      }
    </RecordForm>
  );
}
