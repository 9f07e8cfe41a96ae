import { defineStrings } from '../text/strings';
import { ACTS_EN } from './acts-en-strings';
import { ACTS_IT } from './acts-it-strings';

/** Every act the trail may hold, in words: `npm run lint` holds it to the routes and commands there are. */
export const actStrings = defineStrings('acts', { it: ACTS_IT, en: ACTS_EN });
