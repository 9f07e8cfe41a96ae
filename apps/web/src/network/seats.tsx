import { type ReactNode, useState } from 'react';
import type { BodyOf, GetPath } from '../api/client';
import { useColleagues, useDirectory } from '../people/directory';
import { useCodes } from '../text/codes';
import { useText } from '../text/strings';
import { Act } from '../ui/acts';
import { CodeSelect } from '../ui/code-fields';
import { Select, TextField } from '../ui/fields';
import { RecordForm, type Versioned } from '../ui/record-form';
import { Table } from '../ui/table';
import type { TeamView } from './answers';
import { teamStrings } from './team-strings';

/** What changes with anything that is done to a team. */
export const TEAM_PATHS: readonly GetPath[] = ['/api/teams', '/api/teams/{team}', '/api/teams/{team}/meetings', '/api/members'];

interface Props {
  readonly of: TeamView;
  readonly record: Versioned;
}

/** Who sits in the team, for which organisation and as what. */
export function People({ of: { team, seats }, record, removes }: Props & { readonly removes: boolean }): ReactNode {
  const say = useText(teamStrings);
  const { label } = useCodes();
  const directory = useDirectory();
  const colleagues = useColleagues(team);
  const nameOf = (member: string): string => colleagues.name(member) ?? say('unnamed');
  return (
    <section aria-labelledby="people">
      <h2 id="people">{say('people')}</h2>
      {seats.length === 0 ? (
        <p>{say('nobody')}</p>
      ) : (
        <Table
          caption={say('peopleCaption', { count: seats.length })}
          rows={seats}
          keyOf={({ member }) => member}
          columns={[
            { title: say('person'), cell: ({ member }) => nameOf(member) },
            { title: say('profession'), cell: ({ discipline }) => label('discipline', discipline) },
            { title: say('organisation'), cell: ({ organisation }) => directory.name(organisation) },
            { title: say('ofRegion'), cell: ({ region }) => label('region', region) },
            ...(removes
              ? [
                  {
                    title: say('act'),
                    cell: ({ member }: { member: string }) => (
                      <Act
                        path="/api/teams/{team}/removals"
                        {...{
                          record,
                          refresh: TEAM_PATHS,
                          body: { member },
                          kind: 'second',
                          label: say('remove', { name: nameOf(member) }),
                        }}
                      />
                    ),
                  },
                ]
              : []),
          ]}
        />
      )}
    </section>
  );
}

interface Values {
  readonly member: string;
  readonly discipline: string;
  readonly conflict: string;
}

/**
 * A colleague by name, or somebody of another organisation by the code it gave: nobody can list the people of an organisation that is not
 * theirs.
 */
export function AddForm({ of, record, onDone }: Props & { readonly onDone: () => void }): ReactNode {
  const say = useText(teamStrings);
  const [elsewhere, setElsewhere] = useState(false);
  const { items, name } = useColleagues();
  return (
    <>
      <fieldset className="rc-field">
        <legend>{say('whence')}</legend>
        <div className="rc-choices">
          {([false, true] as const).map((other) => (
            <label key={String(other)} className="rc-choice">
              <input type="radio" name="whence" checked={elsewhere === other} onChange={() => setElsewhere(other)} />
              <span>{say(other ? 'other' : 'own')}</span>
            </label>
          ))}
        </div>
      </fieldset>
      <RecordForm<'/api/teams/{team}/members', Values>
        key={String(elsewhere)}
        path="/api/teams/{team}/members"
        params={record.params}
        record={record}
        initial={{ member: '', discipline: '', conflict: '' }}
        body={({ member, discipline, conflict }) =>
          ({ member: member.trim(), discipline, conflictOfInterest: conflict === 'yes' }) as BodyOf<'/api/teams/{team}/members'>
        }
        refresh={TEAM_PATHS}
        submit={say('addGo')}
        yours={({ member }) => <p>{name(member) ?? member}</p>}
        theirs={(now) => <People of={now as TeamView} record={record} removes={false} />}
        onDone={onDone}
      >
        {(form) => (
          <>
            {elsewhere ? (
              <TextField form={form} name="member" label={say('codeOf')} hint={say('codeHint')} maxLength={80} />
            ) : (
              <Select
                form={form}
                name="member"
                label={say('person')}
                choices={items
                  .filter(({ member }) => !of.seats.some((seat) => seat.member === member))
                  .map((one) => ({ value: one.member, label: one.name ?? say('unnamed') }))}
              />
            )}
            <ProfessionOf form={form} of={items.find(({ member }) => member === form.watch('member'))?.disciplines} />
            <Select
              form={form}
              name="conflict"
              label={say('conflict')}
              choices={(['no', 'yes'] as const).map((value) => ({ value, label: say(`conflicts.${value}`) }))}
            />
          </>
        )}
      </RecordForm>
    </>
  );
}

type ValuesForm = Parameters<typeof CodeSelect<Values>>[0]['form'];

function ProfessionOf({ form, of }: { readonly form: ValuesForm; readonly of: readonly string[] | undefined }): ReactNode {
  const say = useText(teamStrings);
  return <CodeSelect form={form} name="discipline" label={say('profession')} list="discipline" {...(of ? { only: of } : {})} />;
}
