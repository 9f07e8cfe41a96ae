/** Version of this release; a spec holds it equal to package.json and publiccode.yml. */
export const VERSION = '0.1.0';
