import type { ReactNode } from 'react';
import { useDates } from '../text/dates';
import { useText } from '../text/strings';
import { Facts } from '../ui/notice';
import { ITALIAN_REGIONS } from './choices';
import type { KeySheet } from './keys-step';
import { setUpStrings } from './strings';

/** The paper for the safe. The words are written on it by hand: no printer and no file has ever had them. */
export function RecoverySheet({ sheet, file }: { readonly sheet: KeySheet; readonly file: string }): ReactNode {
  const say = useText(setUpStrings);
  const { instant } = useDates();
  const regions = sheet.regions.map((slug) => ITALIAN_REGIONS.find(({ value }) => value === slug)?.label ?? slug).join(', ');
  return (
    <section className="rc-card rc-sheet" aria-labelledby="sheet">
      <h3 id="sheet">{say('sheet.title')}</h3>
      <Facts
        of={[
          [say('sheet.at'), instant(sheet.at)],
          [say('sheet.place'), location.host],
          [say('sheet.regions'), regions],
          [say('sheet.file'), file],
          [say('sheet.fingerprint'), <code key="fingerprint">{sheet.fingerprint.replace(/(.{8})/g, '$1 ').trim()}</code>],
        ]}
      />
      <p>{say('sheet.write')}</p>
      <ol className="rc-blanks">
        {sheet.words.map((_, n) => (
          <li key={n}>
            <span aria-hidden="true">______________________</span>
          </li>
        ))}
      </ol>
      <h4>{say('sheet.opens')}</h4>
      <p>{say('sheet.opensText')}</p>
      <h4>{say('sheet.opensNot')}</h4>
      <p>{say('sheet.opensNotText')}</p>
      <h4>{say('sheet.use')}</h4>
      <p>{say('sheet.useText')}</p>
      <p>{say('sheet.signed')}</p>
    </section>
  );
}
