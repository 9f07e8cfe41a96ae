import type { ReactNode } from 'react';
import type { Purpose } from '../api/client';
import { useRead } from '../api/query';
import { useLanguage } from '../text/language';
import { useText } from '../text/strings';
import { Notice } from '../ui/notice';
import { Shown } from '../ui/screen';
import { consentStrings } from './consent-strings';

export const ACTS = ['ReadCase', 'AskConsent', 'CloseCase'] as const;
interface Explanation {
  readonly may: boolean;
  readonly because: { readonly it: string; readonly en: string };
}

interface Asked {
  readonly handle: string;
  readonly member: string;
  readonly act: (typeof ACTS)[number];
  readonly purpose?: Purpose;
}

/** The policy's own sentence, for people of this organisation and of others alike. */
export function Because({ handle, member, act, purpose }: Asked): ReactNode {
  const page = useText(consentStrings);
  const language = useLanguage();
  const asked = useRead<Explanation, '/api/cases/{handle}/explanation'>('/api/cases/{handle}/explanation', {
    params: { handle },
    query: { member, act, ...(purpose === undefined ? {} : { purpose }) },
  });
  return (
    <Shown of={asked}>
      {({ data }) => (
        <Notice tone={data.may ? 'good' : 'warn'} title={page(data.may ? 'access.may' : 'access.mayNot')}>
          <p>{data.because[language]}</p>
        </Notice>
      )}
    </Shown>
  );
}
