import { type ReactNode, useEffect, useId, useRef } from 'react';
import { createPortal } from 'react-dom';
import { QuickExitButton } from '../session/quick-exit';
import { useText } from '../text/strings';
import { uiStrings } from './strings';

interface Props {
  readonly title: string;
  readonly open: boolean;
  /** Escape and the backdrop ask for this; absent: it has to be answered. */
  readonly onClose?: (() => void) | undefined;
  readonly children: ReactNode;
}

/** The browser's own modal dialog: it keeps the focus, gives it back, and shuts out the page behind. The quick exit goes with it. */
export function Dialog({ title, open, onClose, children }: Props): ReactNode {
  const dialog = useRef<HTMLDialogElement>(null);
  const name = useId();
  const say = useText(uiStrings);
  useEffect(() => {
    const element = dialog.current;
    if (open && element && !element.open) element.showModal();
    if (!open && element?.open) element.close();
  }, [open]);
  if (!open) return null;
  // Out of whatever it was asked from: a dialog in a menu must not look like the menu.
  return createPortal(
    <dialog
      ref={dialog}
      className="rc-dialog"
      aria-labelledby={name}
      onCancel={(event) => {
        event.preventDefault();
        onClose?.();
      }}
    >
      <div className="rc-dialog-tools">
        {onClose ? (
          <button type="button" className="rc-button rc-button-second" onClick={onClose}>
            {say('close')}
          </button>
        ) : null}
        <QuickExitButton />
      </div>
      <h2 id={name}>{title}</h2>
      {children}
    </dialog>,
    document.body,
  );
}
