import { alertsContract } from './alerts';
import { casesContract } from './cases';
import type { Contract } from './contract';
import { referralsContract } from './referrals';
import { regionsContract } from './regions';

/** What every context tells the others. */
export const publishedContracts: readonly Contract[] = [alertsContract, casesContract, referralsContract, regionsContract];
