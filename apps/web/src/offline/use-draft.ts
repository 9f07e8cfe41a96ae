import { useEffect, useRef, useState } from 'react';
import type { FieldValues } from 'react-hook-form';
import type { Form } from '../ui/form';
import { useDoor } from './door';
import { one, put, remove, tell } from './outbox';

export interface Draft<T> {
  readonly at: number;
  readonly values: T;
}
const PAUSE = 600;
export const draftId = (locker: string, name: string): string => `draft ${locker} ${name}`;

/** Keeps what is being typed, sealed, while the locker is open; and finds what was begun before. */
export function useDraft<T extends FieldValues>(name: string, form: Form<T>) {
  const { state, locker } = useDoor();
  const [found, setFound] = useState<Draft<T>>();
  const [saved, setSaved] = useState(false);
  const typed = useRef(false);
  useEffect(
    () =>
      form.subscribe({
        formState: { values: true },
        callback: ({ name: changed }) => {
          if (changed !== undefined) typed.current = true;
        },
      }),
    [form],
  );
  useEffect(() => {
    if (!locker) return setFound(undefined);
    const id = draftId(locker.id, name);
    let timer: ReturnType<typeof setTimeout> | undefined;
    const save = (): void => {
      const values = form.getValues();
      void put(locker, 'draft', id, { at: Date.now(), values }).then(() => {
        setSaved(true);
        return tell(locker.id);
      });
    };
    // Somebody who began to type before the locker was open wants that kept, not what was here before.
    void one<Draft<T>>(locker, 'draft', id).then((draft) => (typed.current ? save() : setFound(draft)));
    const stop = form.subscribe({
      formState: { values: true },
      callback: ({ name: changed }) => {
        if (changed === undefined) return;
        setFound(undefined);
        clearTimeout(timer);
        timer = setTimeout(save, PAUSE);
      },
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [locker, name, form]);
  return {
    /** Whether typing is kept. */
    kept: state === 'open',
    saved,
    found,
    resume: (): void => {
      if (found) form.reset(found.values, { keepDefaultValues: true });
      setFound(undefined);
    },
    /** It was sent, put by or given up. */
    forget: async (): Promise<void> => {
      setFound(undefined);
      if (!locker) return;
      await remove(draftId(locker.id, name));
      await tell(locker.id);
    },
  };
}
