import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useText } from '../text/strings';
import { Actions, Button } from '../ui/button';
import { TextField } from '../ui/fields';
import { useServerForm } from '../ui/form';
import { Screen } from '../ui/screen';
import { AtLeast } from '../ui/step-up';
import { PointChooser } from './point-chooser';
import { Replayed } from './replayed';
import { replayRoute } from './routes';
import { auditStrings } from './strings';

const EXAMPLE = 'umbria.a2b3…';

/** A case at a point of the past, and who could see what of it then. */
export function ReplayScreen(): ReactNode {
  const say = useText(auditStrings);
  const place = replayRoute.useSearch();
  const { caso, punto, istante } = place;
  return (
    <Screen title={say('replay.title')} neutral={say('replay.neutral')}>
      <p>{say('replay.intro')}</p>
      <AtLeast level={2}>
        <ChooseCase key={caso} of={caso} />
        {caso === undefined ? null : <PointChooser key={`${caso} ${punto} ${istante}`} place={{ ...place, caso }} />}
        {caso === undefined || (punto === undefined && istante === undefined) ? null : <Replayed place={{ ...place, caso }} />}
      </AtLeast>
    </Screen>
  );
}

function ChooseCase({ of = '' }: { readonly of: string | undefined }): ReactNode {
  const say = useText(auditStrings);
  const navigate = useNavigate();
  const server = useServerForm<{ caso: string }>({ caso: of }, ({ caso }) =>
    navigate({ to: '/ricostruzione', search: { caso: caso.trim() } }),
  );
  return (
    <form noValidate onSubmit={server.submit} className="rc-card">
      <TextField
        form={server.form}
        name="caso"
        label={say('replay.choose')}
        hint={say('replay.chooseHint', { example: EXAMPLE })}
        maxLength={80}
      />
      <Actions>
        <Button type="submit" kind="second">
          {say('replay.open')}
        </Button>
      </Actions>
    </form>
  );
}
