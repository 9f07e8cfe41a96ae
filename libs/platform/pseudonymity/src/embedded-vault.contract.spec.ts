import { type ScratchVaults, scratchVaults } from './scratch-vaults.contract';
import { vaultContract } from './vault.contract';

jest.setTimeout(60_000);
let scratch: ScratchVaults;
beforeAll(async () => {
  scratch = await scratchVaults();
});
afterAll(() => scratch.close());

vaultContract(() => scratch);
