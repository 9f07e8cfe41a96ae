import type { ReactNode } from 'react';
import type { GetPath } from '../api/client';
import { useRead } from '../api/query';
import type { CaseList } from '../cases/answers';
import { useDates } from '../text/dates';
import { useText } from '../text/strings';
import { Select } from '../ui/fields';
import { Notice } from '../ui/notice';
import { RecordForm, type Versioned } from '../ui/record-form';
import { Shown } from '../ui/screen';
import type { ContactFile, ContactPage } from './answers';
import { contactPageStrings } from './contact-strings';
import { Joined } from './joined';

const CONTACT_PATHS: readonly GetPath[] = ['/api/contacts/{handle}', '/api/contacts', '/api/contact-counts'];
/** A page of a list is what one chooses from: more would be no choice. */
const CHOICES = 200;

interface Props {
  readonly record: Versioned;
  readonly onDone: () => void;
}

/** The person has a case already: the contact becomes part of it. */
export function LinkToCase({ record, onDone }: Props): ReactNode {
  const say = useText(contactPageStrings);
  const list = useRead<CaseList, '/api/cases'>('/api/cases', { query: { limit: CHOICES } });
  return (
    <Shown of={list}>
      {({ data: { items } }) => {
        if (items.length === 0) return <Notice title={say('linkNone')} />;
        const choices = items.map(({ handle, codename }) => ({ value: handle, label: codename }));
        return (
          <RecordForm<'/api/contacts/{handle}/link', { case: string }>
            path="/api/contacts/{handle}/link"
            params={record.params}
            record={record}
            initial={{ case: '' }}
            body={(values) => values}
            refresh={CONTACT_PATHS}
            submit={say('linkGo')}
            words={{ 'contact.not-found': say('linkRefused'), 'contact.forbidden': say('linkRefused') }}
            yours={({ case: chosen }) => <p>{choices.find(({ value }) => value === chosen)?.label}</p>}
            theirs={(now) => <Joined of={now as ContactFile} />}
            onDone={onDone}
          >
            {(form) => <Select form={form} name="case" label={say('linkCase')} hint={say('linkHint')} choices={choices} />}
          </RecordForm>
        );
      }}
    </Shown>
  );
}

/** Whom two colleagues met may be one person. */
export function MarkSame({ record, onDone }: Props): ReactNode {
  const say = useText(contactPageStrings);
  const { day } = useDates();
  const list = useRead<ContactPage, '/api/contacts'>('/api/contacts', { query: { limit: CHOICES } });
  return (
    <Shown of={list}>
      {({ data: { items } }) => {
        const others = items.filter(({ handle }) => handle !== record.params.handle);
        if (others.length === 0) return <Notice title={say('markNone')} />;
        const choices = others.map(({ handle, codename, on }) => ({ value: handle, label: say('other', { codename, day: day(on) }) }));
        return (
          <RecordForm<'/api/contacts/{handle}/same', { other: string }>
            path="/api/contacts/{handle}/same"
            params={record.params}
            record={record}
            initial={{ other: '' }}
            body={(values) => values}
            refresh={CONTACT_PATHS}
            submit={say('markGo')}
            yours={({ other }) => <p>{choices.find(({ value }) => value === other)?.label}</p>}
            theirs={(now) => <Joined of={now as ContactFile} />}
            onDone={onDone}
          >
            {(form) => <Select form={form} name="other" label={say('markOther')} hint={say('markHint')} choices={choices} />}
          </RecordForm>
        );
      }}
    </Shown>
  );
}
