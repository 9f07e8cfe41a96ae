import { type ReactNode, useState } from 'react';
import type { PostPath } from '../api/client';
import { useText } from '../text/strings';
import { RecordForm } from '../ui/record-form';
import { type ActionProps, CASE_PATHS } from './case-actions';
import { type Phase, phaseOf } from './answers';
import { pageStrings } from './page-strings';
import { ThisCase } from './this-case';

const OPEN = ['Emersion', 'Proximity', 'FirstAssistance', 'SocialInclusion', 'FollowUp'] as const;

/** Each with the phases it is taken from. What else is missing for it the server says. */
const STEPS = {
  proximity: { path: '/api/cases/{handle}/proximity-programme', body: undefined, from: ['Emersion'] },
  first: { path: '/api/cases/{handle}/first-assistance', body: { ageBand: 'adult' }, from: ['Emersion', 'Proximity'] },
  firstUnknown: { path: '/api/cases/{handle}/first-assistance', body: { ageBand: 'unknown' }, from: ['Emersion', 'Proximity'] },
  inclusion: { path: '/api/cases/{handle}/inclusion', body: undefined, from: ['FirstAssistance'] },
  followUp: { path: '/api/cases/{handle}/follow-up', body: undefined, from: ['SocialInclusion'] },
  back: { path: '/api/cases/{handle}/return-to-inclusion', body: undefined, from: ['FollowUp'] },
  suspend: { path: '/api/cases/{handle}/suspension', body: { reason: 'person_unreachable' }, from: OPEN },
  pause: { path: '/api/cases/{handle}/suspension', body: { reason: 'asked_to_pause' }, from: OPEN },
  resume: { path: '/api/cases/{handle}/resumption', body: undefined, from: ['Suspended'] },
} as const satisfies Record<string, { path: PostPath; body: object | undefined; from: readonly Phase[] }>;
type Step = keyof typeof STEPS;

/** The steps there are from the phase of the case; all of them for whoever is not shown it. */
const stepsFrom = (phase: Phase | undefined): Step[] =>
  (Object.keys(STEPS) as Step[]).filter((step) => phase === undefined || (STEPS[step].from as readonly Phase[]).includes(phase));

/** The next step of the case. */
export function PhaseForm({ view, record, onDone }: ActionProps): ReactNode {
  const page = useText(pageStrings);
  const steps = stepsFrom(phaseOf(view));
  const [chosen, setChosen] = useState<Step>();
  // Somebody else may have moved the case since.
  const step = chosen && steps.includes(chosen) ? chosen : (steps[0] ?? 'proximity');
  const { path, body } = STEPS[step];
  return (
    <RecordForm<PostPath, { step: Step }>
      key={step}
      path={path}
      params={record.params}
      record={record}
      initial={{ step }}
      body={() => body as never}
      refresh={CASE_PATHS}
      submit={page(`do.phases.${step}`)}
      theirs={(now) => <ThisCase now={now} />}
      onDone={onDone}
    >
      {(form) => (
        <fieldset className="rc-field">
          <legend>{page('do.phaseTo')}</legend>
          {steps.map((one) => (
            <label key={one} className="rc-choice">
              <input type="radio" {...form.register('step')} value={one} checked={one === step} onChange={() => setChosen(one)} />
              <span>{page(`do.phases.${one}`)}</span>
            </label>
          ))}
        </fieldset>
      )}
    </RecordForm>
  );
}
