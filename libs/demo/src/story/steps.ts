import type { Step } from './step';
import { step1 } from './steps/1-contact-and-case';
import { step2 } from './steps/2-consent-and-offer';
import { step3 } from './steps/3-summary-and-acceptance';
import { step4 } from './steps/4-joint-case';
import { step5 } from './steps/5-alerts';
import { step6 } from './steps/6-withdrawal';
import { step7 } from './steps/7-break-glass';
import { step8 } from './steps/8-audit';

/** The story, in its order: later steps build on what earlier ones learned. */
export const STEPS: readonly Step[] = [step1, step2, step3, step4, step5, step6, step7, step8];
