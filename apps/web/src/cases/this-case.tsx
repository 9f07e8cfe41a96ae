import type { ReactNode } from 'react';
import type { CaseView, FieldGroup } from './answers';
import { GroupsView } from './groups-view';

/** The case as it is now, beside what somebody was about to record: the groups that matter for it. */
export function ThisCase({ now, only }: { readonly now: unknown; readonly only?: readonly FieldGroup[] }): ReactNode {
  const { groups } = now as CaseView;
  const shown = only ? Object.fromEntries(Object.entries(groups).filter(([group]) => only.includes(group as FieldGroup))) : groups;
  return <GroupsView level={4} groups={shown} />;
}
