import { getContainerRuntimeClient } from 'testcontainers';

/** Looks once whether containers can be run here; what cannot be run is reported as skipped, with the reason. */
export default async function look(): Promise<void> {
  try {
    await getContainerRuntimeClient();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    process.env.NO_CONTAINERS = reason;
    console.warn(`No container engine here, so every suite is skipped: ${reason}`);
  }
}
