import type { ReactNode } from 'react';

/** A name of the trail's own. Long, and the same everywhere: shown whole, so that it can be compared. */
export const Handle = ({ of }: { readonly of: string }): ReactNode => <code className="rc-handle">{of}</code>;
/** The beginning of a hash is enough to tell versions apart. */
export const shortHash = (hash: string): string => hash.slice(0, 12);
