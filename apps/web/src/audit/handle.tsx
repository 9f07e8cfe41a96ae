import type { ReactNode } from 'react';
import { useText } from '../text/strings';
import { auditStrings } from './strings';

/** A name of the trail's own. Long, and the same everywhere: shown whole, so that it can be compared. */
export const Handle = ({ of }: { readonly of: string }): ReactNode => <code className="rc-handle">{of}</code>;
/** The beginning of a hash is enough to tell versions apart. */
export const shortHash = (hash: string): string => hash.slice(0, 12);

const SYSTEM = 'system';
/** A person or an organisation; the process itself where nobody did it. */
export function Who({ of }: { readonly of: string }): ReactNode {
  const say = useText(auditStrings);
  return of === SYSTEM ? say('entry.system') : <Handle of={of} />;
}
