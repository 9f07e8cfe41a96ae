import type { ReactNode } from 'react';

export type Tone = 'plain' | 'good' | 'warn' | 'danger' | 'brand';

interface NoticeProps {
  readonly tone?: Exclude<Tone, 'brand'>;
  readonly title?: string;
  /** Said aloud at once when it appears. */
  readonly urgent?: boolean;
  readonly children?: ReactNode;
}

export function Notice({ tone = 'plain', title, urgent = false, children }: NoticeProps): ReactNode {
  return (
    <div className={tone === 'plain' ? 'rc-notice' : `rc-notice rc-notice-${tone}`} role={urgent ? 'alert' : undefined}>
      {title === undefined ? null : (
        <p>
          <strong>{title}</strong>
        </p>
      )}
      {children}
    </div>
  );
}

export const Badge = ({ tone = 'plain', children }: { readonly tone?: Tone; readonly children: ReactNode }): ReactNode => (
  <span className={tone === 'plain' ? 'rc-badge' : `rc-badge rc-badge-${tone}`}>{children}</span>
);

export const Card = ({ children, label }: { readonly children: ReactNode; readonly label?: string }): ReactNode =>
  label === undefined ? (
    <div className="rc-card">{children}</div>
  ) : (
    <section className="rc-card" aria-label={label}>
      {children}
    </section>
  );

/** Names and values, side by side where there is room; nothing where there are none. */
export function Facts({ of }: { readonly of: readonly (readonly [name: string, value: ReactNode])[] }): ReactNode {
  if (of.length === 0) return null;
  return (
    <dl className="rc-facts">
      {of.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
