import { type ReactNode, useId, useState } from 'react';

const hex = (bytes: ArrayBuffer): string => Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('');

interface Props {
  readonly label: string;
  readonly hint: string;
  /** Said when it is made. */
  readonly done: string;
  readonly onMade: (digest: string) => void;
}

/** The digest (SHA-256) of a document, made in the browser: the document itself goes nowhere. */
export function Fingerprint({ label, hint, done, onMade }: Props): ReactNode {
  const id = useId();
  const [made, setMade] = useState(false);
  const read = async (file: File | undefined): Promise<void> => {
    if (!file) return;
    onMade(hex(await crypto.subtle.digest('SHA-256', await file.arrayBuffer())));
    setMade(true);
  };
  return (
    <div className="rc-field">
      <label htmlFor={id}>{label}</label>
      <p id={`${id}-hint`} className="rc-field-hint">
        {hint}
      </p>
      <input
        id={id}
        type="file"
        className="rc-input"
        aria-describedby={`${id}-hint`}
        onChange={(event) => void read(event.currentTarget.files?.[0])}
      />
      <p role="status">{made ? done : ''}</p>
    </div>
  );
}
